"""Filters of the alert list and of the two daily sheets."""

from datetime import date, datetime, time, timedelta
from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.timezone import make_aware
from django.utils.translation import gettext_lazy as _

from dakehu.alerts.choices import AlertState, LeavingKind, Outcome, Rule, TrialChange, Verdict
from dakehu.common.chinese import search_words
from dakehu.customers.choices import CARD_SCHEME, CardLevel
from dakehu.people.queries import person_named, units_within
from dakehu.ui.filters import DayFilter, DayRangeFilter, YesNoFilter
from dakehu.ui.picking import PickFilter

NOBODY = "none"
NOT_ABNORMAL = (Rule.W07,)
"""A birthday is a reason to call, not a sign that something is wrong."""


class CustomerWordsFilter(django_filters.CharFilter):
    """Customers whose name, number, pinyin or initials contain every word, or with that phone."""

    def __init__(self, path: str, **options: Any) -> None:
        box = forms.TextInput({"placeholder": _("Name, pinyin, number or phone")})
        super().__init__(label=_("Customer"), widget=box, max_length=60, **options)
        self.path = path

    def filter(self, rows: QuerySet[Any], typed: str) -> QuerySet[Any]:
        for word in search_words(typed or ""):
            rows = rows.filter(
                Q(**{f"{self.path}__search__contains": word}) | Q(**{f"{self.path}__phone": word})
            )
        return rows


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
        if unit is None:
            return rows
        # Plain numbers let both databases use the index of the row's unit.
        below = list(type(unit).objects.below(unit).values_list("pk", flat=True))
        return rows.filter(**{f"{self.field_name}__in": below})


class AlertFilter(django_filters.FilterSet):
    """Alerts by customer, warning, course, handling, owner, unit, day and card level."""

    words = CustomerWordsFilter("customer")
    rule = django_filters.ChoiceFilter(
        label=_("Warning"), choices=Rule.choices, empty_label=_("All")
    )
    active = YesNoFilter(label=_("Still holds"), method="filter_active")
    state = django_filters.ChoiceFilter(
        label=_("Handling"), choices=AlertState.choices, empty_label=_("All")
    )
    owner = PickFilter(
        field_name="owner",
        label=_("Owner"),
        find=person_named,
        options="people:staff_options",
        fixed={NOBODY: _("Nobody")},
        null=NOBODY,
    )
    unit = UnitFilter(field_name="unit")
    opened = DayRangeFilter(field_name="opened_day", label=_("Since"))
    level = django_filters.ChoiceFilter(
        label=_("Card level"),
        choices=tuple(reversed(CardLevel.choices)),
        empty_label=_("All"),
        method="filter_level",
    )

    def filter_active(self, rows: QuerySet[Any], name: str, value: bool) -> QuerySet[Any]:
        rows = rows.filter(cleared_day__isnull=value)
        return rows.exclude(state=AlertState.WITHDRAWN) if value else rows

    def filter_level(self, rows: QuerySet[Any], name: str, rank: str) -> QuerySet[Any]:
        return rows.filter(
            customer__standings__scheme__code=CARD_SCHEME,
            customer__standings__level__rank=rank,
            customer__standings__active_to__isnull=True,
        )


class AbnormalSheetFilter(django_filters.FilterSet):
    """Alerts that held on a day, by warning and unit."""

    day = DayFilter(label=_("Data day"), method="filter_day", required=True)
    fresh = YesNoFilter(label=_("Opened on this day"), method="filter_fresh")
    rule = django_filters.ChoiceFilter(
        label=_("Warning"),
        empty_label=_("All"),
        choices=[choice for choice in Rule.choices if choice[0] not in NOT_ABNORMAL],
    )
    unit = UnitFilter(field_name="unit")

    def filter_day(self, rows: QuerySet[Any], name: str, day: date) -> QuerySet[Any]:
        return rows.filter(opened_day__lte=day, last_day__gte=day)

    def filter_fresh(self, rows: QuerySet[Any], name: str, value: bool) -> QuerySet[Any]:
        day = self.form.cleaned_data["day"]
        return rows.filter(opened_day=day) if value else rows.filter(opened_day__lt=day)


