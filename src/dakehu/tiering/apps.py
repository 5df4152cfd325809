"""Wiring of the tiering app."""

from django.apps import AppConfig


class TieringConfig(AppConfig):
    name = "dakehu.tiering"
    label = "tiering"
