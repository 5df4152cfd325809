"""Addresses of the customers app."""

from django.urls import path

from dakehu.customers.views import access, lists, panels

app_name = "customers"
urlpatterns = [
    path("", lists.customer_list, name="list"),
    path("<int:pk>/profile/", panels.profile_panel, name="profile_panel"),
    path("<int:pk>/group/", panels.group_panel, name="group_panel"),
    path("<int:pk>/products/", panels.products_panel, name="products_panel"),
    path("<int:pk>/months/", panels.months_panel, name="months_panel"),
    path("<int:pk>/logs/", panels.logs_panel, name="logs_panel"),
    path("<int:pk>/changes/", panels.changes_panel, name="changes_panel"),
    path("<int:pk>/reveal/", access.reveal, name="reveal"),
]
