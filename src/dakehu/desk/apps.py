"""Wiring of the desk app."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "dakehu.desk"
    label = "desk"
