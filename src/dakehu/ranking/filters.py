"""Filters of the lists of models and of ranked customers."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from dakehu.people.queries import person_named, units_within
from dakehu.ranking.choices import ModelState
from dakehu.ui.filters import NumberRangeFilter, YesNoFilter
from dakehu.ui.picking import PickFilter


class ModelFilter(django_filters.FilterSet):
    """Models by where they stand and how far they look."""

    state = django_filters.ChoiceFilter(
        label=_("State"), choices=ModelState.choices, empty_label=_("All")
    )
    horizon = django_filters.NumberFilter(label=_("Horizon (days)"))


class RankFilter(django_filters.FilterSet):
    """Ranked customers by place, warning, manager and unit."""

    place = NumberRangeFilter(field_name="place", label=_("Place by the model"))
    warned = YesNoFilter(label=_("Likely to leave by W10, too"), method="filter_warned")
    manager = PickFilter(
        field_name="customer__manager",
        label=_("Manager"),
        find=person_named,
        options="people:staff_options",
    )
    unit = django_filters.ModelChoiceFilter(
        field_name="customer__unit",
        label=_("Unit"),
        empty_label=_("All"),
        queryset=lambda request: units_within(request.user),
        method="filter_unit",
    )

    def filter_warned(self, rows: QuerySet[Any], name: str, value: bool) -> QuerySet[Any]:
        return rows.filter(score__isnull=not value)

    def filter_unit(self, rows: QuerySet[Any], name: str, unit: Any) -> QuerySet[Any]:
        below = list(type(unit).objects.below(unit).values_list("pk", flat=True))
        return rows.filter(customer__unit__in=below)
