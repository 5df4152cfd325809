"""Wiring of the clocks app."""

from django.apps import AppConfig


class ClocksConfig(AppConfig):
    name = "dakehu.clocks"
    label = "clocks"
