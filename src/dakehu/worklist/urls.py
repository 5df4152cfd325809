"""Addresses of the worklist app."""

from django.urls import URLPattern

app_name = "worklist"
urlpatterns: list[URLPattern] = []
