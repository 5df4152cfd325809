"""When festivals are, in which form and how often customers are greeted (C9, G1)."""

from datetime import date, timedelta

import holidays
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dakehu.care.rules.greetings import (
    days_within,
    festival_day,
    form_of,
    spaced,
    unknown_placeholders,
    worded,
)
from dakehu.care.values import Proposed

LUNAR_FESTIVALS = {"春节": (1, 1), "端午节": (5, 5), "中秋节": (8, 15)}
D = date(2026, 2, 10)


@pytest.mark.parametrize("name", LUNAR_FESTIVALS)
def test_lunar_festivals_are_where_a_second_calendar_has_them(name):
    month, day = LUNAR_FESTIVALS[name]
    for year in range(2008, 2046):
        told = holidays.country_holidays("CN", years=year, language="zh_CN")
        found = festival_day(year, calendar="LUNAR", month=month, day=day)

        assert found in told.get_named(name, lookup="icontains"), year


def test_a_span_over_the_end_of_a_year_finds_what_lies_in_it():
    first, last = date(2026, 12, 20), date(2027, 2, 10)

    assert days_within(first, last, calendar="SOLAR", month=1, day=1) == [date(2027, 1, 1)]
    assert days_within(first, last, calendar="LUNAR", month=1, day=1) == [date(2027, 2, 6)]
    # The eighth day of the twelfth month belongs to the lunar year before.
    assert days_within(first, last, calendar="LUNAR", month=12, day=8) == [date(2027, 1, 15)]


def test_the_first_form_is_taken_and_a_visit_goes_before():
    assert form_of(["SMS", "MAIL"], []) == "SMS"
    assert form_of(["SMS"], ["VISIT"]) == "VISIT"
    assert form_of([], []) == ""


def proposed(key, days, kind="FESTIVAL", customer=1):
    return Proposed(key, customer, None, kind, key, D + timedelta(days=days), "SMS")


SPACED = {
    "far enough apart": ([("a", 0), ("b", 4)], {}, ["a", "b"]),
    "an important one goes first": ([("a", 0), ("important", 2)], {}, ["important"]),
    "greeted already": ([("a", 0)], {1: [D + timedelta(days=3)]}, []),
    "another customer was greeted": ([("a", 0)], {2: [D]}, ["a"]),
}


@pytest.mark.parametrize("name", SPACED)
def test_nobody_is_greeted_twice_within_some_days(name):
    told, known, kept = SPACED[name]
    found = spaced([proposed(*each) for each in told], known, gap_days=3, important={"important"})

    assert [each.key for each in found] == kept


def test_a_day_of_their_own_goes_before_a_festival():
    birthday = proposed("birthday:1", 1, kind="BIRTHDAY")
    found = spaced([proposed("f", 0), birthday], {}, gap_days=3, important={"f"})

    assert found == [birthday]


PROPOSALS = st.lists(
    st.builds(
        proposed,
        key=st.text("abc", min_size=1, max_size=3),
        days=st.integers(0, 12),
        kind=st.sampled_from(["FESTIVAL", "BIRTHDAY"]),
        customer=st.integers(1, 2),
    ),
    max_size=8,
)


@settings(max_examples=50)
@given(PROPOSALS, st.integers(0, 5))
def test_what_is_kept_is_apart_and_what_is_left_out_is_near(proposals, gap):
    kept = spaced(proposals, {}, gap_days=gap)

    for each in kept:
        others = [one for one in kept if one is not each and one.customer_id == each.customer_id]
        assert all(abs((one.day - each.day).days) > gap for one in others)
    for each in proposals:
        near = [one for one in kept if one.customer_id == each.customer_id]
        assert each in kept or any(abs((one.day - each.day).days) <= gap for one in near)


def test_placeholders_are_filled_once_and_unknown_ones_are_named():
    assert worded(
        "致{customer}：{occasion}快乐", {"customer": "{manager}", "occasion": "元旦"}
    ) == ("致{manager}：元旦快乐")
    assert unknown_placeholders("{customer}{nobody}{}") == ["nobody", ""]
