"""Addresses of the people app."""

from django.urls import path

from dakehu.people import views

app_name = "people"
urlpatterns = [
    path("units/", views.unit_list, name="unit_list"),
    path("staff/", views.staff_list, name="staff_list"),
]
