"""Wiring of the ownership app."""

from django.apps import AppConfig
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from dakehu.common import work


class OwnershipConfig(AppConfig):
    name = "dakehu.ownership"
    label = "ownership"

    def ready(self) -> None:
        """Register entries, panels, to-dos, bulk actions, and what hangs on a person."""
        from dakehu.customers.operations import register_relation, stays
        from dakehu.ownership.choices import HANDOVER, PLANNED_MOVE
        from dakehu.ownership.pages.wording import handover_words, leftover_words
        from dakehu.ui import todos

        # A planned move of the one must not give the other a new manager.
        register_relation(stays("ownership.MoveLine", "customer", "that record changed hands"))
        register_entries()
        register_panels()
        register_actions()
        register_holdings()
        todos.register(
            HANDOVER,
            handover_words,
            lambda pk: reverse("ownership:receipt", args=[pk]),
            "user-share",
        )
        todos.register(
            PLANNED_MOVE,
            leftover_words,
            lambda pk: reverse("ownership:detail", args=[pk]),
            "arrows-exchange",
        )
        work.describe("dakehu.ownership.jobs.carry_out_move", _("Carry out a change of ownership"))


def register_entries() -> None:
    """Register the entries of the left navigation."""
    from dakehu.ui.navigation import NavItem, Section, register

    for title, icon, url_name, order in (
        (_("Ownership"), "arrows-exchange", "ownership:list", 30),
        (_("Customer pool"), "users-minus", "ownership:pool", 32),
        (_("Handed to me"), "inbox", "ownership:received", 34),
        (_("Load of managers"), "scale", "ownership:loads", 36),
    ):
        register(NavItem(Section.CUSTOMERS, title, icon, url_name, "ownership.view", order))


def register_panels() -> None:
    """Register the panels on the pages of customers and of staff."""
    from dakehu.ui.panels import Panel, register

    url_name = "ownership:customer_panel"
    register(
        Panel("customer", "owners", _("Owners"), url_name, "ownership.view", 25, "user-check")
    )
    url_name = "ownership:staff_panel"
    register(
        Panel("staff", "owned", _("Customers"), url_name, "ownership.view", 15, "users", wide=True)
    )


def register_actions() -> None:
    """Offer assigning, recalling and swapping on the lists of customers."""
    from dakehu.ownership.views.asking import CUSTOMER_LISTS
    from dakehu.ui.lists import BulkAction, register_bulk

    for title, url_name, permission, icon in (
        (_("Assign"), "ownership:assign", "ownership.move", "user-check"),
        (_("Recall to the pool"), "ownership:recall", "ownership.recall", "user-minus"),
        (_("Swap"), "ownership:swap", "ownership.move", "arrows-exchange"),
    ):
        for screen in CUSTOMER_LISTS:
            register_bulk(screen, BulkAction(title, url_name, permission, icon=icon))


def register_holdings() -> None:
    """Say how many customers a person looks after, and who looks after too many."""
    from dakehu.customers.queries import count_held_by
    from dakehu.ownership.views.loads import overloaded
    from dakehu.people.queries import register_holding, register_overload
    from dakehu.people.values import Holding

    def words(count: int) -> str:
        said = ngettext("looks after %(count)s customer", "looks after %(count)s customers", count)
        return said % {"count": count}

    def url(person: object) -> str:
        return f"{reverse('customers:list')}?manager={person.pk}"  # type: ignore[attr-defined]

    register_holding(Holding("customers", "staff", count_held_by, words, url))
    register_overload(overloaded)
