"""The public holidays and make-up working days of China, as a kept library has them."""

from collections.abc import Iterable
from datetime import date
from functools import cache

import holidays

from dakehu.clocks.values import Announced, PublicDays

FIRST_YEAR = 2010
MAKE_UP = "调休"
SATURDAY = 5


@cache
def known_public_days(last_year: int) -> PublicDays:
    """
    Return the public days from 2010 to ``last_year``.

    The library is silent about which years have been announced. Those have make-up working days,
    which it cannot know before; a year after the last that has some is provisional.
    """
    known = holidays.country_holidays(
        "CN", years=range(FIRST_YEAR, last_year + 1), language="zh_CN"
    )
    free = {day: name for day, name in known.items() if day.year >= FIRST_YEAR}
    make_up = {day: MAKE_UP for day in known.weekend_workdays if day.year <= last_year}
    announced = max((day.year for day in make_up), default=FIRST_YEAR - 1)
    return PublicDays(free, make_up, frozenset(range(FIRST_YEAR, announced + 1)), (last_year,))


def with_announced(public: PublicDays, years: Iterable[Announced]) -> PublicDays:
    """Return public days in which some years are as they were announced, and thereby official.

    Of several announcements of a year the last one holds.
    """
    newest = {each.year: each for each in years}
    if not newest:
        return public
    free = {day: name for day, name in public.free.items() if day.year not in newest}
    make_up = {day: name for day, name in public.make_up.items() if day.year not in newest}
    for each in newest.values():
        free |= each.free
        make_up |= dict.fromkeys(each.make_up, MAKE_UP)
    marks = tuple((each.year, each.mark) for each in newest.values())
    return PublicDays(free, make_up, public.official | newest.keys(), (*public.made_of, *marks))


def misfits_of_year(announced: Announced) -> list[tuple[str, date]]:
    """
    Return what cannot be in an announcement, and on which day; nothing if it can hold.

    ``"year"`` stands for a day of another year, ``"both"`` for one that is free and made up for,
    ``"weekday"`` for a make-up day that is worked anyway.
    """
    days = sorted({*announced.free, *announced.make_up})
    found = [("year", day) for day in days if day.year != announced.year]
    found += [("both", day) for day in days if day in announced.free and day in announced.make_up]
    found += [("weekday", day) for day in sorted(announced.make_up) if day.weekday() < SATURDAY]
    return found
