"""Filters of moves, of their customers, of the pool and of what was handed over."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from dakehu.customers.choices import CardLevel, CustomerKind
from dakehu.ownership.choices import LineState, MoveKind, MoveState
from dakehu.people.queries import staff_visible_to, units_within
from dakehu.ui.filters import DayRangeFilter, YesNoFilter


class MoveFilter(django_filters.FilterSet):
    """Moves by what they are, how far they are, whom they concern and when they hold."""

    kind = django_filters.ChoiceFilter(
        label=_("Kind of change"), choices=MoveKind.choices, empty_label=_("All")
    )
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=MoveState.choices, empty_label=_("All")
    )
    person = django_filters.ModelChoiceFilter(
        label=_("Concerns"),
        empty_label=_("All"),
        queryset=lambda request: staff_visible_to(request.user),
        method="filter_person",
    )
    effective_on = DayRangeFilter(label=_("Takes effect on"))

    def filter_person(self, rows: QuerySet[Any], name: str, person: Any) -> QuerySet[Any]:
        parts = Q(to_staff=person) | Q(from_staff=person) | Q(by=person)
        return rows.filter(parts | Q(pk__in=person_moves(rows, person)))


def person_moves(rows: QuerySet[Any], person: Any) -> QuerySet[Any]:
    """Return the moves by which a person gained or lost customers, among others or alone."""
    return rows.model.objects.filter(receipts__staff=person).order_by().values("pk")


class LineFilter(django_filters.FilterSet):
    """Customers of one move, by what became of them and whom they concern."""

    move = django_filters.NumberFilter(widget=forms.HiddenInput)
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=LineState.choices, empty_label=_("All")
    )
    to_staff = django_filters.ModelChoiceFilter(
        label=_("New owner"),
        empty_label=_("All"),
        queryset=lambda request: staff_visible_to(request.user),
    )


class PoolFilter(django_filters.FilterSet):
    """Customers of the pool by words, unit, kind and level."""

    words = django_filters.CharFilter(
        label=_("Customer"),
        max_length=60,
        method="filter_words",
        widget=forms.TextInput({"placeholder": _("Name, pinyin or number")}),
    )
    unit = django_filters.ModelChoiceFilter(
        label=_("Unit"),
        empty_label=_("All"),
        queryset=lambda request: units_within(request.user),
        method="filter_unit",
    )
    kind = django_filters.ChoiceFilter(
        label=_("Kind"), choices=CustomerKind.choices, empty_label=_("All")
    )
    level = django_filters.ChoiceFilter(
        label=_("Level"),
        empty_label=_("All"),
        choices=tuple(reversed(CardLevel.choices)),
        method="filter_level",
    )

    def filter_words(self, rows: Any, name: str, typed: str) -> Any:
        return rows.matching(typed)

    def filter_unit(self, rows: Any, name: str, unit: Any) -> Any:
        return rows.in_unit(unit)

    def filter_level(self, rows: Any, name: str, rank: str) -> Any:
        return rows.filter(standings__active_to__isnull=True, standings__level__rank=rank)


class ReceiptFilter(django_filters.FilterSet):
    """What was handed over by whether it is confirmed, and by what it was."""

    waiting = YesNoFilter(label=_("To confirm"), method="filter_waiting")
    kind = django_filters.ChoiceFilter(
        field_name="move__kind",
        label=_("Kind of change"),
        choices=MoveKind.choices,
        empty_label=_("All"),
    )

    def filter_waiting(self, rows: QuerySet[Any], name: str, value: bool) -> QuerySet[Any]:
        waiting = rows.filter(received_at__isnull=True).exclude(move__state=MoveState.UNDONE)
        return waiting if value else rows.exclude(pk__in=waiting.order_by().values("pk"))
