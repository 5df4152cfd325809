"""What the lists of care can be narrowed by."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from dakehu.care.choices import (
    EventKind,
    EventState,
    GreetingKind,
    GreetingState,
    InvitationState,
    ReportCycle,
    ReportState,
    VisitPurpose,
    VisitResult,
    VisitState,
)
from dakehu.care.queries.events import events_visible_to
from dakehu.catalogue.choices import Form
from dakehu.people.queries import person_named
from dakehu.ui.filters import DayRangeFilter
from dakehu.ui.picking import WhoseFilter

OVERDUE = "overdue"
YES, NO = "yes", "no"


class VisitFilter(django_filters.FilterSet):
    """Visits by person, state, purpose, result and day."""

    staff = WhoseFilter(
        label=_("Who"),
        find=person_named,
    )
    state = django_filters.ChoiceFilter(
        label=_("State"),
        choices=(*VisitState.choices, (OVERDUE, _("Not recorded in time"))),
        empty_label=_("All"),
        method="filter_state",
    )
    purpose = django_filters.ChoiceFilter(
        label=_("Purpose of the visit"), choices=VisitPurpose.choices, empty_label=_("All")
    )
    result = django_filters.ChoiceFilter(
        label=_("Result"), choices=VisitResult.choices, empty_label=_("All")
    )
    day = DayRangeFilter(label=_("Day"))
    words = django_filters.CharFilter(
        field_name="customer__name", lookup_expr="contains", label=_("Customer"), max_length=60
    )
    customer = django_filters.NumberFilter(widget=forms.HiddenInput)
    afterwards = django_filters.ChoiceFilter(
        label=_("Entered afterwards"),
        choices=((YES, _("Yes")), (NO, _("No"))),
        empty_label=_("All"),
        method="filter_afterwards",
    )

    def filter_afterwards(self, rows: QuerySet[Any], name: str, picked: str) -> QuerySet[Any]:
        """Keep what was entered afterwards, or beforehand (R7)."""
        return rows.exclude(afterwards="") if picked == YES else rows.filter(afterwards="")

    def filter_state(self, rows: QuerySet[Any], name: str, state: str) -> QuerySet[Any]:
        """Keep a state, or what should have been recorded by now (R8)."""
        if state == OVERDUE:
            return rows.filter(state=VisitState.PLANNED, day__lt=localdate())
        return rows.filter(state=state)


class GreetingFilter(django_filters.FilterSet):
    """Greetings by person, state, occasion, form and day."""

    staff = WhoseFilter(
        label=_("Who"),
        find=person_named,
    )
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=GreetingState.choices, empty_label=_("All")
    )
    kind = django_filters.ChoiceFilter(
        label=_("Occasion"), choices=GreetingKind.choices, empty_label=_("All")
    )
    form = django_filters.ChoiceFilter(label=_("Form"), choices=Form.choices, empty_label=_("All"))
    day = DayRangeFilter(label=_("Day"))
    words = django_filters.CharFilter(
        field_name="customer__name", lookup_expr="contains", label=_("Customer"), max_length=60
    )


class FestivalFilter(django_filters.FilterSet):
    """Festivals by name."""

    name = django_filters.CharFilter(lookup_expr="contains", label=_("Name"), max_length=40)


class WordingFilter(django_filters.FilterSet):
    """Wordings by occasion."""

    kind = django_filters.ChoiceFilter(
        label=_("Occasion"), choices=GreetingKind.choices, empty_label=_("All")
    )


class ReportFilter(django_filters.FilterSet):
    """Service reports by person, state, kind and customer."""

    staff = WhoseFilter(
        label=_("Who"),
        find=person_named,
    )
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=ReportState.choices, empty_label=_("All")
    )
    cycle = django_filters.ChoiceFilter(
        label=_("Kind of report"), choices=ReportCycle.choices, empty_label=_("All")
    )
    last_day = DayRangeFilter(label=_("Last day"))
    words = django_filters.CharFilter(
        field_name="customer__name", lookup_expr="contains", label=_("Customer"), max_length=60
    )


class EventFilter(django_filters.FilterSet):
    """Events by host, state, kind, day and words."""

    host = WhoseFilter(
        label=_("Hosted by"),
        find=person_named,
    )
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=EventState.choices, empty_label=_("All")
    )
    kind = django_filters.ChoiceFilter(
        label=_("Kind of event"), choices=EventKind.choices, empty_label=_("All")
    )
    day = DayRangeFilter(label=_("Day"))
    words = django_filters.CharFilter(
        field_name="title", lookup_expr="contains", label=_("Title of the event"), max_length=60
    )


class InvitationFilter(django_filters.FilterSet):
    """Invitations by event, state, manager and customer."""

    event = django_filters.ModelChoiceFilter(
        label=_("The event"),
        queryset=lambda request: events_visible_to(request.user).order_by("-day", "-pk"),
        empty_label=_("All"),
    )
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=InvitationState.choices, empty_label=_("All")
    )
    manager = WhoseFilter(field_name="customer__manager", label=_("Manager"), find=person_named)
    words = django_filters.CharFilter(
        field_name="customer__name", lookup_expr="contains", label=_("Customer"), max_length=60
    )
    customer = django_filters.NumberFilter(widget=forms.HiddenInput)
