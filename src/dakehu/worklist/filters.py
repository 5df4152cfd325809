"""Filters of the to-do list."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from dakehu.people.queries import person_named
from dakehu.ui.filters import DayRangeFilter
from dakehu.ui.picking import PickFilter
from dakehu.worklist.choices import TodoState, Urgency

MINE = "me"
NOBODY = "none"
TODAY, OVERDUE = "today", "overdue"


class TodoFilter(django_filters.FilterSet):
    """To-dos by owner, state, due day and urgency."""

    owner = PickFilter(
        label=_("Owner"),
        find=person_named,
        options="people:staff_options",
        fixed={MINE: _("Me"), NOBODY: _("Nobody")},
        method="filter_owner",
    )
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=TodoState.choices, empty_label=_("All")
    )
    due = django_filters.ChoiceFilter(
        label=_("Due"),
        choices=((TODAY, _("Today")), (OVERDUE, _("Overdue"))),
        empty_label=_("All"),
        method="filter_due",
    )
    urgency = django_filters.ChoiceFilter(
        label=_("Urgency"), choices=Urgency.choices, empty_label=_("All")
    )
    due_date = DayRangeFilter(field_name="due_date", label=_("Due between"))
    closed = DayRangeFilter(field_name="closed_at", label=_("Closed between"))

    def filter_owner(self, rows: QuerySet[Any], name: str, whose: Any) -> QuerySet[Any]:
        if whose == NOBODY:
            return rows.filter(owner__isnull=True)
        return rows.filter(owner=self.request.user.pk if whose == MINE else whose)

    def filter_due(self, rows: QuerySet[Any], name: str, when: str) -> QuerySet[Any]:
        today = localdate()
        return rows.filter(due_date=today) if when == TODAY else rows.filter(due_date__lt=today)
