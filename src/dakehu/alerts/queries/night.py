"""What the nightly run asks about warnings and alerts; it acts on nobody's behalf (W1 to W12)."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Count, Q

from dakehu.alerts.choices import AlertState
from dakehu.alerts.models import Alert, Handling
from dakehu.alerts.queries.versions import book_on
from dakehu.alerts.rules.program import program_for
from dakehu.facts.features import Program


def warnings_program(day: date) -> Program:
    """Return all warnings of a data day with the numbers that hold for it (W1 to W12)."""
    return program_for(day, book_on(day))


def holding_by_unit(day: date) -> Iterator[tuple[int, str, int]]:
    """Yield unit, rule and number of the alerts that held after data day ``day``.

    For the figures of the night, which are nobody's; each unit counts its own only.
    """
    held = Alert.objects.exclude(state=AlertState.WITHDRAWN).filter(
        Q(cleared_day__isnull=True) | Q(cleared_day__gt=day), opened_day__lte=day
    )
    counted = held.order_by().values("unit", "rule").annotate(count=Count("pk"))
    yield from counted.values_list("unit", "rule", "count")


def opened_by_unit(day: date) -> Iterator[tuple[int, int]]:
    """Yield how many alerts began on data day ``day`` in each unit itself."""
    opened = Alert.objects.exclude(state=AlertState.WITHDRAWN).filter(opened_day=day)
    counted = opened.order_by().values("unit").annotate(count=Count("pk"))
    yield from counted.values_list("unit", "count")


def handled_by_unit(day: date) -> Iterator[tuple[int, int]]:
    """Yield how many alerts were handled on the calendar day ``day`` in each unit itself."""
    handled = Handling.objects.filter(at__date=day).order_by().values("alert__unit")
    counted = handled.annotate(count=Count("alert", distinct=True))
    yield from counted.values_list("alert__unit", "count")


def warned_customers(rule: str) -> Iterator[int]:
    """Yield whom an open alert of a rule concerns; for passes over all customers."""
    found = Alert.objects.filter(rule=rule, cleared_day__isnull=True).order_by()
    found = found.exclude(state__in=[AlertState.HANDLED, AlertState.WITHDRAWN])
    yield from found.values_list("customer", flat=True).iterator(chunk_size=20_000)
