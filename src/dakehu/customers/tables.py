"""Columns of the customer list."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from dakehu.customers.choices import CardLevel
from dakehu.ui import tables
from dakehu.ui.tables import badge

STATUS_TONES = {0: "success", 1: "warning", 3: "danger", 4: "danger"}
KIND_TONES = {"INDIVIDUAL": "neutral", "GROUP": "info"}
LEVEL_TONES = {
    CardLevel.ORDINARY: "neutral",
    CardLevel.VIP: "info",
    CardLevel.SILVER: "info",
    CardLevel.GOLD: "warning",
    CardLevel.DIAMOND: "accent",
}


class LevelColumn(tables.TextColumn):
    """The card level in force; empty for customers who stand nowhere."""

    def __init__(self, **options: Any) -> None:
        super().__init__(accessor="pk", verbose_name=_("Level"), **options)

    def render(self, record: Any) -> Any:
        rank = rank_of(record)
        return "" if rank is None else badge(CardLevel(rank).label, LEVEL_TONES[CardLevel(rank)])

    def value(self, record: Any) -> str:
        rank = rank_of(record)
        return "" if rank is None else str(CardLevel(rank).label)


def rank_of(customer: Any) -> int | None:
    """Return the rank of the standing in force among those fetched with a customer."""
    ranks = (each.level.rank for each in customer.standings.all() if each.active_to is None)
    return next(ranks, None)


class CustomerTable(tables.ListTable):
    """Customers: who, at which level, with whom, where and in which state."""

    number = tables.CodeColumn(accessor="number", verbose_name=_("Number"))
    name = tables.TextColumn(accessor="name", verbose_name=_("Customer name"))
    kind = tables.BadgeColumn(accessor="kind", tones=KIND_TONES, verbose_name=_("Kind"))
    level = LevelColumn()
    manager = tables.TextColumn(accessor="manager", verbose_name=_("Manager"), default=_("Nobody"))
    unit = tables.TextColumn(accessor="unit", verbose_name=_("Unit"))
    status = tables.BadgeColumn(accessor="status", tones=STATUS_TONES, verbose_name=_("Status"))
    brand = tables.TextColumn(accessor="brand", verbose_name=_("Brand"))
    phone = tables.CodeColumn(accessor="phone", verbose_name=_("Phone"))
    group = tables.TextColumn(accessor="group", verbose_name=_("Group"))
    open_date = tables.DayColumn(accessor="open_date", verbose_name=_("Joined"))
    contract = tables.TextColumn(accessor="contract_name", verbose_name=_("Contract"))
    contract_end = tables.DayColumn(accessor="contract_end", verbose_name=_("Contract ends"))
    managed = tables.YesNoColumn(accessor="managed", verbose_name=_("Managed"))

    optional_columns = ("group", "open_date", "contract", "contract_end", "managed")
