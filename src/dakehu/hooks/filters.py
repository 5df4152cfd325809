"""What the lists of subscriptions and deliveries can be narrowed by."""

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from dakehu.hooks.choices import KIND_LABELS, DeliveryState, SubscriptionState
from dakehu.hooks.queries import systems_known_to
from dakehu.ui.filters import DayRangeFilter


def systems(request: Any) -> QuerySet[Any]:
    """Return the systems among which whoever asks may choose."""
    return systems_known_to(request.user).order_by("name")


class SubscriptionFilter(django_filters.FilterSet):
    """Subscriptions by name, address and state."""

    words = django_filters.CharFilter(
        method="with_words", label=_("Name or address"), max_length=60
    )
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=SubscriptionState.choices, empty_label=_("All")
    )

    def with_words(self, rows: QuerySet[Any], name: str, typed: str) -> QuerySet[Any]:
        """Keep what is called so, or listens there."""
        return rows.filter(Q(name__icontains=typed) | Q(url__contains=typed))


class DeliveryFilter(django_filters.FilterSet):
    """Deliveries by object, system, event, state and day."""

    words = django_filters.CharFilter(
        method="with_words", label=_("Number of the object or event"), max_length=60
    )
    subscription = django_filters.ModelChoiceFilter(
        label=_("System"), queryset=systems, empty_label=_("All")
    )
    kind = django_filters.ChoiceFilter(
        field_name="event__kind",
        label=_("Event told"),
        choices=list(KIND_LABELS.items()),
        empty_label=_("All"),
    )
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=DeliveryState.choices, empty_label=_("All")
    )
    at = DayRangeFilter(field_name="event__at", label=_("Happened between"))

    def with_words(self, rows: QuerySet[Any], name: str, typed: str) -> QuerySet[Any]:
        """Keep the deliveries of a whole number."""
        word = typed.strip()
        return rows.filter(Q(event__number=word) | Q(event__code=word))
