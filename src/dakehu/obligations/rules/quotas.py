"""How much is owed in a period, and where it stands (spec of recurring obligations)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import ceil

from dakehu.catalogue.choices import CYCLE_MONTHS, Cycle
from dakehu.obligations.choices import State
from dakehu.obligations.values import Span, Stretch

MONTHS = 12
SOON = timedelta(days=14)
"""So long before its planned day an act is due soon; in a period of a month a week."""
SOON_IN_A_MONTH = timedelta(days=7)
LONG = 45


def period_of(cycle: Cycle, day: date) -> Span:
    """Return the period of a cycle that a day lies in; periods begin with the year."""
    length = CYCLE_MONTHS[cycle]
    first = (day.month - 1) // length * length
    start = date(day.year, first + 1, 1)
    after = first + length
    return Span(start, date(day.year + after // MONTHS, after % MONTHS + 1, 1))


def required_for(period: Span, stretches: Sequence[Stretch]) -> int:
    """
    Return how often something is owed in a period.

    Every stretch counts by its share of the period; the sum is rounded up, and is at least 1
    where anything was promised at all.
    """
    owed = 0
    for each in stretches:
        days = (min(each.end, period.end) - max(each.start, period.start)).days
        owed += each.least * max(days, 0)
    return -(-owed // period.days)


def state_of(
    *, required: int, done: int, period: Span, planned: Sequence[date], waived: bool, on: date
) -> State:
    """Return where an obligation stands on a day."""
    if waived:
        return State.WAIVED
    if done >= required:
        return State.MET
    if on >= period.end:
        return State.MISSED
    soon = SOON if period.days > LONG else SOON_IN_A_MONTH
    following = next_planned(planned, done, period)
    if on > following:
        return State.OVERDUE
    return State.DUE_SOON if following - on <= soon else State.ON_TRACK


def next_planned(planned: Sequence[date], done: int, period: Span) -> date:
    """Return the day planned for the next act; the last of the period where none is."""
    return planned[done] if done < len(planned) else period.last


@dataclass(frozen=True)
class Progress:
    """
    How often something is owed and done in a period, and how many of its days have passed.

    ``coming`` is how many more periods like it begin before the year is over.
    """

    required: int
    done: int
    passed: int
    days: int
    coming: int = 0

    @property
    def is_over(self) -> bool:
        """Whether the period has ended; what was not done in it was missed."""
        return self.passed >= self.days


def missed_at_pace(found: Iterable[Progress]) -> int:
    """
    Return how many times will be missed by the end of the year at the pace that was kept so far.

    The pace is what was done by what should be done by now, each by the share of its days that has
    passed, and carried on to the nearest whole; before anything should be done nothing can be
    said. What was missed already stays so.
    """
    owed = done = lost = kept = 0
    expected = Fraction(0)
    for each in found:
        counted = min(each.done, each.required)
        kept += counted
        expected += Fraction(each.required * min(each.passed, each.days), each.days)
        if each.is_over:
            lost += each.required - counted
        else:
            owed += each.required * (1 + each.coming)
            done += counted
    if not expected:
        return lost
    reached = min(owed, ceil(kept * owed / expected - Fraction(1, 2)))
    return lost + owed - max(reached, done)


def periods_left(cycle: Cycle, period_end: date, *, year: int) -> int:
    """Return how many more periods of a cycle begin in a year once one has ended."""
    if period_end.year > year:
        return 0
    return (MONTHS + 1 - period_end.month) // CYCLE_MONTHS[cycle]
