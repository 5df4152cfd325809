"""Terms of trials and launches: months later, days before, how ready channels are (O11, O12)."""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta
from enum import Enum

MONTHS = 12


class Readiness(Enum):
    """Where a launch stands."""

    READY = "READY"
    OPEN = "OPEN"
    LATE = "LATE"
    UNTRAINED = "UNTRAINED"


def months_later(day: date, months: int) -> date:
    """Return the same day so many months later; the last of the month where it has none."""
    year, month = divmod(day.year * MONTHS + day.month - 1 + months, MONTHS)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def latest_day(launches_on: date, days: int, workdays: Sequence[date] | None = None) -> date:
    """Return by which day channels are told: so many days, or working days, before a launch."""
    if workdays is None:
        return launches_on - timedelta(days=days)
    before = [day for day in workdays if day < launches_on]
    return before[-days] if len(before) >= days else launches_on - timedelta(days=days)


def readiness_of(
    *, told_on: date | None, trained_on: date | None, latest: date, launches_on: date,
    needs_training: bool, on: date,
) -> Readiness:  # fmt: skip
    """Return where a launch stands on a day: told in time, and trained before it begins."""
    if told_on is not None and told_on > latest:
        return Readiness.LATE
    if told_on is None and on > latest:
        return Readiness.LATE
    if needs_training and trained_on is not None and trained_on >= launches_on:
        return Readiness.UNTRAINED
    if needs_training and trained_on is None:
        return Readiness.UNTRAINED if on >= launches_on else Readiness.OPEN
    return Readiness.READY if told_on is not None else Readiness.OPEN
