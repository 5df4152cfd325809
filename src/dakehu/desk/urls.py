"""Addresses of the desk."""

from django.urls import path

from dakehu.desk import views

app_name = "desk"
urlpatterns = [
    path("", views.home, name="home"),
    path("trends/", views.trends, name="trends"),
    path("search/", views.search, name="search"),
    path("managers/", views.managers, name="managers"),
    path("search/suggestions/", views.search_suggestions, name="search_suggestions"),
    path("customer/<int:pk>/", views.customer, name="customer"),
    path("customer/<int:pk>/past/", views.customer_past, name="customer_past"),
    path("customer/<int:pk>/alerts/", views.customer_alerts, name="customer_alerts"),
    path("customer/<int:pk>/usage/", views.customer_usage, name="customer_usage"),
    path("customer/<int:pk>/timeline/", views.customer_timeline, name="customer_timeline"),
    path("cohort/members/", views.cohort_members, name="cohort_members"),
    path("cohort/<int:pk>/coverage/", views.cohort_coverage, name="cohort_coverage"),
    path("alert/<int:pk>/facts/", views.alert_facts, name="alert_facts"),
    path("alert/<int:pk>/reasons/", views.alert_reasons, name="alert_reasons"),
]
