"""Wiring of the outbox app."""

from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from dakehu.ui import panels


class OutboxConfig(AppConfig):
    name = "dakehu.outbox"
    label = "outbox"

    def ready(self) -> None:
        """Register entries, the panel of customers, and the duty that sends."""
        from dakehu.common import work
        from dakehu.customers.operations import Relation, register_relation
        from dakehu.outbox import jobs
        from dakehu.outbox.policies import VIEW
        from dakehu.ui.navigation import NavItem, Section, register

        register_relation(Relation("outbox.Message", "customer", "it was meant for them"))
        register_relation(Relation("outbox.Approach", "customer", "they were talked to"))
        register(
            NavItem(Section.SERVICE, _("Messages to customers"), "send", "outbox:list", VIEW, 45)
        )
        panels.register(
            panels.Panel(
                "customer",
                "messages",
                _("Messages to this customer"),
                "outbox:customer_panel",
                VIEW,
                order=52,
                icon="send",
            )
        )
        work.register(work.Duty("outbox.send", jobs.send_waiting, timedelta(seconds=10)))
        work.register(work.Duty("outbox.knocks", jobs.forget_old_knocks, timedelta(hours=1)))
