"""Wiring of the desk."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from dakehu.ui import panels
from dakehu.ui.panels import Panel

# Usage and the warnings on it are of single subscribers.
ALONE = ("INDIVIDUAL",)


class DeskConfig(AppConfig):
    name = "dakehu.desk"
    label = "desk"

    def ready(self) -> None:
        """Register the workbench, and the panels that need facts."""
        from dakehu.ui.navigation import NavItem, Section, register

        register(
            NavItem(
                Section.WORK, _("Workbench"), "layout-dashboard", "desk:home", "desk.view", 10, "h"
            )
        )
        register(
            NavItem(
                Section.ANALYSIS,
                _("Managers at a glance"),
                "users",
                "desk:managers",
                "ownership.view",
                20,
            )
        )
        for panel in (
            Panel("customer", "held", _("Alerts that hold"), "desk:customer_alerts",
                  "alerts.view", 5, "alarm", wide=True, kinds=ALONE),
            Panel("customer", "usage", _("Usage of sixty days"), "desk:customer_usage",
                  "customers.view", 20, "chart-line", wide=True, kinds=ALONE),
            Panel("customer", "timeline", _("Timeline"), "desk:customer_timeline",
                  "customers.view", 80, "timeline", wide=True),
            Panel("alert", "facts", _("Course of the facts"), "desk:alert_facts",
                  "alerts.view", 10, "chart-line"),
            Panel("cohort", "return-visits", _("Return-visit coverage"), "desk:cohort_coverage",
                  "tiers.view", 10, "phone-outgoing", wide=True),
            Panel("alert", "reasons", _("Why it was raised"), "desk:alert_reasons",
                  "alerts.view", 20, "list-search"),
        ):  # fmt: skip
            panels.register(panel)
