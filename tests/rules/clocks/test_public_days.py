"""All public days of China from 2010 on agree with a second library, day by day."""

from datetime import date, timedelta

import chinese_calendar
import pytest

from dakehu.clocks import rules
from dakehu.clocks.choices import DayKind
from dakehu.clocks.values import WorkCalendar

PUBLIC = rules.known_public_days(2028)
CALENDAR = WorkCalendar(public=PUBLIC)


@pytest.mark.parametrize("year", range(2010, 2027))
def test_every_day_is_worked_or_not_as_the_other_library_has_it(year):
    days = rules.days_between(CALENDAR, date(year, 1, 1), date(year, 12, 31))

    assert [each.day for each in days if each.is_worked] == [
        day
        for number in range(len(days))
        if chinese_calendar.is_workday(day := date(year, 1, 1) + timedelta(days=number))
    ]
    assert not any(each.is_provisional for each in days)


def test_years_that_nobody_has_announced_are_provisional():
    assert max(PUBLIC.official) == 2026
    assert rules.day_of(CALENDAR, date(2027, 3, 1)).is_provisional
    assert rules.day_of(CALENDAR, date(2027, 10, 1)).kind == DayKind.HOLIDAY


def test_a_make_up_day_and_a_holiday_carry_their_names():
    worked = rules.day_of(CALENDAR, date(2026, 2, 14))
    free = rules.day_of(CALENDAR, date(2026, 2, 17))

    assert (worked.kind, worked.note) == (DayKind.MAKE_UP, "调休")
    assert (free.kind, free.note) == (DayKind.HOLIDAY, "春节")
