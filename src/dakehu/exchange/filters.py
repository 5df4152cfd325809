"""Filters of the lists of deliveries and runs."""

from typing import Any

import django_filters
from django.utils.translation import gettext_lazy as _

from dakehu.exchange.choices import DeliveryState, RunKind, RunState
from dakehu.people.queries import cities_within
from dakehu.ui.filters import DayRangeFilter


def city_choices(request: Any) -> list[tuple[str, str]]:
    """Return the cities within the person's reach."""
    return [(code, f"{code} {city.name}") for code, city in cities_within(request.user).items()]


class DeliveryFilter(django_filters.FilterSet):
    """What the list of deliveries can be narrowed by."""

    city = django_filters.ChoiceFilter(
        field_name="city_code", label=_("City"), empty_label=_("All")
    )
    day = DayRangeFilter(field_name="day", label=_("Data day"))
    state = django_filters.ChoiceFilter(
        label=_("Verdict"), choices=DeliveryState.choices, empty_label=_("All")
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.filters["city"].extra["choices"] = city_choices(self.request)


class RunFilter(django_filters.FilterSet):
    """What the list of runs can be narrowed by."""

    kind = django_filters.ChoiceFilter(
        label=_("Kind"), choices=RunKind.choices, empty_label=_("All")
    )
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=RunState.choices, empty_label=_("All")
    )
    last_day = DayRangeFilter(field_name="last_day", label=_("Data day"))
