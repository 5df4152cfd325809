"""Columns of evaluations that were asked for."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from dakehu.tiering.choices import SIMULATION_TONES
from dakehu.tiering.tables.levels import NamedColumn
from dakehu.ui import tables


class DaysColumn(tables.TextColumn):
    """The day asked for, and how many days after it were evaluated again."""

    def render(self, value: Any) -> str:
        return value[0] if len(value) == 1 else f"{value[0]} + {len(value) - 1}"

    def value(self, value: Any) -> str:
        return self.render(value)


class RunTable(tables.ListTable):
    """Evaluations on demand: of what, as of when, how far, what changed."""

    scheme = NamedColumn(accessor="scheme", verbose_name=_("Scheme"))
    days = DaysColumn(accessor="days", verbose_name=_("Data day + later ones"))
    state = tables.BadgeColumn(accessor="state", tones=SIMULATION_TONES, verbose_name=_("State"))
    customers = tables.NumberColumn(accessor="customers", verbose_name=_("Customers"))
    changed = tables.NumberColumn(accessor="changed", verbose_name=_("Levels changed"))
    asked_by = tables.TextColumn(accessor="asked_by", verbose_name=_("Asked by"))
    asked = tables.InstantColumn(accessor="asked_at", verbose_name=_("Asked for at"))
    ended = tables.InstantColumn(accessor="ended_at", verbose_name=_("Done at"))
