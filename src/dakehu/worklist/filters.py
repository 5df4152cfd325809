"""Filters of the to-do list."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from dakehu.people.queries import staff_visible_to
from dakehu.ui.filters import DayRangeFilter
from dakehu.worklist.choices import TodoState, Urgency

MINE = "me"
NOBODY = "none"
TODAY, OVERDUE = "today", "overdue"


def owner_choices(request: Any) -> list[tuple[str, Any]]:
    """Return whose to-dos can be asked for: one's own, nobody's, a colleague's."""
    colleagues = staff_visible_to(request.user).exclude(pk=request.user.pk)
    return [
        (MINE, _("Me")),
        (NOBODY, _("Nobody")),
        *((str(staff.pk), staff.name) for staff in colleagues),
    ]


class TodoFilter(django_filters.FilterSet):
    """To-dos by owner, state, due day and urgency."""

    owner = django_filters.ChoiceFilter(
        label=_("Owner"), empty_label=_("All"), method="filter_owner", choices=()
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

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.filters["owner"].extra["choices"] = owner_choices(self.request)

    def filter_owner(self, rows: QuerySet[Any], name: str, whose: str) -> QuerySet[Any]:
        if whose == NOBODY:
            return rows.filter(owner__isnull=True)
        return rows.filter(owner=self.request.user.pk if whose == MINE else whose)

    def filter_due(self, rows: QuerySet[Any], name: str, when: str) -> QuerySet[Any]:
        today = localdate()
        return rows.filter(due_date=today) if when == TODAY else rows.filter(due_date__lt=today)
