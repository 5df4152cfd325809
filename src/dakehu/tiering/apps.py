"""Wiring of the tiering app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from dakehu.ui import panels


class TieringConfig(AppConfig):
    name = "dakehu.tiering"
    label = "tiering"

    def ready(self) -> None:
        """Register the panel of a customer's standing."""
        panels.register(
            panels.Panel(
                "customer",
                "standing",
                _("Level and reasons"),
                "tiering:customer_panel",
                "customers.view",
                order=20,
                icon="award",
            )
        )
