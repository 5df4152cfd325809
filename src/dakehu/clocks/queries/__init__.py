"""Which days are worked, by the calendar that holds where nobody set another."""

from datetime import date

from dakehu.clocks import rules
from dakehu.clocks.errors import CalendarUnusable
from dakehu.clocks.rules.public import FIRST_YEAR
from dakehu.clocks.values import WorkCalendar, WorkDay

__all__ = ["FIRST_YEAR", "default_days"]


def default_days(first: date, last: date) -> list[WorkDay]:
    """
    Return every day from ``first`` to ``last`` by the default calendar.

    :raises CalendarUnusable: before 2010, of which no public days are known.
    """
    if first.year < FIRST_YEAR:
        raise CalendarUnusable("before the first year of the calendar")
    calendar = WorkCalendar(public=rules.known_public_days(last.year))
    return rules.days_between(calendar, first, last)
