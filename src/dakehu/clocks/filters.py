"""Filters of the lists of calendars and of clocks."""

from typing import Any

import django_filters
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from dakehu.clocks.choices import OPEN_STATES, ClockKind, ClockState
from dakehu.people.choices import UnitKind
from dakehu.people.queries import person_named, units_within
from dakehu.ui.filters import DayRangeFilter
from dakehu.ui.picking import WhoseFilter


class CalendarFilter(django_filters.FilterSet):
    """Units by name and kind."""

    name = django_filters.CharFilter(lookup_expr="contains", label=_("Unit"), max_length=40)
    kind = django_filters.ChoiceFilter(choices=UnitKind.choices, label=_("Kind"))


FACES = (
    ("open", _("Still open")),
    ("late", _("Overdue")),
    ("soon", _("Runs out soon")),
    ("paused", _("Paused")),
    ("met", _("Promise kept")),
    ("missed", _("Promise missed")),
)


class ClockUnitFilter(django_filters.ModelChoiceFilter):
    """A unit with everything below it."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Unit"),
            empty_label=_("All"),
            queryset=lambda request: units_within(request.user),
        )

    def filter(self, rows: QuerySet[Any], unit: Any) -> QuerySet[Any]:
        if unit is None:
            return rows
        below = list(type(unit).objects.below(unit).values_list("pk", flat=True))
        return rows.filter(unit__in=below)


class ClockFilter(django_filters.FilterSet):
    """Clocks by where they stand, kind, unit, owner and day."""

    face = django_filters.ChoiceFilter(
        label=_("State"), choices=FACES, empty_label=_("All"), method="filter_face"
    )
    kind = django_filters.ChoiceFilter(
        label=_("Kind"), choices=ClockKind.choices, empty_label=_("All")
    )
    unit = ClockUnitFilter()
    owner = WhoseFilter(
        label=_("Owner"),
        find=person_named,
    )
    due = DayRangeFilter(field_name="due_at", label=_("Due between"))
    source = django_filters.CharFilter(
        label=_("Promised by"), lookup_expr="startswith", max_length=60
    )

    def filter_face(self, rows: QuerySet[Any], name: str, face: str) -> QuerySet[Any]:
        now = Now()
        stopped = Q(state=ClockState.STOPPED)
        faces = {
            "open": Q(state__in=OPEN_STATES),
            "late": Q(state__in=OPEN_STATES, due_at__lt=now),
            "soon": Q(state=ClockState.RUNNING, warn_at__lte=now, due_at__gte=now),
            "paused": Q(state=ClockState.PAUSED),
            "met": stopped & Q(stopped_at__lte=F("due_at")),
            "missed": stopped & Q(stopped_at__gt=F("due_at")),
        }
        return rows.filter(faces[face])
