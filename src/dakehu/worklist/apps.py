"""Wiring of the worklist app."""

from django.apps import AppConfig


class WorklistConfig(AppConfig):
    name = "dakehu.worklist"
    label = "worklist"
