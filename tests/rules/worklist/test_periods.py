"""Which days a period has."""

from datetime import date

import pytest

from dakehu.worklist.choices import Period
from dakehu.worklist.rules import span_of


@pytest.mark.parametrize(
    ("period", "on", "first", "last"),
    [
        ("today", date(2026, 3, 2), date(2026, 3, 2), date(2026, 3, 2)),
        ("week", date(2026, 3, 2), date(2026, 3, 2), date(2026, 3, 8)),
        ("week", date(2026, 3, 1), date(2026, 2, 23), date(2026, 3, 1)),
        ("month", date(2028, 2, 10), date(2028, 2, 1), date(2028, 2, 29)),
        ("month", date(2026, 12, 31), date(2026, 12, 1), date(2026, 12, 31)),
        ("last-month", date(2026, 1, 15), date(2025, 12, 1), date(2025, 12, 31)),
        ("quarter", date(2026, 5, 31), date(2026, 4, 1), date(2026, 6, 30)),
        ("quarter", date(2026, 12, 1), date(2026, 10, 1), date(2026, 12, 31)),
        ("year", date(2026, 7, 1), date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_a_period_has_these_days(period, on, first, last):
    assert span_of(Period(period), on=on) == (first, last)
