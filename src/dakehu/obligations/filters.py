"""What the lists of obligations can be narrowed by."""

from datetime import date
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dakehu.catalogue.queries import coverage_targets
from dakehu.catalogue.queries.wording import coverage_words
from dakehu.obligations.choices import RUNNING, Held, Occasion, RewardState, State
from dakehu.obligations.queries import boards
from dakehu.obligations.queries.wording import service_choices, service_names
from dakehu.people.queries import person_named, units_within
from dakehu.tiering.queries.standings import level_words
from dakehu.tiering.queries.wording import name_of
from dakehu.ui.picking import PickFilter

NOBODY = "none"


class OfCustomerFilter(django_filters.FilterSet):
    """Whose customers."""

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

    def filter_unit(self, rows: QuerySet[Any], name: str, unit: Any) -> QuerySet[Any]:
        """Keep the customers of a unit and of all below it."""
        below = list(units_within(self.request.user).below(unit).values_list("pk", flat=True))
        return rows.filter(customer__unit__in=below)


class ObligationFilter(OfCustomerFilter):
    """What is owed, by service, state and year."""

    state = django_filters.ChoiceFilter(
        label=_("State"),
        empty_label=_("All"),
        choices=[("RUNNING", _("Still owed")), *State.choices],
        method="filter_state",
    )
    service = django_filters.ChoiceFilter(
        label=_("Service"), empty_label=_("All"), choices=service_choices
    )
    year = django_filters.ChoiceFilter(
        label=_("Year"),
        empty_label=_("All"),
        choices=[("this", _("Begun this year")), ("last", _("Begun last year"))],
        method="filter_year",
    )
    source = django_filters.CharFilter(
        label=_("By which standard"), lookup_expr="startswith", max_length=60
    )
    field_order = ("state", "service", "year", "unit", "manager", "source")

    def filter_state(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Keep one state, or all of what is still owed."""
        return rows.filter(state__in=RUNNING if value == "RUNNING" else [value])

    def filter_year(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Keep what began in a year, up to today."""
        today = timezone.localdate()
        year = today.year - (value == "last")
        last = min(date(year, 12, 31), today)
        return rows.filter(starts_on__gte=date(year, 1, 1), starts_on__lte=last)


class ProvisionFilter(OfCustomerFilter):
    """What customers are provided with."""

    service = django_filters.ChoiceFilter(
        label=_("Service"), empty_label=_("All"), choices=service_choices
    )
    held = django_filters.ChoiceFilter(
        label=_("Holds"), empty_label=_("All"), choices=Held.choices, method="filter_held"
    )

    def filter_held(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Keep what holds now, or what has ended."""
        return rows.filter(ends_on__isnull=value == Held.NOW)


class RewardFilter(OfCustomerFilter):
    """Rewards by where they stand and for what they are given."""

    state = django_filters.ChoiceFilter(
        label=_("State"), empty_label=_("All"), choices=RewardState.choices
    )
    occasion = django_filters.ChoiceFilter(
        label=_("Rewarded for"), empty_label=_("All"), choices=Occasion.choices
    )
    field_order = ("state", "occasion", "unit", "manager")


class TrialFilter(OfCustomerFilter):
    """Trials that run, or that are over."""

    product = django_filters.CharFilter(
        label=_("Product tried"), lookup_expr="icontains", max_length=80
    )
    open = django_filters.ChoiceFilter(
        label=_("Trial"),
        empty_label=_("All"),
        choices=[
            ("open", _("Outcome still open")),
            ("running", _("Running now")),
            ("late", _("Over, outcome still open")),
            ("closed", _("Outcome recorded")),
        ],
        method="filter_open",
    )

    def filter_open(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Keep trials whose outcome is open, or recorded; those that run, or are over (O12)."""
        today = timezone.localdate()
        if value == "running":
            rows = rows.filter(ends_on__gte=today)
        elif value == "late":
            rows = rows.filter(ends_on__lt=today)
        return rows.filter(closed_on__isnull=value != "closed")


def targets_named() -> list[tuple[str, str]]:
    """Return the coverage targets of today for choosing one."""
    names = service_names()
    return [
        (
            boards.name_of_target(each),
            " ".join(
                (
                    each.source.rpartition(" ")[0],
                    names.get(each.service, ""),
                    coverage_words(each.coverage),
                )
            ),
        )
        for each in coverage_targets(on=timezone.localdate())
    ]


def levels_named() -> list[tuple[str, str]]:
    """Return the levels that the coverage targets of today are about, for choosing one."""
    levels = level_words()
    places = {
        (each.scheme, rank)
        for each in coverage_targets(on=timezone.localdate())
        for rank in each.ranks
    }
    found = [levels[place] for place in places if place in levels]
    return [
        (str(level.pk), name_of(level))
        for level in sorted(found, key=lambda level: (level.scheme.code, -level.rank))
    ]


class MissingFilter(OfCustomerFilter):
    """Customers who lack what one target is about."""

    target = django_filters.ChoiceFilter(
        label=_("Coverage target"),
        empty_label=_("– choose one –"),
        choices=targets_named,
        method="filter_nothing",
    )
    level = django_filters.ChoiceFilter(
        label=_("Level"), empty_label=_("All"), choices=levels_named, field_name="level"
    )
    field_order = ("target", "level", "unit", "manager")

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Take the customers who lack the service; without a target there are none."""
        today = timezone.localdate()
        name = self.form.cleaned_data.get("target") or ""
        target = boards.target_named(name, on=today)
        if target is None:
            return queryset.none()
        missing = boards.customers_missing(self.request.user, target, on=today)
        return super().filter_queryset(missing)

    def filter_nothing(self, rows: QuerySet[Any], name: str, value: Any) -> QuerySet[Any]:
        """Leave the target to :meth:`filter_queryset`."""
        return rows

    def filter_unit(self, rows: QuerySet[Any], name: str, unit: Any) -> QuerySet[Any]:
        """Keep the customers of the unit alone: the board counts unit by unit."""
        return rows.filter(customer__unit=unit)
