"""Filters of the lists of cases."""

from datetime import timedelta
from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext_lazy as _

from dakehu.cases.choices import (
    Bond,
    CaseChannel,
    CaseKind,
    CaseState,
    Cause,
    CloseResult,
    OrderPurpose,
    OrderState,
    Priority,
    VisitState,
)
from dakehu.cases.queries.callers import caller_named
from dakehu.cases.rules.numbers import key_in
from dakehu.people.queries import person_named, product_names, units_within
from dakehu.ui.filters import DayRangeFilter
from dakehu.ui.picking import WhoseFilter

OVERDUE, SOON, TODAY = "overdue", "soon", "today"
SOON_HOURS = 2


class UnitFilter(django_filters.ModelChoiceFilter):
    """Cases in the queue of a unit or of one below it."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            label=_("Team"),
            empty_label=_("All"),
            queryset=lambda request: units_within(request.user),
            **options,
        )

    def filter(self, rows: QuerySet[Any], unit: Any) -> QuerySet[Any]:
        if unit is None:
            return rows
        below = type(unit).objects.below(unit).values_list("pk", flat=True)
        return rows.filter(unit__in=list(below))


class CaseFilter(django_filters.FilterSet):
    """Cases by number or words, kind, state, urgency, people, days and outcome (K2)."""

    words = django_filters.CharFilter(
        label=_("Case number, customer or words"), max_length=80, method="filter_words"
    )
    kind = django_filters.ChoiceFilter(
        label=_("Kind"), choices=CaseKind.choices, empty_label=_("All")
    )
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=CaseState.choices, empty_label=_("All")
    )
    priority = django_filters.ChoiceFilter(
        label=_("Priority"), choices=Priority.choices, empty_label=_("All")
    )
    due = django_filters.ChoiceFilter(
        label=_("Deadline"),
        choices=(
            (OVERDUE, _("Passed")),
            (SOON, _("Within two hours")),
            (TODAY, _("Today")),
        ),
        empty_label=_("All"),
        method="filter_due",
    )
    unit = UnitFilter()
    owner = WhoseFilter(label=_("Works on it"), find=person_named, nobody=True)
    first_taker = WhoseFilter(label=_("Taken first by"), find=person_named, nobody=True)
    channel = django_filters.ChoiceFilter(
        label=_("Channel"), choices=CaseChannel.choices, empty_label=_("All")
    )
    product_code = django_filters.ChoiceFilter(
        label=_("Product"),
        empty_label=_("All"),
        choices=lambda: sorted(product_names().items(), key=lambda pair: pair[1]),
    )
    opened = DayRangeFilter(field_name="opened_at", label=_("Opened between"))
    closed = DayRangeFilter(field_name="closed_at", label=_("Closed between"))
    result = django_filters.ChoiceFilter(
        label=_("Result"), choices=CloseResult.choices, empty_label=_("All")
    )
    cause = django_filters.ChoiceFilter(
        label=_("Cause"), choices=Cause.choices, empty_label=_("All")
    )
    visit = django_filters.ChoiceFilter(
        label=_("Return visit"),
        choices=[pair for pair in VisitState.choices if pair[0]],
        empty_label=_("All"),
    )
    parent = django_filters.NumberFilter(label=_("Belongs to the case with the key"))
    bond = django_filters.ChoiceFilter(
        label=_("Belongs to another as"), choices=Bond.choices, empty_label=_("All")
    )

    def filter_words(self, rows: QuerySet[Any], name: str, typed: str) -> QuerySet[Any]:
        if pk := key_in(typed):
            return rows.filter(pk=pk)
        customer = caller_named(self.request.user, typed)
        about = Q(subject__icontains=typed)
        return rows.filter(about | Q(customer=customer.pk) if customer else about)

    def filter_due(self, rows: QuerySet[Any], name: str, when: str) -> QuerySet[Any]:
        now = localtime()
        running = rows.filter(closed_at__isnull=True)
        if when == OVERDUE:
            return running.filter(due_at__lt=now)
        if when == SOON:
            return running.filter(due_at__range=(now, now + timedelta(hours=SOON_HOURS)))
        return running.filter(due_at__date=localdate(now))


YES, NO = "yes", "no"


class OrderFilter(django_filters.FilterSet):
    """Work orders by words, purpose, state, engineer, days, and what was entered afterwards."""

    words = django_filters.CharFilter(
        label=_("Customer number, place or words"), max_length=80, method="filter_words"
    )
    purpose = django_filters.ChoiceFilter(
        label=_("What for"), choices=OrderPurpose.choices, empty_label=_("All")
    )
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=OrderState.choices, empty_label=_("All")
    )
    priority = django_filters.ChoiceFilter(
        label=_("Priority"), choices=Priority.choices, empty_label=_("All")
    )
    unit = UnitFilter()
    engineer = WhoseFilter(label=_("Engineer"), find=person_named, nobody=True)
    starts = DayRangeFilter(field_name="starts_at", label=_("Appointment between"))
    afterwards = django_filters.ChoiceFilter(
        label=_("Entered afterwards"),
        choices=((YES, _("Yes")), (NO, _("No"))),
        empty_label=_("All"),
        method="filter_afterwards",
    )

    def filter_words(self, rows: QuerySet[Any], name: str, typed: str) -> QuerySet[Any]:
        customer = caller_named(self.request.user, typed)
        about = Q(subject__icontains=typed) | Q(place__icontains=typed)
        return rows.filter(about | Q(customer=customer.pk) if customer else about)

    def filter_afterwards(self, rows: QuerySet[Any], name: str, picked: str) -> QuerySet[Any]:
        return rows.exclude(afterwards="") if picked == YES else rows.filter(afterwards="")


class TemplateFilter(django_filters.FilterSet):
    """Reply templates by words and kind."""

    words = django_filters.CharFilter(
        label=_("Name or words"), max_length=60, method="filter_words"
    )
    kind = django_filters.ChoiceFilter(
        label=_("Kind"), choices=CaseKind.choices, empty_label=_("All")
    )

    def filter_words(self, rows: QuerySet[Any], name: str, typed: str) -> QuerySet[Any]:
        """Keep what is called or says so."""
        named = Q(name__icontains=typed) | Q(text__icontains=typed) | Q(text_en__icontains=typed)
        return rows.filter(named)
