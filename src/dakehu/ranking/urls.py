"""Addresses of the ranking app."""

from django.urls import path

from dakehu.ranking import views

app_name = "ranking"
urlpatterns = [
    path("models/", views.model_list, name="models"),
    path("models/<int:number>/", views.model_detail, name="model"),
    path("models/<int:number>/card/", views.model_card, name="card"),
    path("models/<int:number>/figures/", views.model_figures, name="figures"),
    path("models/<int:number>/propose/", views.model_propose, name="propose"),
    path("models/<int:number>/publish/", views.model_publish, name="publish"),
    path("models/<int:number>/decline/", views.model_decline, name="decline"),
    path("models/<int:number>/retire/", views.model_retire, name="retire"),
    path("models/<int:number>/discard/", views.model_discard, name="discard"),
    path("customers/", views.ranked_customers, name="customers"),
    path("customer/<int:pk>/panel/", views.customer_panel, name="customer_panel"),
    path("alert/<int:pk>/panel/", views.alert_panel, name="alert_panel"),
]
