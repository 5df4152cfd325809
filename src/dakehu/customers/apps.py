"""Wiring of the customers app."""

from typing import Any

from django.apps import AppConfig
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dakehu.common.events import listen
from dakehu.ui import panels

# What the cities deliver, and whom they bill one by one.
DELIVERED = ("INDIVIDUAL", "GROUP")
ALONE = ("INDIVIDUAL",)
PANELS: tuple[tuple[str, Any, str, int, bool, tuple[str, ...]], ...] = (
    ("people", _("People and habits"), "users", 8, True, ()),
    ("profile", _("Profile"), "id", 10, False, ()),
    ("days", _("Birthdays and days to remember"), "cake", 12, False, ()),
    ("fields", _("Own fields"), "forms", 14, False, ()),
    ("opinions", _("Opinions from visits and calls"), "message-2", 22, True, ()),
    ("notes", _("Competitors and market"), "swords", 24, True, ()),
    ("months", _("Revenue by month"), "chart-bar", 30, False, DELIVERED),
    ("credit", _("Credit standing"), "shield-check", 35, False, ALONE),
    ("products", _("Products"), "package", 50, False, DELIVERED),
    ("group", _("Group and members"), "users-group", 60, False, DELIVERED),
    ("addresses", _("Further addresses"), "map-pin", 62, False, ()),
    ("gifts", _("Gifts"), "gift", 64, False, ()),
    ("logs", _("Acts of managers"), "notes", 85, True, DELIVERED),
    ("duplicates", _("Duplicates and mergers"), "copy", 90, False, ()),
    ("changes", _("Changes"), "history", 95, True, ()),
)


class CustomersConfig(AppConfig):
    name = "dakehu.customers"
    label = "customers"

    def ready(self) -> None:
        """Register the entry of the list and the panels of a customer's page; listen to edits."""
        from dakehu.audit.events import ChangesRecorded
        from dakehu.customers.operations.importing import IMPORTS
        from dakehu.customers.queries.products import names_by_code
        from dakehu.customers.receivers import tell_what_changed
        from dakehu.people.queries import register_product_names
        from dakehu.ui import imports
        from dakehu.ui.navigation import NavItem, Section, register

        listen(ChangesRecorded, tell_what_changed)
        register_files()
        register_shares()
        register_revealables()
        register_product_names(names_by_code)
        for screen in IMPORTS:
            imports.register(screen)
        register(
            NavItem(
                Section.CUSTOMERS,
                _("Customers"),
                "users",
                "customers:list",
                "customers.view",
                10,
                "c",
            )
        )
        for item in (
            NavItem(Section.CUSTOMERS, _("Duplicates"), "copy", "customers:duplicate_list",
                    "customers.merge", 60, "", "state=OPEN"),
            NavItem(Section.SYSTEM, _("Own fields"), "forms", "customers:field_list",
                    "customers.fields", 40),
            NavItem(Section.SYSTEM, _("Product names"), "package", "customers:product_list",
                    "customers.fields", 45),
        ):  # fmt: skip
            register(item)
        for name, title, icon, order, wide, kinds in PANELS:
            url_name = f"customers:{name}_panel"
            panels.register(
                panels.Panel(
                    "customer", name, title, url_name, "customers.view", order, icon, wide, kinds
                )
            )


def register_files() -> None:
    """Let files be attached to customers, and show them on a customer's page (V2)."""
    from dakehu.customers.queries import get_customer, rests
    from dakehu.files.policies import Subject, register_subject

    label = "customers.customer"
    register_subject(
        Subject(
            label,
            get_customer,
            "customers.view",
            lambda pk: reverse("desk:customer", args=[pk]),
            rests,
        )
    )
    panels.register(
        panels.Panel(
            "customer",
            "attachments",
            _("Attachments"),
            "files:attachments_panel",
            "customers.view",
            order=80,
            icon="paperclip",
            arguments=(label,),
        )
    )


def register_shares() -> None:
    """Let a customer be shared, and tell on its page with whom it is (promise 3)."""
    from dakehu.customers.operations.sharing import share_customer
    from dakehu.customers.queries import get_customer, seen_by_shares_of
    from dakehu.people.operations import register_shareable
    from dakehu.people.values import Shareable

    register_shareable(
        Shareable(
            kind="customer",
            title=_("Share %(name)s"),
            permission="customers.view",
            find=get_customer,
            give=share_customer,
            subjects=seen_by_shares_of,
            url=lambda pk: reverse("desk:customer", args=[pk]),
        )
    )
    panels.register(
        panels.Panel(
            "customer",
            "shares",
            _("Shared with"),
            "people:shares_panel",
            "customers.view",
            order=88,
            icon="share",
            arguments=("customer",),
        )
    )


def register_revealables() -> None:
    """Let masked values of customers, and of what belongs to their files, be revealed."""
    from functools import partial

    from dakehu.audit.choices import Purpose
    from dakehu.customers import queries
    from dakehu.people.operations import register_revealable
    from dakehu.people.policies import may
    from dakehu.people.values import Revealable

    for model in queries.HOLDERS:
        register_revealable(
            Revealable(
                kind=model._meta.label_lower,
                find=partial(queries.get_holder, model=model),
                subject=lambda holder: getattr(holder, "customer", holder),
                may=lambda actor, holder: may(actor, "customers.reveal"),
                purposes=(Purpose.CONTACT, Purpose.VERIFY, Purpose.CORRECT, Purpose.DELIVER),
            )
        )
