"""Addresses of the tiering app."""

from django.urls import path

from dakehu.tiering.views import standings as views

app_name = "tiering"
urlpatterns = [
    path("of-customer/<int:customer_id>/", views.customer_panel, name="customer_panel"),
    path("of-unit/<int:pk>/", views.unit_panel, name="unit_panel"),
]
