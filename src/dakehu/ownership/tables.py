"""Columns of moves, of their customers, of the pool and of what was handed over."""

from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dakehu.customers.choices import CardLevel
from dakehu.ownership.choices import KIND_TONES, LINE_TONES, MOVE_TONES, MoveState
from dakehu.ui import tables
from dakehu.ui.tables import badge


class PersonColumn(tables.TextColumn):
    """A member of staff, whose name stays on one line."""

    attrs: ClassVar[dict[str, Any]] = {"td": {"class": "cell-nowrap"}}


class MoveTable(tables.ListTable):
    """Moves: what, how many, from whom to whom, from when, by whom and why."""

    kind = tables.BadgeColumn(
        accessor="kind", tones=KIND_TONES, verbose_name=gettext_lazy("Kind of change")
    )
    customers = tables.NumberColumn(accessor="customers", verbose_name=gettext_lazy("Customers"))
    from_staff = PersonColumn(accessor="from_staff", verbose_name=gettext_lazy("Former owner"))
    to_staff = PersonColumn(accessor="to_staff", verbose_name=gettext_lazy("New owner"))
    effective = tables.DayColumn(
        accessor="effective_on", verbose_name=gettext_lazy("Takes effect on")
    )
    state = tables.BadgeColumn(
        accessor="state", tones=MOVE_TONES, verbose_name=gettext_lazy("State")
    )
    skipped = tables.NumberColumn(accessor="skipped", verbose_name=gettext_lazy("Left out"))
    reason = tables.TextColumn(accessor="reason", verbose_name=gettext_lazy("Reason"))
    by = PersonColumn(accessor="by", verbose_name=gettext_lazy("Decided by"))
    at = tables.InstantColumn(accessor="at", verbose_name=gettext_lazy("Decided at"))
    ends = tables.DayColumn(accessor="ends_on", verbose_name=gettext_lazy("Back on"))
    chosen = tables.TextColumn(accessor="chosen", verbose_name=gettext_lazy("Chosen by"))

    optional_columns = ("ends", "chosen")


class LineTable(tables.ListTable):
    """The customers of a move: who, where, from whom to whom, and what became of it."""

    number = tables.CodeColumn(accessor="customer__number", verbose_name=gettext_lazy("Number"))
    name = tables.TextColumn(accessor="customer", verbose_name=gettext_lazy("Customer"))
    unit = tables.TextColumn(accessor="customer__unit", verbose_name=gettext_lazy("Unit"))
    from_staff = PersonColumn(
        accessor="from_staff",
        verbose_name=gettext_lazy("Former owner"),
        default=gettext_lazy("Pool"),
    )
    to_staff = PersonColumn(
        accessor="to_staff", verbose_name=gettext_lazy("New owner"), default=gettext_lazy("Pool")
    )
    state = tables.BadgeColumn(
        accessor="state", tones=LINE_TONES, verbose_name=gettext_lazy("State")
    )
    why = tables.TextColumn(accessor="get_why_display", verbose_name=gettext_lazy("Why left out"))


class LevelColumn(tables.TextColumn):
    """The card level in force; empty for customers who stand nowhere."""

    def __init__(self, **options: Any) -> None:
        super().__init__(accessor="pk", verbose_name=gettext_lazy("Level"), **options)

    def render(self, record: Any) -> Any:
        rank = rank_of(record)
        return (
            "" if rank is None else badge(CardLevel(rank).label, "accent" if rank else "neutral")
        )

    def value(self, record: Any) -> str:
        rank = rank_of(record)
        return "" if rank is None else str(CardLevel(rank).label)


def rank_of(customer: Any) -> int | None:
    """Return the rank of the standing in force among those fetched with a customer."""
    ranks = (each.level.rank for each in customer.standings.all() if each.active_to is None)
    return next(ranks, None)


class PoolTable(tables.ListTable):
    """Customers whom nobody looks after."""

    number = tables.CodeColumn(accessor="number", verbose_name=gettext_lazy("Number"))
    name = tables.TextColumn(accessor="name", verbose_name=gettext_lazy("Customer name"))
    kind = tables.BadgeColumn(accessor="kind", verbose_name=gettext_lazy("Kind"))
    level = LevelColumn()
    unit = tables.TextColumn(accessor="unit", verbose_name=gettext_lazy("Unit"))
    group = tables.TextColumn(accessor="group", verbose_name=gettext_lazy("Group"))
    brand = tables.TextColumn(accessor="brand", verbose_name=gettext_lazy("Brand"))
    open_date = tables.DayColumn(accessor="open_date", verbose_name=gettext_lazy("Joined"))

    optional_columns = ("brand", "open_date")


class ReceivedColumn(tables.InstantColumn):
    """When somebody confirmed; until then a badge that asks for it."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            accessor="received_at",
            verbose_name=gettext_lazy("Confirmed"),
            empty_values=(),
            **options,
        )

    def render(self, value: Any, record: Any) -> Any:
        if value:
            return super().render(value)
        if record.move.state == MoveState.UNDONE:
            return badge(record.move.get_state_display(), "neutral")
        return badge(_("To confirm"), "warning")

    def value(self, value: Any) -> Any:
        return value or ""


class ReceiptTable(tables.ListTable):
    """What was handed over: what, how many came and went, by whom, when, and confirmed when."""

    kind = tables.BadgeColumn(
        accessor="move__kind", tones=KIND_TONES, verbose_name=gettext_lazy("Kind of change")
    )
    customers = tables.NumberColumn(accessor="customers", verbose_name=gettext_lazy("Came"))
    gone = tables.NumberColumn(accessor="gone", verbose_name=gettext_lazy("Went"))
    by = PersonColumn(accessor="move__by", verbose_name=gettext_lazy("Decided by"))
    at = tables.InstantColumn(accessor="move__done_at", verbose_name=gettext_lazy("Carried out"))
    reason = tables.TextColumn(accessor="move__reason", verbose_name=gettext_lazy("Reason"))
    received = ReceivedColumn()
    remark = tables.TextColumn(accessor="remark", verbose_name=gettext_lazy("Remark"))
