"""Addresses of messages to customers."""

from django.urls import path

from dakehu.outbox import views

app_name = "outbox"
urlpatterns = [
    path("", views.message_list, name="list"),
    path("write/<int:customer_id>/", views.message_write, name="write"),
    path("<int:pk>/", views.message_detail, name="message"),
    path("<int:pk>/withdraw/", views.message_withdraw, name="withdraw"),
    path("<int:pk>/again/", views.message_again, name="again"),
    path("of-customer/<int:customer_id>/", views.customer_panel, name="customer_panel"),
    path("refusals/", views.refusal_list, name="refusal_list"),
    path("refusals/add/", views.refusal_add, name="refusal_add"),
    path("refusals/<int:pk>/", views.refusal_detail, name="refusal"),
    path("refusals/<int:pk>/lift/", views.refusal_lift, name="refusal_lift"),
    path("limits/", views.limit_list, name="limit_list"),
    path("limits/<str:grade>/", views.limit_edit, name="limit_edit"),
    path("limits/<str:grade>/drop/", views.limit_drop, name="limit_drop"),
    # Public: whoever holds the link.
    path("s/<str:token>/", views.progress, name="progress"),
]
