"""Wiring of the alerts app."""

from django.apps import AppConfig


class AlertsConfig(AppConfig):
    name = "dakehu.alerts"
    label = "alerts"
