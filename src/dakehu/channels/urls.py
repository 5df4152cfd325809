"""Addresses of the channels app."""

from django.urls import path

from dakehu.channels.views import editor, matrices

app_name = "channels"
urlpatterns = [
    path("", matrices.matrix, name="matrix"),
    path("gaps/", matrices.gaps, name="gaps"),
    path("try/", matrices.try_routing, name="try"),
    path("<int:number>/", matrices.matrix, name="version"),
    path("<int:number>/draft/", editor.draft, name="draft"),
    path("<int:number>/add/", editor.product, name="add"),
    path("<int:number>/product/<slug:code>/", editor.product, name="product"),
    path("<int:number>/stages/", editor.stages, name="stages"),
    path("<int:number>/propose/", editor.propose, name="propose"),
    path("<int:number>/publish/", editor.publish, name="publish"),
    path("<int:number>/withdraw/", editor.withdraw, name="withdraw"),
]
