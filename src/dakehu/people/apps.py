"""Wiring of the people app."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "dakehu.people"
    label = "people"
