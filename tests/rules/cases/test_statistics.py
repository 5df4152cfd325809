"""Spans of days and rates: every day in exactly one span, never too many of them (K2, K3)."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dakehu.cases.rules import statistics as rules

DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))


@given(DAYS, st.integers(0, 731), st.sampled_from(rules.STEPS))
def test_every_day_lies_in_one_span_and_there_are_never_too_many(first, length, step):
    last = first + timedelta(days=length)

    spans = rules.spans_of(first, last, step)

    assert (spans[0].first, spans[-1].last) == (first, last)
    assert all(one.last + timedelta(days=1) == two.first for one, two in pairwise(spans))
    assert len(spans) <= rules.MOST_SPANS


@pytest.mark.parametrize(
    ("first", "last", "period"),
    [
        (None, None, ("2025-10-01", "2026-03-10")),
        ("2026-03-01", None, ("2026-03-01", "2026-03-10")),
        ("2026-02-03", "2026-02-01", ("2026-02-01", "2026-02-03")),
        ("2010-01-01", "2026-02-01", ("2024-02-01", "2026-02-01")),
        (None, "2099-01-01", ("2025-10-01", "2026-03-10")),
        (None, "2026-01-31", ("2025-08-01", "2026-01-31")),
    ],
)
def test_a_period_is_mended_rather_than_refused(first, last, period):
    told = (date.fromisoformat(each) if each else None for each in (first, last))

    found = rules.period_of(*told, today=date(2026, 3, 10))

    assert tuple(day.isoformat() for day in found) == period


@pytest.mark.parametrize(
    ("days", "step"), [(1, "day"), (31, "day"), (32, "week"), (91, "week"), (92, "month")]
)
def test_the_step_fits_the_period(days, step):
    first = date(2026, 1, 1)

    assert rules.step_that_fits(first, first + timedelta(days=days - 1)) == step


def test_rates_say_nothing_of_nobody():
    assert [rules.per_thousand(3, 2000), rules.per_thousand(3, 0)] == [1.5, None]
    assert [rules.share(1, 3), rules.share(0, 0)] == [33.3, None]


def test_a_unit_lies_under_the_one_whose_path_begins_its_own():
    tops = {2: "1/2/", 3: "1/3/"}

    assert [rules.under(path, tops) for path in ("1/2/", "1/3/9/", "1/", "1/22/")] == [
        2, 3, None, None,
    ]  # fmt: skip
