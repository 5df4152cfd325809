"""Wiring of the clocks app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ClocksConfig(AppConfig):
    name = "dakehu.clocks"
    label = "clocks"

    def ready(self) -> None:
        """Register the entry of the working calendars."""
        from dakehu.ui.navigation import NavItem, Section, register

        register(
            NavItem(
                Section.SYSTEM,
                _("Working calendars"),
                "calendar-week",
                "clocks:calendars",
                "clocks.view",
                44,
            )
        )
