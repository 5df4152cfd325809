"""What lists of the desk can be narrowed by."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dakehu.desk.queries import PERIODS, first_day, returned_to
from dakehu.people.queries import person_named, units_within
from dakehu.tiering.queries.cohorts import cohorts_known, holding_on
from dakehu.ui.picking import PickFilter

NOBODY = "none"


class ReturnVisitFilter(django_filters.FilterSet):
    """Members of a cohort: whether somebody returned to them in a period, whose they are (O10)."""

    cohort = django_filters.ModelChoiceFilter(
        label=_("Cohort"),
        empty_label=_("– choose one –"),
        queryset=lambda request: cohorts_known(request.user).order_by("-day", "pk"),
        method="filter_nothing",
    )
    period = django_filters.ChoiceFilter(
        label=_("Period"),
        empty_label=None,
        choices=tuple(PERIODS.items()),
        method="filter_nothing",
    )
    visited = django_filters.ChoiceFilter(
        label=_("Return visit"),
        empty_label=_("All"),
        choices=[("no", _("Not returned to")), ("yes", _("Returned to"))],
        method="filter_nothing",
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
        """Take the members of the cohort today; without one there are none."""
        chosen, on = self.form.cleaned_data, timezone.localdate()
        if not chosen.get("cohort"):
            return queryset.none()
        rows = queryset.filter(holding_on(on), cohort=chosen["cohort"])
        rows = super().filter_queryset(rows)
        since = first_day(chosen.get("period") or "quarter", on)
        told = returned_to(since=since, on=on)
        match chosen.get("visited"):
            case "yes":
                return rows.filter(told)
            case "no":
                return rows.exclude(told)
        return rows

    def filter_nothing(self, rows: QuerySet[Any], name: str, value: Any) -> QuerySet[Any]:
        """Leave a field to :meth:`filter_queryset`, which looks at several at once."""
        return rows

    def filter_unit(self, rows: QuerySet[Any], name: str, unit: Any) -> QuerySet[Any]:
        """Keep the customers of a unit and of all below it."""
        below = list(units_within(self.request.user).below(unit).values_list("pk", flat=True))
        return rows.filter(customer__unit__in=below)
