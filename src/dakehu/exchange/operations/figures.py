"""Figures of units as of a data day, for trends and ranking on the workbench (P3, F7).

A unit's figure covers the unit and everything below it. Codes: ``managed`` customers, ``alerts``
that hold, ``alerts:<rule>`` of them by warning, ``alerts_opened`` and ``alerts_handled`` on the
day, ``todos`` open, ``level:<rank>`` customers by card level, ``delivered`` cities.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain

from django.db import transaction

from dakehu.alerts.queries.night import handled_by_unit, holding_by_unit, opened_by_unit
from dakehu.customers.queries import managed_by_unit
from dakehu.exchange.models import UnitFigure
from dakehu.exchange.queries.facts import delivered_cities
from dakehu.people.queries import cities, unit_paths
from dakehu.tiering.queries import card_levels_by_unit
from dakehu.worklist.queries import open_by_unit

Counted = tuple[int, str, int]
"""A unit's number, the code of a figure, and how many the unit itself has."""


@transaction.atomic
def refresh_figures(*, day: date) -> int:
    """Write the figures of all units as of ``day`` anew, and return how many there are."""
    totals = rolled_up(chain(people_figures(), alert_figures(day), delivery_figures(day)))
    UnitFigure.objects.filter(day=day).delete()
    UnitFigure.objects.bulk_create(
        (
            UnitFigure(unit_id=unit, day=day, code=code, value=value)
            for (unit, code), value in totals.items()
        ),
        batch_size=1_000,
    )
    return len(totals)


def rolled_up(counted: Iterable[Counted]) -> Counter[tuple[int, str]]:
    """Add what each unit itself has to all units above it."""
    paths = unit_paths()
    totals: Counter[tuple[int, str]] = Counter()
    for unit, code, count in counted:
        for above in paths.get(unit, (unit,)):
            totals[above, code] += count
    return totals


def people_figures() -> Iterator[Counted]:
    """Yield customers, to-dos and card levels as they stand."""
    for unit, count in managed_by_unit():
        yield unit, "managed", count
    for unit, count in open_by_unit():
        yield unit, "todos", count
    for unit, rank, count in card_levels_by_unit():
        yield unit, f"level:{rank}", count


def alert_figures(day: date) -> Iterator[Counted]:
    """Yield the alerts that hold on a data day, by warning too, those opened and handled."""
    for unit, rule, count in holding_by_unit(day):
        yield unit, "alerts", count
        yield unit, f"alerts:{rule}", count
    for unit, count in opened_by_unit(day):
        yield unit, "alerts_opened", count
    for unit, count in handled_by_unit(day):
        yield unit, "alerts_handled", count


def delivery_figures(day: date) -> Iterator[Counted]:
    """Yield one for every city whose usage of the day has arrived."""
    delivered = delivered_cities(day, day).get(day, frozenset())
    for code, city in cities().items():
        if code in delivered:
            yield city.pk, "delivered", 1
