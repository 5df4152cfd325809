"""Wiring of the worklist app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from dakehu.ui import panels


class WorklistConfig(AppConfig):
    name = "dakehu.worklist"
    label = "worklist"

    def ready(self) -> None:
        """Register the app's entry, its panel, what hangs on customers, and what it hears of."""
        from dakehu.common import events
        from dakehu.customers.operations import Relation, register_relation
        from dakehu.files.events import (
            ExportBuilt,
            ExportDecided,
            ExportEnded,
            ExportLost,
            ExportRequested,
            ExportTaken,
        )
        from dakehu.ownership.events import CustomersMoved, ReceiptConfirmed
        from dakehu.ui import dependants, navigation
        from dakehu.ui.navigation import NavItem, Section
        from dakehu.worklist import receivers
        from dakehu.worklist.queries import open_count_of

        register_relation(Relation("worklist.Todo", "customer", "it is still to be done"))
        navigation.register(
            NavItem(
                Section.WORK, _("To-dos"), "checklist", "worklist:list", "worklist.view", 20, "t"
            )
        )
        register_log()
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
        dependants.register(
            dependants.Dependant(
                "todos",
                _("Open to-dos"),
                "checklist",
                _("Open to-dos of the former owner follow; done ones and those of others stay."),
                open_count_of,
                order=10,
            )
        )
        events.listen(CustomersMoved, receivers.customers_moved)
        events.listen(ReceiptConfirmed, receivers.receipt_confirmed)
        for event, receiver in (
            (ExportRequested, receivers.export_requested),
            (ExportDecided, receivers.export_decided),
            (ExportBuilt, receivers.export_built),
            (ExportTaken, receivers.export_taken),
            (ExportEnded, receivers.export_ended),
            (ExportLost, receivers.export_lost),
        ):
            events.listen(event, receiver)
        listen_to_approvals()
        listen_to_clocks()


def listen_to_approvals() -> None:
    """Ask people to decide what others made, and to look at whose customers went up or down."""
    from dakehu.common import events
    from dakehu.people.events import ApprovalAsked, ApprovalEnded
    from dakehu.tiering.events import TierChanged
    from dakehu.worklist import receivers

    events.listen(TierChanged, receivers.tier_changed)
    events.listen(ApprovalAsked, receivers.approval_asked)
    events.listen(ApprovalEnded, receivers.approval_ended)


def listen_to_clocks() -> None:
    """Ask owners of promises that run out, and those above them of missed ones."""
    from dakehu.clocks.events import (
        ClockBreached,
        ClockEscalated,
        ClocksHandedOver,
        ClockWarned,
        NoticesSettled,
    )
    from dakehu.common import events
    from dakehu.worklist import receivers

    events.listen(ClockWarned, receivers.clock_warned)
    events.listen(ClockBreached, receivers.clock_overdue)
    events.listen(ClockEscalated, receivers.clock_overdue)
    events.listen(NoticesSettled, receivers.notices_settled)
    events.listen(ClocksHandedOver, receivers.clocks_handed_over)


def register_log() -> None:
    """Register the work log: its entries, its panel, and that it hangs on customers (P9)."""
    from dakehu.customers.operations import Relation, register_relation
    from dakehu.ui.navigation import NavItem, Section, register

    register_relation(Relation("worklist.WorkEntry", "customer", "it was done for them"))
    for item in (
        NavItem(
            Section.WORK, _("Work log"), "clipboard-text", "worklist:log", "worklist.view", 84
        ),
        NavItem(
            Section.SYSTEM,
            _("Classes of work"),
            "category",
            "worklist:category_list",
            "worklist.categories",
            46,
        ),
    ):
        register(item)
    panels.register(
        panels.Panel(
            "customer",
            "work",
            _("Work done"),
            "worklist:work_panel",
            "worklist.view",
            order=52,
            icon="clipboard-text",
            wide=True,
        )
    )
