"""
Which days a model learns from, is calibrated by and is examined on.

Time alone divides them.  A day's label looks ``horizon`` days ahead, so between two parts lies a
gap of as many days: no day that decides a label of one part decides one of another.
"""

from datetime import date, timedelta

from dakehu.ranking.errors import PeriodTooShort
from dakehu.ranking.values import Period, Split

HELD_PERCENT = 20
"""How much of the days that can be used each of the two later parts takes."""


def split_for(first: date, last: date, *, horizon: int, every: int) -> Split:
    """
    Divide the days from ``first`` to ``last``; each part takes its newest and every ``every``th.

    ``last`` is the last day of which a label may be asked; its horizon lies behind it.

    :raises PeriodTooShort: if the two gaps leave no day for one of the parts.
    """
    usable = (last - first).days - 2 * horizon
    if usable < 2:
        raise PeriodTooShort(first, last, least=2 * horizon + 3)
    held = max(usable * HELD_PERCENT // 100, 1) - 1
    test_first = last - timedelta(days=held)
    valid_last = test_first - timedelta(days=horizon)
    valid_first = valid_last - timedelta(days=held)
    train_last = valid_first - timedelta(days=horizon)
    return Split(
        horizon=horizon,
        train=_period(first, train_last, every),
        valid=_period(valid_first, valid_last, every),
        test=_period(test_first, last, every),
    )


def _period(first: date, last: date, every: int) -> Period:
    count = (last - first).days // every + 1
    return Period(tuple(last - timedelta(days=every * back) for back in reversed(range(count))))
