"""
Calendars made ready for counting, for many units at once.

Laying out some years of working time takes milliseconds, so it is kept in the process under
everything that it was made of: whoever changes a calendar changes what it is looked up by.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.utils.timezone import localdate

from dakehu.clocks import rules
from dakehu.clocks.queries.calendars import YEARS_AHEAD, calendars_of
from dakehu.clocks.values import WorkCalendar

if TYPE_CHECKING:
    from dakehu.people.models import Unit

KEPT = 64
"""So many timetables are kept: a few units with calendars of their own, a few spans of years."""


@dataclass(frozen=True)
class Layout:
    """A calendar over some years, known by what it was made of."""

    made_of: tuple[Any, ...]
    first_year: int
    last_year: int
    calendar: WorkCalendar = field(compare=False)


@lru_cache(maxsize=KEPT)
def laid_out(layout: Layout) -> rules.Timetable:
    """Return a timetable, the kept one if nothing has changed.

    :raises CalendarUnusable: if the calendar has no working time.
    """
    first, last = date(layout.first_year, 1, 1), date(layout.last_year, 12, 31)
    return rules.Timetable(layout.calendar, first, last)


def timetables_of(
    units: Iterable["Unit"], *, since: datetime, at: datetime
) -> Mapping[int, rules.Timetable]:
    """
    Return the timetables of units, by their numbers, from the year of ``since`` on.

    They reach two years beyond both instants.

    :raises CalendarUnusable: if one of them has no working time.
    """
    years = (localdate(since).year, localdate(at).year)
    last = max(years) + YEARS_AHEAD
    return {
        pk: laid_out(Layout(made_of(calendar), min(years), last, calendar))
        for pk, calendar in calendars_of(units, on=date(last - YEARS_AHEAD, 1, 1)).items()
    }


def made_of(calendar: WorkCalendar) -> tuple[Any, ...]:
    """Return all that tells one calendar from another."""
    by_hand = tuple(sorted(calendar.overrides.items(), key=lambda each: each[0]))
    return calendar.hours, by_hand, calendar.public.made_of, calendar.zone
