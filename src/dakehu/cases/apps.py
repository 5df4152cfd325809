"""Wiring of the cases app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from dakehu.ui import panels, todos
from dakehu.ui.panels import Panel


class CasesConfig(AppConfig):
    name = "dakehu.cases"
    label = "cases"

    def ready(self) -> None:
        """Register entries, panels, to-dos, attachments, and what the desk listens to."""
        from dakehu.cases import receivers
        from dakehu.cases.choices import CASE, ORDER
        from dakehu.cases.operations.importing import REQUESTS
        from dakehu.cases.operations.importing_answers import ANSWERS
        from dakehu.cases.queries import case_names, case_url, case_words, get_case, open_count_of
        from dakehu.cases.queries.orders import get_order, order_url, order_words
        from dakehu.cases.queries.replies import progress_of_case, times_given_away
        from dakehu.cases.queries.telling import people_behind
        from dakehu.clocks.events import ClocksMoved
        from dakehu.clocks.queries import ClockSubject
        from dakehu.clocks.queries import register_subject as register_clock_subject
        from dakehu.common import events
        from dakehu.customers.operations import Relation, register_relation
        from dakehu.files.policies import Subject, register_subject
        from dakehu.hooks.queries import register_subject as register_told
        from dakehu.hooks.values import HookSubject
        from dakehu.ownership.events import CustomersMoved
        from dakehu.tiering.events import TierChanged
        from dakehu.ui import dependants, imports, progress
        from dakehu.worklist.events import TodosHandedOver

        register_relation(Relation("cases.Case", "customer", "the customer asked for it"))
        register_relation(
            Relation("cases.WorkOrder", "customer", "somebody was sent to the customer")
        )
        register_subject(Subject("cases.case", get_case, "cases.view", case_url))
        register_subject(Subject("cases.workorder", get_order, "cases.view", order_url))
        todos.register(ORDER, order_words, order_url, "clipboard-check")
        register_told(HookSubject(CASE, people_behind, case_url))
        progress.register(progress.Matter(CASE, progress_of_case, times_given_away))
        imports.register(REQUESTS)
        imports.register(ANSWERS)
        register_entries()
        register_panels()
        register_phones()
        register_clock_subject(ClockSubject(CASE, _("Service request"), case_names, case_url))
        todos.register(CASE, case_words, case_url, "headset")
        dependants.register(
            dependants.Dependant(
                "cases",
                _("Open service requests"),
                "headset",
                _("The new owner sees them; whoever works on one goes on."),
                open_count_of,
                order=15,
            )
        )
        events.listen(TodosHandedOver, receivers.todos_handed_over)
        events.listen(CustomersMoved, receivers.customers_moved)
        events.listen(ClocksMoved, receivers.clocks_moved)
        events.listen(TierChanged, receivers.tier_changed)


def register_entries() -> None:
    """Register the entries of the navigation."""
    from dakehu.ui.navigation import NavItem, Section, register

    service = Section.SERVICE
    for item in (
        NavItem(service, _("New request"), "headset", "cases:intake", "cases.create", 10, "n"),
        NavItem(service, _("Queue"), "list-check", "cases:queue", "cases.view", 20, "q"),
        NavItem(service, _("All requests"), "folders", "cases:list", "cases.view", 30),
        NavItem(service, _("My day"), "calendar-user", "cases:my_day", "cases.serve", 5),
        NavItem(service, _("Dispatch board"), "layout-board", "cases:board", "cases.dispatch", 40),
        NavItem(
            service,
            _("Statistics of requests"),
            "chart-bar",
            "cases:statistics",
            "cases.view",
            50,
        ),
        NavItem(service, _("Reply templates"), "template", "cases:templates", "cases.rules", 60),
        NavItem(service, _("Work orders"), "clipboard-check", "cases:orders", "cases.view", 45),
    ):
        register(item)


def register_panels() -> None:
    """Show requests on the customer's page, and the ladder and the files of a case on its own."""
    panels.register(
        Panel(
            "case",
            "ladder",
            _("Ladder and work orders"),
            "cases:ladder_panel",
            "cases.view",
            order=10,
            icon="stairs-up",
        )
    )
    panels.register(
        Panel(
            "work_order",
            "attachments",
            _("Attachments"),
            "files:attachments_panel",
            "cases.view",
            order=80,
            icon="paperclip",
            arguments=("cases.workorder",),
        )
    )
    panels.register(
        Panel(
            "customer",
            "cases",
            _("Service requests"),
            "cases:customer_panel",
            "cases.view",
            order=4,
            icon="headset",
            wide=True,
        )
    )
    panels.register(
        Panel(
            "case",
            "attachments",
            _("Attachments"),
            "files:attachments_panel",
            "cases.view",
            order=80,
            icon="paperclip",
            arguments=("cases.case",),
        )
    )


def register_phones() -> None:
    """Let the number of whoever called, or receives an engineer, be revealed, on the record."""
    from dakehu.audit.choices import Purpose
    from dakehu.cases.queries import get_case
    from dakehu.cases.queries.orders import get_order
    from dakehu.people.operations import register_revealable
    from dakehu.people.policies import may
    from dakehu.people.values import Revealable

    register_revealable(
        Revealable(
            kind="cases.case",
            find=get_case,
            subject=lambda case: case,
            may=lambda actor, case: may(actor, "customers.reveal"),
            purposes=(Purpose.CONTACT, Purpose.VERIFY, Purpose.CORRECT),
        )
    )
    register_revealable(
        Revealable(
            kind="cases.workorder",
            find=get_order,
            subject=lambda order: order,
            may=lambda actor, order: may(actor, "customers.reveal"),
            purposes=(Purpose.CONTACT, Purpose.VERIFY, Purpose.CORRECT),
        )
    )
