"""Filters of the customer list."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from dakehu.customers.choices import CardLevel, CustomerKind, CustomerStatus
from dakehu.people.queries import person_named, units_within
from dakehu.ui.filters import DayRangeFilter, YesNoFilter
from dakehu.ui.picking import PickFilter

NOBODY = "none"


class WordsFilter(django_filters.CharFilter):
    """Customers whose number, name, pinyin or initials contain every word, or with that phone."""

    def __init__(self, **options: Any) -> None:
        box = forms.TextInput({"placeholder": _("Name, pinyin, number or phone")})
        super().__init__(label=_("Customer"), widget=box, max_length=60, **options)

    def filter(self, rows: QuerySet[Any], typed: str) -> QuerySet[Any]:
        return rows.matching(typed) if typed else rows  # type: ignore[attr-defined]


class UnitFilter(django_filters.ModelChoiceFilter):
    """A unit with everything below it."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            label=_("Unit"),
            empty_label=_("All"),
            queryset=lambda request: units_within(request.user),
            **options,
        )

    def filter(self, rows: QuerySet[Any], unit: Any) -> QuerySet[Any]:
        return rows if unit is None else rows.in_unit(unit)  # type: ignore[attr-defined]


class LevelFilter(django_filters.ChoiceFilter):
    """The individual card level in force."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            label=_("Level"),
            empty_label=_("All"),
            choices=tuple(reversed(CardLevel.choices)),
            **options,
        )

    def filter(self, rows: QuerySet[Any], rank: str) -> QuerySet[Any]:
        if not rank:
            return rows
        return rows.filter(standings__active_to__isnull=True, standings__level__rank=rank)


class CustomerFilter(django_filters.FilterSet):
    """What the customer list can be narrowed by."""

    words = WordsFilter()
    kind = django_filters.ChoiceFilter(
        label=_("Kind"), choices=CustomerKind.choices, empty_label=_("All")
    )
    level = LevelFilter()
    unit = UnitFilter()
    manager = PickFilter(
        field_name="manager",
        label=_("Manager"),
        find=person_named,
        options="people:staff_options",
        fixed={NOBODY: _("Nobody")},
        null=NOBODY,
    )
    status = django_filters.ChoiceFilter(
        label=_("Status"), choices=CustomerStatus.choices, empty_label=_("All")
    )
    brand = django_filters.CharFilter(label=_("Brand"), max_length=40)
    managed = YesNoFilter(label=_("Managed"))
    contract_end = DayRangeFilter(label=_("Contract ends"))
    group = django_filters.NumberFilter(widget=forms.HiddenInput)
