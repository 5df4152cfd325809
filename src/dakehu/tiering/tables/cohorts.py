"""Columns of snapshot cohorts and of their members."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from dakehu.customers.choices import CardLevel
from dakehu.tiering.choices import MEMBER_TONES
from dakehu.tiering.queries.bars import bar_words
from dakehu.ui import tables


class BarColumn(tables.TextColumn):
    """The bar of a cohort in words."""

    def render(self, value: Any) -> str:
        return bar_words(value)

    def value(self, value: Any) -> str:
        return bar_words(value)


class CohortTable(tables.ListTable):
    """Cohorts: who, as of when, by which bar, by whom."""

    name = tables.TextColumn(accessor="name", verbose_name=_("Cohort"))
    day = tables.DayColumn(accessor="day", verbose_name=_("Frozen as of"))
    bar = BarColumn(accessor="bar", verbose_name=_("Bar"))
    followed = tables.YesNoColumn(accessor="is_followed", verbose_name=_("Followed every night"))
    made_by = tables.TextColumn(accessor="created_by", verbose_name=_("Frozen by"))
    made = tables.InstantColumn(accessor="created_at", verbose_name=_("Frozen at"))


class CardColumn(tables.TextColumn):
    """The card level on the day of freezing."""

    def render(self, value: Any) -> str:
        return str(CardLevel(value).label) if value in CardLevel.values else str(value)

    def value(self, value: Any) -> str:
        return self.render(value)


class MemberTable(tables.ListTable):
    """Members of a cohort: who, what became of them and since when."""

    number = tables.CodeColumn(accessor="customer__number", verbose_name=_("Number"))
    name = tables.TextColumn(accessor="customer__name", verbose_name=_("Customer name"))
    state = tables.BadgeColumn(
        accessor="state", tones=MEMBER_TONES, verbose_name=_("State of the member")
    )
    since = tables.DayColumn(accessor="active_from", verbose_name=_("Since"))
    until = tables.DayColumn(accessor="active_to", verbose_name=_("Until"))
    level = CardColumn(accessor="level", verbose_name=_("Level when frozen"))
    unit = tables.TextColumn(accessor="customer__unit", verbose_name=_("Unit"))
    manager = tables.TextColumn(
        accessor="customer__manager", verbose_name=_("Manager"), default=_("Nobody")
    )

    optional_columns = ("until",)
