"""Columns of target groups, their members and their tasks."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from dakehu.targets.choices import (
    GROUP_TONES,
    PRESENCE_TONES,
    RESULT_TONES,
    TASK_TONES,
    Presence,
    TaskState,
)
from dakehu.ui import tables
from dakehu.ui.tables import badge


class GroupTable(tables.ListTable):
    """Target groups: which, for whom, where they stand, how many."""

    name = tables.NameColumn(accessor="name", verbose_name=_("Target group"))
    state = tables.BadgeColumn(accessor="state", tones=GROUP_TONES, verbose_name=_("State"))
    membership = tables.TextColumn(accessor="membership", verbose_name=_("Members are"))
    kind = tables.TextColumn(accessor="kind", verbose_name=_("Kind of customer"))
    size = tables.NumberColumn(accessor="size", verbose_name=_("Members"))
    unit = tables.TextColumn(accessor="unit", verbose_name=_("For unit"))
    purpose = tables.WordsColumn(accessor="purpose", verbose_name=_("Purpose"))
    made_by = tables.TextColumn(accessor="created_by", verbose_name=_("Made by"))
    made = tables.InstantColumn(accessor="created_at", verbose_name=_("Made at"))

    optional_columns = ("made_by",)


class PresenceColumn(tables.TextColumn):
    """Whether a member is in the group, dropped out, or the customer has left."""

    def __init__(self, **options: Any) -> None:
        super().__init__(accessor="pk", verbose_name=_("Standing of the member"), **options)

    def render(self, record: Any) -> Any:
        found = presence_of(record)
        return badge(found.label, PRESENCE_TONES[found])

    def value(self, record: Any) -> str:
        return str(presence_of(record).label)


def presence_of(member: Any) -> Presence:
    """Return whether a member is in the group, dropped out, or the customer has left."""
    if member.dropped_on is not None:
        return Presence.DROPPED
    customer = member.customer
    away = customer.retained_at or customer.removed_at or customer.merged_into_id
    return Presence.GONE if away else Presence.MEMBER


class MemberTable(tables.ListTable):
    """Members of a target group: who, since when, whose."""

    number = tables.CodeColumn(accessor="customer__number", verbose_name=_("Number"))
    name = tables.TextColumn(accessor="customer__name", verbose_name=_("Customer name"))
    presence = PresenceColumn()
    joined = tables.DayColumn(accessor="joined_on", verbose_name=_("Joined the group"))
    dropped = tables.DayColumn(accessor="dropped_on", verbose_name=_("Dropped out"))
    unit = tables.TextColumn(accessor="customer__unit", verbose_name=_("Unit"))
    manager = tables.TextColumn(
        accessor="customer__manager", verbose_name=_("Manager"), default=_("Nobody")
    )
    phone = tables.CodeColumn(accessor="customer__phone", verbose_name=_("Phone"))

    optional_columns = ("phone",)


class StateColumn(tables.TextColumn):
    """Where a task stands, told by its to-do."""

    def render(self, value: Any) -> Any:
        return badge(TaskState(value).label, TASK_TONES[value])

    def value(self, value: Any) -> str:
        return str(TaskState(value).label)


class TaskTable(tables.ListTable):
    """Tasks of hand-outs: about whom, whose, and what came of them."""

    number = tables.CodeColumn(accessor="customer__number", verbose_name=_("Number"))
    name = tables.TextColumn(accessor="customer__name", verbose_name=_("Customer name"))
    state = StateColumn(accessor="state", verbose_name=_("State"))
    result = tables.BadgeColumn(
        accessor="result", tones=RESULT_TONES, verbose_name=_("Result"), empty_values=("", None)
    )
    note = tables.WordsColumn(accessor="note", verbose_name=_("Note"))
    owner = tables.TextColumn(
        accessor="owner_name", verbose_name=_("Answers for it"), default=_("Nobody")
    )
    rank = tables.NumberColumn(accessor="rank", verbose_name=_("Place in the queue"))
    unit = tables.TextColumn(accessor="customer__unit", verbose_name=_("Unit"))
    due = tables.DayColumn(accessor="hand_out__due_date", verbose_name=_("Due on"))
    group = tables.NameColumn(accessor="hand_out__group", verbose_name=_("Target group"))
    recorded = tables.InstantColumn(accessor="recorded_at", verbose_name=_("Recorded at"))
    recorded_by = tables.TextColumn(accessor="recorded_by", verbose_name=_("Recorded by"))

    optional_columns = ("rank", "due", "recorded_by")
