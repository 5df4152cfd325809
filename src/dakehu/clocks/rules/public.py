"""The public holidays and make-up working days of China, as a kept library has them."""

from functools import cache

import holidays

from dakehu.clocks.values import PublicDays

FIRST_YEAR = 2010


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
    make_up = {day: "调休" for day in known.weekend_workdays if day.year <= last_year}
    announced = max((day.year for day in make_up), default=FIRST_YEAR - 1)
    return PublicDays(free, make_up, frozenset(range(FIRST_YEAR, announced + 1)), (last_year,))
