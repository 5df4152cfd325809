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
        from dakehu.cases.choices import CASE
        from dakehu.cases.queries import case_names, case_url, case_words, get_case, open_count_of
        from dakehu.clocks.events import ClocksMoved
        from dakehu.clocks.queries import ClockSubject
        from dakehu.clocks.queries import register_subject as register_clock_subject
        from dakehu.common import events
        from dakehu.customers.operations import Relation, register_relation
        from dakehu.files.policies import Subject, register_subject
        from dakehu.ownership.events import CustomersMoved
        from dakehu.tiering.events import TierChanged
        from dakehu.ui import dependants
        from dakehu.worklist.events import TodosHandedOver

        register_relation(Relation("cases.Case", "customer", "the customer asked for it"))
        register_subject(Subject("cases.case", get_case, "cases.view", case_url))
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
    ):
        register(item)


def register_panels() -> None:
    """Show the requests of a customer on its page, and the files of a case on the case's."""
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
    """Let the number of whoever called be revealed, on the record."""
    from dakehu.audit.choices import Purpose
    from dakehu.cases.queries import get_case
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
