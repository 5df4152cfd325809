"""Windows: which days they mean, how days are sorted into them, and spans as month figures."""

from datetime import date, timedelta

import pytest

from dakehu.facts.windows import (
    DaysBack,
    LastMonthSameDays,
    LastYearSameDays,
    MonthToDate,
    Span,
    day_classes,
    last,
    month_terms,
)

WINDOWS = [
    (last(7), "2026-03-20", "2026-03-14", "2026-03-20"),
    (DaysBack(7, 36), "2026-03-20", "2026-02-12", "2026-03-13"),
    (DaysBack(30, 59), "2024-03-31", "2024-02-01", "2024-03-01"),
    (MonthToDate(), "2026-03-20", "2026-03-01", "2026-03-20"),
    (MonthToDate(), "2026-03-01", "2026-03-01", "2026-03-01"),
    (LastMonthSameDays(), "2026-03-20", "2026-02-01", "2026-02-20"),
    (LastMonthSameDays(), "2026-03-31", "2026-02-01", "2026-02-28"),
    (LastMonthSameDays(), "2024-03-30", "2024-02-01", "2024-02-29"),
    (LastMonthSameDays(), "2026-01-31", "2025-12-01", "2025-12-31"),
    (LastYearSameDays(), "2026-03-20", "2025-03-01", "2025-03-20"),
    (LastYearSameDays(), "2024-02-29", "2023-02-01", "2023-02-28"),
    (LastYearSameDays(), "2025-02-28", "2024-02-01", "2024-02-28"),
]


@pytest.mark.parametrize(("window", "day", "first", "newest"), WINDOWS)
def test_a_window_means_these_days(window, day, first, newest):
    span = window.span(date.fromisoformat(day))

    assert (span.first.isoformat(), span.last.isoformat()) == (first, newest)


def test_a_span_knows_its_days():
    span = Span(date(2026, 2, 27), date(2026, 3, 2))

    assert len(list(span)) == 4
    assert date(2026, 3, 1) in span
    assert date(2026, 3, 3) not in span


@pytest.mark.parametrize("day", [date(2026, 3, 20), date(2024, 2, 29), date(2026, 1, 1)])
def test_day_classes_hold_every_day_of_every_window_once(day):
    windows = {last(7), last(30), DaysBack(7, 36), MonthToDate(), LastMonthSameDays()}

    classes = day_classes(windows, day)

    days = [each for each_class in classes for each in each_class.days]
    assert len(days) == len(set(days))
    for window in windows:
        held = {d for c in classes if window in c.windows for d in c.days}
        assert held == set(window.span(day))


@pytest.mark.parametrize(
    ("first", "newest"),
    [
        ("2026-03-05", "2026-03-20"),
        ("2026-03-01", "2026-03-20"),
        ("2026-01-20", "2026-03-20"),
        ("2025-12-31", "2026-01-01"),
        ("2026-02-01", "2026-02-28"),
    ],
)
def test_a_span_is_a_sum_of_month_to_date_figures(first, newest):
    span = Span(date.fromisoformat(first), date.fromisoformat(newest))
    worth = {date(2025, 11, 1) + timedelta(days=n): 2**n for n in range(180)}

    def month_to_date(day):
        return sum(worth[day.replace(day=n)] for n in range(1, day.day + 1))

    terms = month_terms(span)

    assert sum(sign * month_to_date(day) for day, sign in terms) == sum(worth[d] for d in span)
