"""When birthdays and anniversaries come again, by both calendars."""

from datetime import date

import pytest

from dakehu.customers.rules import next_day, years_since


@pytest.mark.parametrize(
    ("kept", "on", "coming"),
    [
        (date(1990, 3, 2), date(2026, 3, 2), date(2026, 3, 2)),
        (date(1990, 3, 1), date(2026, 3, 2), date(2027, 3, 1)),
        (date(1990, 12, 31), date(2026, 3, 2), date(2026, 12, 31)),
        (date(1992, 2, 29), date(2026, 1, 1), date(2026, 2, 28)),
        (date(1992, 2, 29), date(2026, 3, 1), date(2027, 2, 28)),
        (date(1992, 2, 29), date(2028, 1, 1), date(2028, 2, 29)),
    ],
)
def test_a_solar_day_comes_on_its_date(kept, on, coming):
    assert next_day(kept, is_lunar=False, on=on) == coming


@pytest.mark.parametrize(
    ("kept", "on", "coming"),
    [
        # The first day of the lunar year: 17 February 2026 and 6 February 2027.
        (date(1970, 1, 1), date(2026, 2, 17), date(2026, 2, 17)),
        (date(1970, 1, 1), date(2026, 2, 18), date(2027, 2, 6)),
        # Mid-autumn: 25 September 2026.
        (date(1970, 8, 15), date(2026, 3, 2), date(2026, 9, 25)),
        # The twelfth month has 29 days; the lunar year began a solar year ago.
        (date(1970, 12, 30), date(2026, 1, 1), date(2026, 2, 16)),
    ],
)
def test_a_lunar_day_comes_on_its_solar_date(kept, on, coming):
    assert next_day(kept, is_lunar=True, on=on) == coming


def test_anniversaries_are_counted_by_years():
    assert years_since(date(1996, 3, 10), date(2026, 3, 10)) == 30
