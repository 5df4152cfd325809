"""Features: what programs may share, delivered days, and months by number."""

from datetime import date

import pytest

from dakehu.facts.features import (
    DeliveredDays,
    Program,
    UsageSum,
    cities_of,
    delivered_days,
    features_of,
    months_before,
    summed_columns,
)
from dakehu.facts.rows import needed_days, stored_columns
from dakehu.facts.store import Partition
from dakehu.facts.windows import MonthToDate, last

D = date(2026, 3, 20)


def test_programs_share_features_of_one_meaning():
    voice = UsageSum("voice", ("voice_onnet_s",), last(7))
    days = DeliveredDays("days", last(7))

    shared = features_of([Program((voice,)), Program((voice, days))])

    assert shared == (voice, days)


def test_one_name_with_two_meanings_is_refused():
    seven = Program((UsageSum("voice", ("voice_onnet_s",), last(7)),))
    eight = Program((UsageSum("voice", ("voice_onnet_s",), last(8)),))

    with pytest.raises(ValueError, match="two meanings of the feature voice"):
        features_of([seven, eight])


def test_derived_figures_read_their_stored_columns():
    silent = UsageSum("silent", ("zero_call_rows", "data_kb"), last(7))

    assert summed_columns([silent]) == ("data_kb", "zero_call_rows")
    assert stored_columns([silent]) == ("data_kb", "in_calls", "out_calls", "status")


def test_needed_days_are_those_of_all_windows_and_today():
    assert needed_days([], D) == (D,)
    assert len(needed_days([UsageSum("x", ("data_kb",), MonthToDate())], D)) == 20


def test_delivered_days_count_a_city_day_once_even_when_it_was_empty():
    partitions = [
        Partition("usage", D, "01", "d1", 5),
        Partition("usage", date(2026, 3, 14), "01", "d2", 0),
        Partition("usage", date(2026, 3, 13), "01", "d3", 5),
        Partition("month", D, "02", "d4", 5),
    ]

    assert delivered_days(partitions, last(7), day=D) == {"01": 2}
    assert cities_of(partitions) == ("01", "02")


@pytest.mark.parametrize(
    ("day", "months"),
    [
        (date(2026, 3, 1), (202602, 202601, 202512)),
        (date(2026, 1, 31), (202512, 202511, 202510)),
        (date(2026, 12, 31), (202611, 202610, 202609)),
    ],
)
def test_whole_months_before_a_day(day, months):
    assert months_before(day, 3) == months
