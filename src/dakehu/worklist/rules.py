"""Which days a period has."""

from datetime import date, timedelta

from dakehu.worklist.choices import Period

MONTHS_OF_QUARTER = 3


def span_of(period: Period, *, on: date) -> tuple[date, date]:
    """Return the first and the last day of the period of a day; weeks begin on Monday."""
    month = on.replace(day=1)
    if period is Period.TODAY:
        return on, on
    if period is Period.WEEK:
        first = on - timedelta(days=on.weekday())
        return first, first + timedelta(days=6)
    if period is Period.MONTH:
        return month, last_day_of(month)
    if period is Period.LAST_MONTH:
        last = month - timedelta(days=1)
        return last.replace(day=1), last
    if period is Period.QUARTER:
        first = month.replace(month=on.month - (on.month - 1) % MONTHS_OF_QUARTER)
        return first, last_day_of(first.replace(month=first.month + MONTHS_OF_QUARTER - 1))
    return on.replace(month=1, day=1), on.replace(month=12, day=31)


def last_day_of(month: date) -> date:
    """Return the last day of the month that begins on a day."""
    return (month + timedelta(days=31)).replace(day=1) - timedelta(days=1)
