"""Wiring of the ownership app."""

from django.apps import AppConfig


class OwnershipConfig(AppConfig):
    name = "dakehu.ownership"
    label = "ownership"
