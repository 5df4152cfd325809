"""Wiring of the exchange app."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "dakehu.exchange"
    label = "exchange"
