"""Wiring of the worklist app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from dakehu.ui import panels


class WorklistConfig(AppConfig):
    name = "dakehu.worklist"
    label = "worklist"

    def ready(self) -> None:
        """Register the app's entry and its panel."""
        from dakehu.ui import navigation
        from dakehu.ui.navigation import NavItem, Section

        navigation.register(
            NavItem(
                Section.WORK, _("To-dos"), "checklist", "worklist:list", "worklist.view", 20, "t"
            )
        )
        panels.register(
            panels.Panel(
                "customer",
                "todos",
                _("To-dos"),
                "worklist:customer_panel",
                "worklist.view",
                order=90,
                icon="checklist",
            )
        )
