"""Wiring of the clocks app."""

from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ClocksConfig(AppConfig):
    name = "dakehu.clocks"
    label = "clocks"

    def ready(self) -> None:
        """Register the entries, the sweep, what hangs on customers, and the words of to-dos."""
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
        register(
            NavItem(
                Section.WORK, _("Running out"), "clock-hour-4", "clocks:list", "clocks.view", 24
            )
        )
        register_clocks()


def register_clocks() -> None:
    """Let workers sweep; tell what hangs on customers, and how to-dos are worded."""
    from django.urls import reverse

    from dakehu.clocks.choices import NOTICE
    from dakehu.clocks.operations import recount_all, sweep
    from dakehu.clocks.queries.notices import notice_words
    from dakehu.common.work import Duty, register
    from dakehu.customers.operations import Relation, register_relation
    from dakehu.ui import todos

    register_relation(Relation("clocks.Clock", "customer", "what is owed them is still owed"))
    register(Duty("clocks.sweep", lambda at: sweep(at=at), timedelta(seconds=15)))
    register(Duty("clocks.recount", lambda at: recount_all(at=at), timedelta(seconds=15)))
    todos.register(
        NOTICE, notice_words, lambda pk: reverse("clocks:notice", args=[pk]), "clock-exclamation"
    )
