"""Addresses of the customers app."""

from django.urls import path

from dakehu.customers import views

app_name = "customers"
urlpatterns = [
    path("", views.customer_list, name="list"),
    path("<int:pk>/profile/", views.profile_panel, name="profile_panel"),
    path("<int:pk>/group/", views.group_panel, name="group_panel"),
    path("<int:pk>/products/", views.products_panel, name="products_panel"),
    path("<int:pk>/months/", views.months_panel, name="months_panel"),
    path("<int:pk>/logs/", views.logs_panel, name="logs_panel"),
    path("<int:pk>/changes/", views.changes_panel, name="changes_panel"),
    path("<int:pk>/reveal/", views.reveal, name="reveal"),
]
