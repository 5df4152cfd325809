"""Wiring of the opportunities app."""

from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dakehu.ui import panels
from dakehu.ui.panels import Panel


class OpportunitiesConfig(AppConfig):
    name = "dakehu.opportunities"
    label = "opportunities"

    def ready(self) -> None:
        """Register entries, panels, to-dos, clocks, the sweep, and what is listened to."""
        from dakehu.cases.events import CaseClosed
        from dakehu.clocks.events import ClocksMoved
        from dakehu.clocks.queries import ClockSubject
        from dakehu.clocks.queries import register_subject as register_clock_subject
        from dakehu.common import events
        from dakehu.common.work import Duty, register
        from dakehu.customers.operations import Relation, register_relation
        from dakehu.opportunities import queries, receivers
        from dakehu.opportunities.choices import FOLLOW_UP, OFFER, OPPORTUNITY
        from dakehu.opportunities.operations import sweep
        from dakehu.ui import dependants, todos
        from dakehu.worklist.events import TodosHandedOver

        register_relation(
            Relation("opportunities.Opportunity", "customer", "the customer wants it")
        )
        todos.register(OFFER, queries.offer_words, queries.offer_url, "hand-grab")
        todos.register(FOLLOW_UP, queries.follow_up_words, queries.opportunity_url, "repeat")
        register_clock_subject(
            ClockSubject(
                OPPORTUNITY,
                _("Opportunity to take over"),
                queries.opportunity_names,
                queries.opportunity_url,
            )
        )
        register(Duty("opportunities.sweep", lambda at: sweep(at=at), timedelta(seconds=15)))
        dependants.register(
            dependants.Dependant(
                "opportunities",
                _("Open opportunities"),
                "bulb",
                _("The new owner sees them; whoever claimed one goes on."),
                queries.open_count_of,
                order=16,
            )
        )
        events.listen(TodosHandedOver, receivers.todos_handed_over)
        events.listen(ClocksMoved, receivers.clocks_moved)
        events.listen(CaseClosed, receivers.case_closed)
        register_entries()
        register_panels()
        register_papers()
        register_orders()
        register_phones()
        register_told()


def register_entries() -> None:
    """Register the entries of the navigation."""
    from dakehu.ui.navigation import NavItem, Section, register

    section = Section.SERVICE
    for item in (
        NavItem(
            section, _("New opportunity"), "bulb", "opportunities:intake",
            "opportunities.create", 60,
        ),
        NavItem(
            section, _("Opportunities"), "list-details", "opportunities:list",
            "opportunities.view", 61,
        ),
        NavItem(
            section, _("Sales board"), "layout-kanban", "opportunities:board",
            "opportunities.handle", 63,
        ),
        NavItem(
            section, _("Contracts"), "file-certificate", "opportunities:contract_list",
            "opportunities.view", 64,
        ),
        NavItem(
            section, _("Templates of solutions"), "template", "opportunities:template_list",
            "opportunities.assign", 66,
        ),
        NavItem(
            section, _("Return visits after sales"), "phone-check", "opportunities:visit_list",
            "opportunities.handle", 65,
        ),
        NavItem(
            section, _("Operations center queue"), "arrows-split", "opportunities:center",
            "opportunities.assign", 62,
        ),
        NavItem(
            Section.ANALYSIS, _("Opportunities in figures"), "chart-funnel",
            "opportunities:figures", "opportunities.view", 60,
        ),
        NavItem(
            Section.ANALYSIS, _("Rating of partners"), "medal", "opportunities:partner_list",
            "opportunities.handle", 61,
        ),
    ):  # fmt: skip
        register(item)


def register_panels() -> None:
    """Show opportunities on the customer's page, and files on their own."""
    from dakehu.files.policies import Subject, register_subject
    from dakehu.opportunities import queries
    from dakehu.opportunities.policies import VIEW

    register_subject(
        Subject(
            "opportunities.opportunity", queries.get_opportunity, VIEW, queries.opportunity_url
        )
    )
    panels.register(
        Panel(
            "customer",
            "opportunities",
            _("Opportunities"),
            "opportunities:customer_panel",
            VIEW,
            order=5,
            icon="bulb",
            wide=True,
        )
    )
    panels.register(
        Panel(
            "visit",
            "second-sale",
            _("Opportunities since this visit"),
            "opportunities:visit_panel",
            VIEW,
            order=20,
            icon="bulb",
            kinds=("DONE",),
        )
    )
    panels.register(
        Panel(
            "matrix",
            "simulation",
            _("The last quarter under this version"),
            "opportunities:simulation_panel",
            "channels.rules",
            icon="flask",
            wide=True,
            kinds=("DRAFT", "PROPOSED", "COMING"),
        )
    )
    panels.register(
        Panel(
            "opportunity",
            "attachments",
            _("Attachments"),
            "files:attachments_panel",
            VIEW,
            order=80,
            icon="paperclip",
            arguments=("opportunities.opportunity",),
        )
    )


