"""Which days a model learns from, is calibrated by and is examined on."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dakehu.ranking.errors import PeriodTooShort
from dakehu.ranking.rules.splitting import split_for

FIRST = date(2026, 1, 1)


@settings(max_examples=60)
@given(
    span=st.integers(0, 400),
    horizon=st.integers(1, 60),
    every=st.integers(1, 14),
)
def test_no_day_that_labels_one_part_labels_another(span, horizon, every):
    last = FIRST + timedelta(days=span)
    if span < 2 * horizon + 2:
        with pytest.raises(PeriodTooShort):
            split_for(FIRST, last, horizon=horizon, every=every)
        return
    split = split_for(FIRST, last, horizon=horizon, every=every)

    labelled = [
        {day + timedelta(days=ahead) for day in part.days for ahead in range(1, horizon + 1)}
        for part in (split.train, split.valid, split.test)
    ]
    assert labelled[0].isdisjoint(labelled[1])
    assert labelled[1].isdisjoint(labelled[2])
    assert max(split.train.days) < min(split.valid.days)
    assert max(split.valid.days) < min(split.test.days)
    assert min(split.days) >= FIRST
    assert max(split.days) == last


def test_the_last_day_is_always_examined_and_days_keep_their_distance():
    split = split_for(FIRST, date(2026, 6, 1), horizon=30, every=7)

    assert split.test.last == date(2026, 6, 1)
    assert {
        (b - a).days for a, b in zip(split.train.days, split.train.days[1:], strict=False)
    } == {7}
    assert len(split.train.days) > len(split.valid.days)


def test_the_least_that_is_named_would_do():
    with pytest.raises(PeriodTooShort) as refused:
        split_for(FIRST, FIRST + timedelta(days=40), horizon=30, every=7)

    least = refused.value.least
    split_for(FIRST, FIRST + timedelta(days=least - 1), horizon=30, every=7)
