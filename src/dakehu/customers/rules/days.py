"""
When a birthday or an anniversary comes again, by the solar or the lunar calendar (C9, W7).

A lunar day is the lunar month and day written in a date. What calendars leave open is decided as
the birthday warning decides it:

* 29 February is kept on 28 February in a common year;
* a lunar day that a month does not have (the 30th in a month of 29 days) is kept on its last day;
* a day is kept in the ordinary month, not again in a leap month of the same number.
"""

import calendar
from datetime import date
from functools import lru_cache

from lunar_python import Lunar, LunarMonth, Solar

FEBRUARY = 2
LEAP_DAY = 29


def next_day(kept: date, *, is_lunar: bool, on: date) -> date:
    """Return the solar date on which the day ``kept`` comes next; ``on`` itself counts."""
    if is_lunar:
        return next_lunar(kept.month, kept.day, on)
    found = solar_day(kept, on.year)
    return found if found >= on else solar_day(kept, on.year + 1)


def solar_day(kept: date, year: int) -> date:
    """Return the day in a solar year on which ``kept`` is celebrated."""
    if (kept.month, kept.day) == (FEBRUARY, LEAP_DAY) and not calendar.isleap(year):
        return date(year, FEBRUARY, LEAP_DAY - 1)
    return kept.replace(year=year)


@lru_cache(maxsize=4096)
def next_lunar(month: int, day: int, on: date) -> date:
    """Return the next solar date of a lunar month and day; a conversion takes a millisecond."""
    year = Solar.fromYmd(on.year, on.month, on.day).getLunar().getYear()
    found = lunar_day(year, month, day)
    return found if found >= on else lunar_day(year + 1, month, day)


def lunar_day(year: int, month: int, day: int) -> date:
    """Return the solar date of a day in a lunar year, its month's last where it is too short."""
    length = LunarMonth.fromYm(year, month).getDayCount()
    solar = Lunar.fromYmd(year, month, min(day, length)).getSolar()
    return date(solar.getYear(), solar.getMonth(), solar.getDay())


def years_since(kept: date, coming: date) -> int:
    """Return which anniversary the coming day is: 10 for the tenth."""
    return coming.year - kept.year