RAISED = "RAISED"


class TrialAlertFilter(django_filters.FilterSet):
    """What a preview found, by customer, warning, change, unit and manager."""

    trial = django_filters.NumberFilter(label=_("Trial No."))
    words = CustomerWordsFilter("customer")
    rule = django_filters.ChoiceFilter(
        label=_("Warning"), choices=Rule.choices, empty_label=_("All")
    )
    change = django_filters.ChoiceFilter(
        label=_("Change"),
        choices=((RAISED, _("Would be raised")), *TrialChange.choices),
        empty_label=_("All"),
        method="filter_change",
    )
    # The unit itself, so that the list is the very one that a figure of the unit counts.
    unit = django_filters.ModelChoiceFilter(
        field_name="customer__unit",
        label=_("Unit"),
        empty_label=_("All"),
        queryset=lambda request: units_within(request.user),
    )
    owner = PickFilter(
        field_name="customer__manager",
        label=_("Manager"),
        find=person_named,
        options="people:staff_options",
        fixed={NOBODY: _("Nobody")},
        null=NOBODY,
    )

    def filter_change(self, rows: QuerySet[Any], name: str, change: str) -> QuerySet[Any]:
        if change == RAISED:
            return rows.exclude(change=TrialChange.GONE)
        return rows.filter(change=change)


class ContactFilter(django_filters.FilterSet):
    """Contacts by customer, day, warning, outcome, person and unit."""

    words = CustomerWordsFilter("alert__customer")
    days = DayRangeFilter(field_name="at", label=_("Day of contact"))
    rule = django_filters.ChoiceFilter(
        field_name="alert__rule",
        label=_("Warning"),
        choices=Rule.choices,
        empty_label=_("All"),
    )
    outcome = django_filters.ChoiceFilter(
        label=_("Outcome"), choices=Outcome.choices, empty_label=_("All")
    )
    by = PickFilter(
        field_name="by",
        label=_("Handled by"),
        find=person_named,
        options="people:staff_options",
    )
    unit = UnitFilter(field_name="alert__unit")
    own_unit = django_filters.ModelChoiceFilter(
        field_name="alert__unit",
        label=_("Unit itself"),
        empty_label=_("All"),
        queryset=lambda request: units_within(request.user),
    )


class VisitSheetFilter(django_filters.FilterSet):
    """Contacts on a calendar day, by warning, outcome and unit."""

    day = DayFilter(label=_("Day of contact"), method="filter_day", required=True)
    rule = django_filters.ChoiceFilter(
        field_name="alert__rule",
        label=_("Warning"),
        choices=Rule.choices,
        empty_label=_("All"),
    )
    outcome = django_filters.ChoiceFilter(
        label=_("Outcome"), choices=Outcome.choices, empty_label=_("All")
    )
    unit = UnitFilter(field_name="alert__unit")

    def filter_day(self, rows: QuerySet[Any], name: str, day: date) -> QuerySet[Any]:
        begins = make_aware(datetime.combine(day, time.min))
        return rows.filter(at__gte=begins, at__lt=begins + timedelta(days=1))


class ReportFilter(django_filters.FilterSet):
    """Reports of leaving by what became of them, what was asked for, and when."""

    verdict = django_filters.ChoiceFilter(
        label=_("What became of it"), choices=Verdict.choices, empty_label=_("All")
    )
    kind = django_filters.ChoiceFilter(
        label=_("What was asked for"), choices=LeavingKind.choices, empty_label=_("All")
    )
    words = django_filters.CharFilter(
        label=_("Number, event or source"), method="with_words", max_length=80
    )
    received = DayRangeFilter(field_name="received_at", label=_("Received at"))

    def with_words(self, rows: QuerySet[Any], name: str, typed: str) -> QuerySet[Any]:
        typed = typed.strip()
        return rows.filter(Q(sub_id=typed) | Q(event_id=typed) | Q(source=typed) | Q(phone=typed))
