"""What cohorts and their members can be narrowed by."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from dakehu.customers.choices import CardLevel
from dakehu.people.queries import person_named, units_within
from dakehu.tiering.choices import MemberState
from dakehu.tiering.queries.cohorts import cohorts_known, holding_on
from dakehu.ui.filters import DayInput, YesNoFilter
from dakehu.ui.picking import PickFilter

NOBODY = "none"


class CohortFilter(django_filters.FilterSet):
    """Cohorts by name and by whether they are followed."""

    name = django_filters.CharFilter(label=_("Cohort"), lookup_expr="icontains", max_length=80)
    is_followed = YesNoFilter(label=_("Followed every night"))


class MemberFilter(django_filters.FilterSet):
    """Members of one cohort on one day: what became of them, whose they are."""

    cohort = django_filters.ModelChoiceFilter(
        label=_("Cohort"),
        empty_label=_("– choose one –"),
        queryset=lambda request: cohorts_known(request.user).order_by("-day", "pk"),
        method="filter_nothing",
    )
    day = django_filters.DateFilter(label=_("As of"), widget=DayInput, method="filter_nothing")
    state = django_filters.ChoiceFilter(
        label=_("State of the member"), choices=MemberState.choices, empty_label=_("All")
    )
    level = django_filters.ChoiceFilter(
        label=_("Level when frozen"),
        empty_label=_("All"),
        choices=tuple(reversed(CardLevel.choices)),
    )
    unit = django_filters.ModelChoiceFilter(
        label=_("Unit"),
        empty_label=_("All"),
        queryset=lambda request: units_within(request.user),
        method="filter_unit",
    )
    manager = PickFilter(
        field_name="customer__manager",
        label=_("Manager"),
        find=person_named,
        options="people:staff_options",
        fixed={NOBODY: _("Nobody")},
        null=NOBODY,
    )

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Take the stays that hold on the day; without a cohort there are no members."""
        chosen = self.form.cleaned_data
        if not chosen.get("cohort"):
            return queryset.none()
        rows = super().filter_queryset(queryset.filter(cohort=chosen["cohort"]))
        day = chosen.get("day")
        return rows.filter(holding_on(day)) if day else rows.filter(active_to__isnull=True)

    def filter_nothing(self, rows: QuerySet[Any], name: str, value: Any) -> QuerySet[Any]:
        """Leave a field to :meth:`filter_queryset`, which looks at several at once."""
        return rows

    def filter_unit(self, rows: QuerySet[Any], name: str, unit: Any) -> QuerySet[Any]:
        """Keep the customers of a unit and of all below it."""
        below = list(units_within(self.request.user).below(unit).values_list("pk", flat=True))
        return rows.filter(customer__unit__in=below)
