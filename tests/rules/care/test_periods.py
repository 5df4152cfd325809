"""Which days a service report is about (R1 to R4)."""

from datetime import date

import pytest

from dakehu.care.rules.periods import ended_period, running_period

CASES = [
    ("QUARTER", "2026-11-29", "2026-10-01", "2026-12-31", "2026-07-01", "2026-09-30"),
    ("QUARTER", "2026-01-01", "2026-01-01", "2026-03-31", "2025-10-01", "2025-12-31"),
    ("HALF", "2026-06-30", "2026-01-01", "2026-06-30", "2025-07-01", "2025-12-31"),
    ("HALF", "2026-07-01", "2026-07-01", "2026-12-31", "2026-01-01", "2026-06-30"),
    ("YEAR", "2024-02-29", "2024-01-01", "2024-12-31", "2023-01-01", "2023-12-31"),
]


@pytest.mark.parametrize(("cycle", "on", "first", "last", "before", "until"), CASES)
def test_the_running_period_and_the_one_that_has_ended(cycle, on, first, last, before, until):
    day = date.fromisoformat(on)

    assert [each.isoformat() for each in running_period(cycle, on=day)] == [first, last]
    assert [each.isoformat() for each in ended_period(cycle, on=day)] == [before, until]
