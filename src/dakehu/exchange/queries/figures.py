"""Figures of units over time and side by side, as the nights wrote them (P3, F7).

What a figure's code means stands with the operation that writes them.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from dakehu.exchange.models import UnitFigure
from dakehu.people.queries import units_within

if TYPE_CHECKING:
    from dakehu.people.models import Staff, Unit


def figures_over(
    actor: "Staff", unit: "Unit", *, codes: Iterable[str], first: date, last: date
) -> Mapping[str, Mapping[date, int]]:
    """Return a unit's figures by code and day; a unit beyond the actor's reach has none."""
    wanted = list(codes)
    found = UnitFigure.objects.filter(
        unit=unit, unit__in=units_within(actor), code__in=wanted, day__range=(first, last)
    )
    figures: dict[str, dict[date, int]] = {code: {} for code in wanted}
    for code, day, value in found.values_list("code", "day", "value"):
        figures[code][day] = value
    return figures


def figures_side_by_side(
    actor: "Staff", units: Iterable["Unit"], *, codes: Iterable[str], day: date
) -> Mapping[int, Mapping[str, int]]:
    """Return the figures of several units on one day, by unit and code."""
    wanted = [unit.pk for unit in units]
    found = UnitFigure.objects.filter(
        unit__in=wanted, unit_id__in=units_within(actor), code__in=list(codes), day=day
    )
    figures: dict[int, dict[str, int]] = {pk: {} for pk in wanted}
    for pk, code, value in found.values_list("unit", "code", "value"):
        figures[pk][code] = value
    return figures
