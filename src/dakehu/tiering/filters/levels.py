"""Filters of the lists of tiering."""

from typing import Any

import django_filters
from django.utils.translation import gettext_lazy as _

from dakehu.people.queries import person_named
from dakehu.tiering.choices import GrantState, Turn
from dakehu.tiering.queries.schemes import schemes_known
from dakehu.tiering.queries.wording import name_of
from dakehu.ui.filters import DayRangeFilter
from dakehu.ui.picking import PickFilter


def scheme_choices() -> list[tuple[str, str]]:
    """Return the schemes by code, in the language of the moment."""
    return [(each.code, name_of(each)) for each in schemes_known()]


class SchemeFilter(django_filters.ChoiceFilter):
    """One scheme."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            field_name="scheme__code",
            label=_("Scheme"),
            choices=scheme_choices,
            empty_label=_("All"),
            **options,
        )


class MoveFilter(django_filters.FilterSet):
    """Moves by scheme, direction, owner, data day and evaluation."""

    scheme = SchemeFilter()
    turn = django_filters.ChoiceFilter(
        label=_("Change"),
        choices=[each for each in Turn.choices if each[0] in {Turn.UP, Turn.DOWN}],
        empty_label=_("All"),
    )
    owner = PickFilter(
        field_name="customer__manager",
        label=_("Owner"),
        find=person_named,
        options="people:staff_options",
    )
    day = DayRangeFilter(field_name="day", label=_("Data day"))


class GrantFilter(django_filters.FilterSet):
    """Levels by hand by scheme and state."""

    scheme = SchemeFilter()
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=GrantState.choices, empty_label=_("All")
    )
