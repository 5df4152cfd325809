"""Wiring of the alerts app."""

from datetime import timedelta

from django.apps import AppConfig
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dakehu.common import events, work
from dakehu.ui import todos


class AlertsConfig(AppConfig):
    name = "dakehu.alerts"
    label = "alerts"

    def ready(self) -> None:
        """Register the app's entries, its to-dos, and what it listens to."""
        from dakehu.alerts import jobs, receivers
        from dakehu.alerts.choices import SOURCE
        from dakehu.alerts.queries import alert_words, holding_count_of
        from dakehu.customers.operations import Relation, register_relation
        from dakehu.ownership.events import CustomersMoved
        from dakehu.ui import dependants
        from dakehu.worklist.events import TodosHandedOver, TodosLookedAt

        register_relation(Relation("alerts.Alert", "customer", "it warns of the same customer"))
        found = "a preview keeps what it found that day"
        register_relation(Relation("alerts.TrialAlert", "customer", found, follows=False))
        register_entries()
        todos.register(
            SOURCE, alert_words, lambda number: reverse("alerts:detail", args=[number]), "alarm"
        )
        dependants.register(
            dependants.Dependant(
                "alerts",
                _("Alerts that hold"),
                "alarm",
                _("Those that hold follow to the new owner; ended ones stay where they are."),
                holding_count_of,
                order=20,
            )
        )
        work.register(work.Duty("alerts.arrange", jobs.arrange_cards, timedelta(minutes=5)))
        events.listen(TodosHandedOver, receivers.todos_handed_over)
        events.listen(TodosLookedAt, receivers.todos_looked_at)
        events.listen(CustomersMoved, receivers.customers_moved)


def register_entries() -> None:
    """Register the entries of the navigation."""
    from dakehu.ui import navigation
    from dakehu.ui.navigation import NavItem, Section

    care = Section.CARE
    for item in (
        NavItem(
            Section.SYSTEM,
            _("Reports of leaving"),
            "door-exit",
            "alerts:report_list",
            "api.manage",
            45,
        ),
        NavItem(care, _("Alerts"), "alarm", "alerts:list", "alerts.view", 10, "a", "active=true"),
        NavItem(
            care,
            _("Abnormal-customer sheet"),
            "clipboard-heart",
            "alerts:abnormal_sheet",
            "sheets.view",
            20,
        ),
        NavItem(
            care,
            _("Return-visit sheet"),
            "clipboard-check",
            "alerts:visit_sheet",
            "sheets.view",
            30,
        ),
        NavItem(care, _("Kept for later"), "stack-2", "alerts:kept", "alerts.handle", 15),
        NavItem(care, _("How alerts ask"), "moon-stars", "alerts:asking", "alerts.view", 70),
        NavItem(care, _("The twelve warnings"), "radar-2", "alerts:rules", "alerts.view", 40),
        NavItem(
            care,
            _("Record of the warnings"),
            "chart-histogram",
            "alerts:record",
            "sheets.view",
            45,
        ),
        NavItem(care, _("Trials of numbers"), "test-pipe", "alerts:trials", "alerts.try", 60),
        NavItem(
            care,
            _("Numbers of the warnings"),
            "adjustments",
            "alerts:numbers",
            "alerts.view",
            50,
        ),
    ):
        navigation.register(item)
