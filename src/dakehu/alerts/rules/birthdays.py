"""
Whose birthday comes within a few days, by the solar or the lunar calendar (W7).

A lunar birthday is the lunar month and day written in the birth date.  What the spec of the
warning leaves open is decided so:

* 29 February is kept on 28 February in a common year;
* a lunar day that a month does not have (the 30th in a month of 29 days) is kept on its last day;
* a birthday is kept in the ordinary month, not again in a leap month of the same number, since a
  birth date cannot say "leap month".
"""

import calendar
from datetime import date, timedelta

from lunar_python import LunarMonth, Solar

from dakehu.facts.features import BirthdayAhead

LONGEST_MONTH = 31


def birthdays_ahead(run_day: date, *, days: int) -> tuple[BirthdayAhead, ...]:
    """
    List the birthdays that fall on ``run_day`` or within ``days`` days after it.

    The few days ahead are converted to the lunar calendar once, instead of everybody's birthday
    to the solar one: a conversion takes over a millisecond.
    """
    found: dict[tuple[bool, int, int], int] = {}
    for ahead in range(days + 1):
        day = run_day + timedelta(days=ahead)
        for born in (*_solar(day), *_lunar(day)):
            found.setdefault(born, ahead)
    return tuple(sorted(BirthdayAhead(*born, days=ahead) for born, ahead in found.items()))


def _solar(day: date) -> list[tuple[bool, int, int]]:
    born = [(False, day.month, day.day)]
    if (day.month, day.day) == (2, 28) and not calendar.isleap(day.year):
        born.append((False, 2, 29))
    return born


def _lunar(day: date) -> list[tuple[bool, int, int]]:
    lunar = Solar.fromYmd(day.year, day.month, day.day).getLunar()
    month = lunar.getMonth()
    if month < 0:  # the calendar library numbers leap months negatively
        return []
    length = LunarMonth.fromYm(lunar.getYear(), month).getDayCount()
    last = LONGEST_MONTH if lunar.getDay() == length else lunar.getDay()
    return [(True, month, born) for born in range(lunar.getDay(), last + 1)]
