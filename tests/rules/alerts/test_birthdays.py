"""Birthdays ahead: solar, 29 February, lunar, leap months and months without a 30th."""

from datetime import date, timedelta

import pytest
from lunar_python import Lunar, LunarMonth, LunarYear

from dakehu.alerts.rules.birthdays import birthdays_ahead
from dakehu.facts.features import BirthdayAhead


def ahead(run_day, *, days=7):
    return {(b.is_lunar, b.month, b.day): b.days for b in birthdays_ahead(run_day, days=days)}


def test_solar_birthdays_of_today_and_the_week_to_come():
    found = ahead(date(2026, 12, 28))

    assert found[False, 12, 28] == 0
    assert found[False, 1, 4] == 7
    assert (False, 1, 5) not in found
    assert (False, 12, 27) not in found


def test_29_february_is_kept_on_the_28th_in_a_common_year():
    assert ahead(date(2026, 2, 25))[False, 2, 29] == 3
    assert ahead(date(2024, 2, 25))[False, 2, 29] == 4


@pytest.mark.parametrize("year", [2024, 2025, 2026, 2027, 2033, 2057])
def test_lunar_birthdays_are_those_of_the_calendar_library(year):
    for month in range(1, 13):
        length = LunarMonth.fromYm(year, month).getDayCount()
        for day in (1, 15, 29, 30):
            solar = Lunar.fromYmd(year, month, min(day, length)).getSolar()
            birthday = date(solar.getYear(), solar.getMonth(), solar.getDay())

            assert ahead(birthday, days=0)[True, month, day] == 0
            assert ahead(birthday - timedelta(days=7))[True, month, day] == 7


def test_the_30th_is_kept_on_the_29th_of_a_short_month():
    # The twelfth month of the lunar year 2025 ends with its 29th day, on 16 February 2026.
    found = ahead(date(2026, 2, 16), days=0)

    assert found[True, 12, 29] == 0
    assert found[True, 12, 30] == 0


def test_a_leap_month_has_no_birthdays():
    # 2025 has a second, leap sixth month, from 25 July on.
    assert LunarYear.fromYear(2025).getLeapMonth() == 6

    assert (True, 6, 1) in ahead(date(2025, 6, 25), days=0)
    assert not any(is_lunar for is_lunar, _, _ in ahead(date(2025, 7, 25), days=0))


def test_one_birthday_is_listed_once_with_the_nearest_day():
    found = birthdays_ahead(date(2026, 3, 1), days=400)

    assert len({(b.is_lunar, b.month, b.day) for b in found}) == len(found)
    assert BirthdayAhead(is_lunar=False, month=3, day=1, days=0) in found
