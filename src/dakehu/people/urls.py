"""Addresses of the people app."""

from django.urls import path

from dakehu.people.views import staff, units

app_name = "people"
urlpatterns = [
    path("units/", units.unit_list, name="unit_list"),
    path("staff/", staff.staff_list, name="staff_list"),
    path("staff/options/", staff.staff_options, name="staff_options"),
]
