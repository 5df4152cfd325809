"""What lists of surveys can be narrowed by."""

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from dakehu.surveys.choices import AskedBy, InvitationState, SurveyState
from dakehu.surveys.models import Survey
from dakehu.ui.filters import DayRangeFilter, NumberRangeFilter


class SurveyFilter(django_filters.FilterSet):
    """Surveys by name and state."""

    name = django_filters.CharFilter(
        label=_("Name or words"), max_length=60, lookup_expr="icontains"
    )
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=SurveyState.choices, empty_label=_("All")
    )


class InvitationFilter(django_filters.FilterSet):
    """Who was asked, by survey, customer, what became of it, scores, days."""

    words = django_filters.CharFilter(
        label=_("Customer or words"), max_length=60, method="filter_words"
    )
    survey = django_filters.ModelChoiceFilter(
        label=_("Survey"),
        empty_label=_("All"),
        queryset=lambda request: Survey.objects.filter(removed_at__isnull=True),
    )
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=InvitationState.choices, empty_label=_("All")
    )
    way = django_filters.ChoiceFilter(
        label=_("By what"), choices=AskedBy.choices, empty_label=_("All")
    )
    recommend = NumberRangeFilter(label=_("Recommends us (0–10)"))
    satisfied = NumberRangeFilter(label=_("Satisfied (1–5)"))
    asked = DayRangeFilter(field_name="asked_at", label=_("Asked between"))

    def filter_words(self, rows: QuerySet[Any], name: str, typed: str) -> QuerySet[Any]:
        """Keep the customers who are called so, or have the number."""
        return rows.filter(Q(customer__name__icontains=typed) | Q(customer__number=typed))