def register_papers() -> None:
    """Register solutions and contracts: their panel, their files, what is asked about them."""
    from dakehu.files.policies import Subject, register_subject
    from dakehu.opportunities import queries
    from dakehu.opportunities.choices import RELEASE, RENEWAL
    from dakehu.opportunities.policies import VIEW
    from dakehu.ui import todos

    panels.register(
        Panel(
            "opportunity",
            "papers",
            _("Solutions, contracts and talks"),
            "opportunities:papers_panel",
            VIEW,
            order=20,
            icon="file-certificate",
        )
    )
    for kind, seen, url, is_sealed in (
        ("solution", queries.seen_solution, queries.solution_url, queries.is_solution_sealed),
        ("contract", queries.seen_contract, queries.contract_url, queries.is_contract_sealed),
    ):
        label = f"opportunities.{kind}"
        register_subject(Subject(label, seen, VIEW, url, is_sealed))
        panels.register(
            Panel(
                kind,
                "attachments",
                _("Attachments"),
                "files:attachments_panel",
                VIEW,
                icon="paperclip",
                arguments=(label,),
            )
        )
    todos.register(RELEASE["solution"], queries.solution_words, queries.solution_url, "file-check")
    todos.register(RELEASE["contract"], queries.contract_words, queries.contract_url, "file-check")
    todos.register(RENEWAL, queries.renewal_words, queries.contract_url, "calendar-due")


def register_orders() -> None:
    """Register orders to the billing system, and the link by which customers follow."""
    from dakehu.common.work import Duty, register
    from dakehu.opportunities import jobs, queries
    from dakehu.opportunities.choices import (
        AFTERWARDS,
        DISCONTENT,
        LEFT_OPEN,
        OPPORTUNITY,
        REFUSED,
    )
    from dakehu.opportunities.policies import VIEW
    from dakehu.ui import progress, todos

    for name, title, order, icon in (
        ("visits", pgettext_lazy("after a sale", "Return visits"), 27, "phone-check"),
        ("orders", _("Hand-over"), 25, "truck-delivery"),
        ("link", _("For the customer"), 70, "route"),
    ):
        panels.register(
            Panel("opportunity", name, title, f"opportunities:{name}_panel", VIEW, order, icon)
        )
    register(Duty("opportunities.orders", jobs.send_orders, timedelta(minutes=1)))
    progress.register(progress.Matter(OPPORTUNITY, queries.progress_of_opportunity))
    todos.register(REFUSED, queries.refused_words, queries.opportunity_url, "truck-off")
    todos.register(LEFT_OPEN, queries.left_open_words, queries.opportunity_url, "list-check")
    todos.register(DISCONTENT, queries.discontent_words, queries.opportunity_url, "mood-sad")
    todos.register(AFTERWARDS, queries.afterwards_words, queries.opportunity_url, "phone-call")


def register_phones() -> None:
    """Let the number to call be revealed, on the record; not to partners of A and B customers."""
    from dakehu.audit.choices import Purpose
    from dakehu.opportunities.policies import may_see_people
    from dakehu.opportunities.queries import get_opportunity
    from dakehu.people.operations import register_revealable
    from dakehu.people.policies import may
    from dakehu.people.values import Revealable

    register_revealable(
        Revealable(
            kind="opportunities.opportunity",
            find=get_opportunity,
            subject=lambda opportunity: opportunity,
            may=lambda actor, opportunity: (
                may(actor, "customers.reveal") and may_see_people(actor, opportunity)
            ),
            purposes=(Purpose.CONTACT, Purpose.VERIFY, Purpose.CORRECT),
        )
    )


def register_told() -> None:
    """Let other systems be told of opportunities and orders."""
    from dakehu.hooks.queries import register_subject
    from dakehu.hooks.values import HookSubject
    from dakehu.opportunities import queries
    from dakehu.opportunities.choices import OPPORTUNITY, SALES_ORDER
    from dakehu.opportunities.queries import telling

    register_subject(HookSubject(OPPORTUNITY, telling.people_behind, queries.opportunity_url))
    register_subject(HookSubject(SALES_ORDER, telling.people_behind_order, telling.order_url))
