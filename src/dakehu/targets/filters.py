"""What target groups, their members and their tasks can be narrowed by."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from dakehu.people.queries import person_named, units_within
from dakehu.targets.choices import GroupState, Membership, Presence, Result, TaskState
from dakehu.targets.queries.groups import groups_visible_to
from dakehu.targets.queries.tasks import GONE_FOR_GOOD
from dakehu.tiering.choices import SchemeKind
from dakehu.tiering.queries.moves import at_level
from dakehu.tiering.queries.schemes import level_choices
from dakehu.ui.filters import DayRangeFilter
from dakehu.ui.picking import PickFilter

NOBODY = "none"
NO_RESULT = "none"


class GroupFilter(django_filters.FilterSet):
    """Target groups by name, state and kind."""

    name = django_filters.CharFilter(
        label=_("Target group"), lookup_expr="icontains", max_length=80
    )
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=GroupState.choices, empty_label=_("All")
    )
    membership = django_filters.ChoiceFilter(
        label=_("Members are"), choices=Membership.choices, empty_label=_("All")
    )
    kind = django_filters.ChoiceFilter(
        label=_("Kind of customer"), choices=SchemeKind.choices, empty_label=_("All")
    )


class OfCustomer(django_filters.FilterSet):
    """What concerns customers: their unit."""

    unit = django_filters.ModelChoiceFilter(
        label=_("Unit"),
        empty_label=_("All"),
        queryset=lambda request: units_within(request.user),
        method="filter_unit",
    )

    def filter_unit(self, rows: QuerySet[Any], name: str, unit: Any) -> QuerySet[Any]:
        """Keep the customers of a unit and of all below it."""
        below = list(units_within(self.request.user).below(unit).values_list("pk", flat=True))
        return rows.filter(customer__unit__in=below)


class MemberFilter(OfCustomer):
    """Members of one group: in it, dropped out or gone; whose they are, at which level."""

    group = django_filters.ModelChoiceFilter(
        label=_("Target group"),
        empty_label=_("– choose one –"),
        queryset=lambda request: groups_visible_to(request.user).order_by("-pk"),
        method="filter_nothing",
    )
    presence = django_filters.ChoiceFilter(
        label=_("Standing of the member"),
        choices=Presence.choices,
        empty_label=_("In the group"),
        method="filter_nothing",
    )
    manager = PickFilter(
        field_name="customer__manager",
        label=_("Manager"),
        find=person_named,
        options="people:staff_options",
        fixed={NOBODY: _("Nobody")},
        null=NOBODY,
    )
    level = django_filters.ChoiceFilter(
        label=_("Level"), choices=level_choices, empty_label=_("All"), method="filter_level"
    )
    joined_on = DayRangeFilter(label=_("Joined the group"))

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Take who is in the group, unless others are asked for; no group has no members."""
        chosen = self.form.cleaned_data
        if not chosen.get("group"):
            return queryset.none()
        rows = super().filter_queryset(queryset.filter(group=chosen["group"]))
        presence = chosen.get("presence")
        if presence == Presence.DROPPED:
            return rows.filter(dropped_on__isnull=False)
        rows = rows.filter(dropped_on__isnull=True)
        if presence == Presence.GONE:
            return rows.filter(GONE_FOR_GOOD)
        return rows.exclude(GONE_FOR_GOOD) if presence == Presence.MEMBER else rows

    def filter_nothing(self, rows: QuerySet[Any], name: str, value: Any) -> QuerySet[Any]:
        """Leave a field to :meth:`filter_queryset`, which looks at several at once."""
        return rows

    def filter_level(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Keep the customers at a level of a scheme."""
        return rows.filter(customer__in=at_level(int(value)).values("customer"))


class TaskFilter(OfCustomer):
    """Tasks by group and hand-out, state, result and whoever answers for them."""

    group = django_filters.ModelChoiceFilter(
        field_name="hand_out__group",
        label=_("Target group"),
        empty_label=_("All"),
        queryset=lambda request: groups_visible_to(request.user).order_by("-pk"),
    )
    hand_out = django_filters.NumberFilter(label=_("Number of the hand-out"))
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=TaskState.choices, empty_label=_("All")
    )
    result = django_filters.ChoiceFilter(
        label=_("Result"),
        choices=(*Result.choices, (NO_RESULT, _("None yet"))),
        empty_label=_("All"),
        method="filter_result",
    )
    owner = PickFilter(
        field_name="owner",
        label=_("Answers for it"),
        find=person_named,
        options="people:staff_options",
        fixed={NOBODY: _("Nobody")},
        null=NOBODY,
    )
    recorded = DayRangeFilter(field_name="recorded_at", label=_("Recorded between"))

    def filter_result(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Keep tasks with a result, or those without any."""
        return rows.filter(result="" if value == NO_RESULT else value)
