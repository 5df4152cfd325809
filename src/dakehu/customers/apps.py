"""Wiring of the customers app."""

from django.apps import AppConfig


class CustomersConfig(AppConfig):
    name = "dakehu.customers"
    label = "customers"
