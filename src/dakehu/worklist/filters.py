"""Filters of the to-do list and of the work log."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from dakehu.people.queries import person_named
from dakehu.ui.filters import DayRangeFilter
from dakehu.ui.picking import WhoseFilter
from dakehu.worklist import queries
from dakehu.worklist.choices import Period, TodoState, Urgency
from dakehu.worklist.rules import span_of

TODAY, OVERDUE = "today", "overdue"


class TodoFilter(django_filters.FilterSet):
    """To-dos by owner, state, due day and urgency."""

    owner = WhoseFilter(
        label=_("Owner"),
        find=person_named,
        nobody=True,
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

    def filter_due(self, rows: QuerySet[Any], name: str, when: str) -> QuerySet[Any]:
        today = localdate()
        return rows.filter(due_date=today) if when == TODAY else rows.filter(due_date__lt=today)


class CategoryFilter(django_filters.ModelChoiceFilter):
    """A class of work, those no longer offered included."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            label=_("Class of work"),
            empty_label=_("All"),
            queryset=lambda request: queries.all_categories(),
            **options,
        )

    @property
    def field(self) -> Any:
        """The form field, which names classes in the language of the page."""
        field = super().field
        field.label_from_instance = lambda each: queries.category_label(each, get_language() or "")
        return field


class WorkFilter(django_filters.FilterSet):
    """The work log by person, class, period and words."""

    staff = WhoseFilter(
        label=_("Who"),
        find=person_named,
    )
    period = django_filters.ChoiceFilter(
        label=_("Period"), choices=Period.choices, empty_label=_("All"), method="filter_period"
    )
    category = CategoryFilter()
    at = DayRangeFilter(field_name="at", label=_("Done between"))
    words = django_filters.CharFilter(
        field_name="text", lookup_expr="contains", label=_("Content of the work"), max_length=60
    )
    customer = django_filters.NumberFilter(widget=forms.HiddenInput)

    def filter_period(self, rows: QuerySet[Any], name: str, period: str) -> QuerySet[Any]:
        first, last = span_of(Period(period), on=localdate())
        return rows.filter(at__date__gte=first, at__date__lte=last)


class CategoryListFilter(django_filters.FilterSet):
    """Classes of work by name."""

    name = django_filters.CharFilter(lookup_expr="contains", label=_("Name"), max_length=40)
