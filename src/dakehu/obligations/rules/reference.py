"""The quotas once more, day by day: the second opinion that the tests ask.

Nothing here is shared with :mod:`dakehu.obligations.rules.quotas`: it walks the days of a period
and adds fractions.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction

from dakehu.obligations.values import Stretch

STARTS = {
    "MONTH": range(1, 13),
    "TWO_MONTHS": (1, 3, 5, 7, 9, 11),
    "QUARTER": (1, 4, 7, 10),
    "HALF": (1, 7),
    "YEAR": (1,),
}


def days_of_period(cycle: str, day: date) -> list[date]:
    """Return all days of the period that a day lies in."""
    start = day
    while start.day != 1 or start.month not in STARTS[cycle]:
        start -= timedelta(days=1)
    days = [start]
    following = start + timedelta(days=1)
    while following.day != 1 or following.month not in STARTS[cycle]:
        days.append(following)
        following += timedelta(days=1)
    return days


def reference_required(cycle: str, day: date, stretches: Sequence[Stretch]) -> int:
    """Return how often something is owed in the period that a day lies in."""
    days = days_of_period(cycle, day)
    owed = Fraction(0)
    for each in days:
        for stretch in stretches:
            if stretch.start <= each < stretch.end:
                owed += Fraction(stretch.least, len(days))
    whole = int(owed)
    return whole if whole == owed else whole + 1
