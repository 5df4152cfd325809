"""Addresses of the worklist app."""

from django.urls import path

from dakehu.worklist import views

app_name = "worklist"
urlpatterns = [
    path("", views.todo_list, name="list"),
    path("badge/", views.badge, name="badge"),
    path("close/", views.todo_close, name="close"),
    path("hand-over/", views.todo_hand_over, name="hand_over"),
    path("of-customer/<int:customer_id>/", views.customer_panel, name="customer_panel"),
]
