"""Whom the operations center is proposed, and what speaks for and against everybody (OP12)."""

from collections.abc import Iterable, Sequence
from enum import Enum

from dakehu.opportunities.choices import Fit
from dakehu.opportunities.values import Able, Judged

Rank = tuple[bool, bool, bool, bool, bool, bool, int, int]


def rank(each: Able) -> Rank:
    """Return where somebody stands: the lowest comes first."""
    return (
        each.is_away,
        each.had_it,
        each.is_full,
        not each.is_manager,
        not each.serves_area,
        not each.is_authorised,
        each.open_count,
        each.key,
    )


def is_fit(each: Able) -> bool:
    """Tell whether nothing stands against somebody."""
    return not (each.is_away or each.had_it or each.is_full)


def reasons_of(each: Able) -> tuple[str, ...]:
    """Return what speaks for and against somebody, the weightiest first."""
    place = Fit.AREA if each.serves_area else Fit.CITY if each.is_near else Fit.FAR
    told = (
        (each.is_away, Fit.AWAY),
        (each.had_it, Fit.HAD),
        (each.is_full, Fit.FULL),
        (each.is_manager, Fit.MANAGER),
        (not each.is_manager, place),
        (True, Fit.AUTHORISED if each.is_authorised else Fit.BEYOND),
    )
    return tuple(fit for holds, fit in told if holds)


def judged(people: Iterable[Able]) -> list[Judged]:
    """Return everybody in the order of their fitness."""
    return [Judged(each, reasons_of(each), is_fit(each)) for each in sorted(people, key=rank)]


class Ground(Enum):
    """How well a place of the map is covered for an opportunity."""

    GOOD = "GOOD"
    FAIR = "FAIR"
    HINDERED = "HINDERED"
    BARE = "BARE"


def ground_of(found: Sequence[Judged]) -> Ground:
    """
    Return how well those of one place cover an opportunity.

    Good is somebody without hindrance who has authority and serves the area or the customer; fair
    is somebody without hindrance.
    """
    if not found:
        return Ground.BARE
    fit = [each.able for each in found if each.is_fit]
    if any(each.is_authorised and (each.serves_area or each.is_manager) for each in fit):
        return Ground.GOOD
    return Ground.FAIR if fit else Ground.HINDERED
