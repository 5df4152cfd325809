"""What is wrong with terms, parts and stamps, and from when somebody is asked: as tables."""

from datetime import date

import pytest

from dakehu.opportunities.rules import papers
from dakehu.opportunities.values import Parts, Stamps, Terms

FIRST, LAST = date(2026, 3, 1), date(2027, 2, 28)


@pytest.mark.parametrize(
    ("changed", "trouble"),
    [
        ({}, ("", "")),
        ({"number": "  "}, ("number", "no_number")),
        ({"value_fen": -1}, ("value_fen", "negative")),
        ({"ends_on": date(2026, 2, 28)}, ("ends_on", "ends_first")),
        ({"ends_on": FIRST}, ("", "")),
        ({"ends_on": date(2062, 3, 1)}, ("ends_on", "too_far")),
        ({"notice_days": 367}, ("notice_days", "notice")),
        ({"terms": "x" * 20_001}, ("terms", "too_long")),
    ],
)
def test_terms(changed, trouble):
    told = Terms(**{
        "number": "HT-1", "value_fen": 1, "starts_on": FIRST, "ends_on": LAST, **changed,
    })  # fmt: skip

    assert papers.trouble_in_terms(told) == trouble


@pytest.mark.parametrize(
    ("parts", "trouble"),
    [
        (Parts("100M 光纤到楼"), ("", "")),
        (Parts(" "), ("technical", "no_words")),
        (Parts("x" * 20_001), ("technical", "too_long")),
        (Parts("x", "x" * 20_001), ("commercial", "too_long")),
        (Parts("x", price_fen=-1), ("price_fen", "negative")),
    ],
)
def test_parts(parts, trouble):
    assert papers.trouble_in_parts(parts) == trouble


def test_stamps_of_days_to_come_are_wrong():
    on = date(2026, 3, 2)

    assert papers.trouble_in_stamps(Stamps(on, FIRST), on=on) == ("", "")
    assert papers.trouble_in_stamps(Stamps(on, LAST), on=on) == ("theirs_on", "ahead")


def test_from_when_somebody_is_asked():
    assert papers.asks_from(LAST, 60) == date(2026, 12, 30)
    assert papers.days_left(LAST, on=date(2027, 3, 2)) == -2
