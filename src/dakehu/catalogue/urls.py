"""Addresses of the catalogue app."""

from django.urls import path

from dakehu.catalogue.views import editor, services

app_name = "catalogue"
urlpatterns = [
    path("", services.service_list, name="services"),
    path("new/", editor.service_add, name="add"),
    path("export/", services.service_export, name="export"),
    path("of-customer/<int:customer_id>/", services.customer_panel, name="customer_panel"),
    path("clocks-of/<int:pk>/", services.clocks_panel, name="clocks_panel"),
    path("<slug:code>/", services.service_detail, name="service"),
    path("<slug:code>/<int:number>/", services.service_detail, name="version"),
    path("<slug:code>/<int:number>/load/", services.version_load, name="load"),
    path("<slug:code>/<int:number>/draft/", editor.version_draft, name="draft"),
    path("<slug:code>/<int:number>/frame/", editor.frame_edit, name="frame"),
    path(
        "<slug:code>/<int:number>/terms/<slug:scheme>/<int:rank>/",
        editor.terms_edit,
        name="terms",
    ),
    path("<slug:code>/<int:number>/propose/", editor.version_propose, name="propose"),
    path("<slug:code>/<int:number>/publish/", editor.version_publish, name="publish"),
    path("<slug:code>/<int:number>/withdraw/", editor.version_withdraw, name="withdraw"),
]
