"""Whom an alert holds for, by number; for the nightly run, which acts on nobody's behalf."""

from collections.abc import Iterator

from dakehu.alerts.choices import AlertState
from dakehu.alerts.models import Alert


def holding_numbers() -> Iterator[str]:
    """Yield the numbers of the customers with an alert that holds, each once, in order."""
    held = Alert.objects.filter(cleared_day__isnull=True).exclude(state=AlertState.WITHDRAWN)
    numbers = held.order_by("customer__number").values_list("customer__number", flat=True)
    yield from numbers.distinct().iterator()
