"""
The individual card level by example: limits, new subscribers, arrears and the level just missed.

Amounts are fen of three months together, so 15 000 are 50 yuan a month.  Each line is asked of
the expressions the engine runs and of the plain-Python evaluator.
"""

from datetime import date, timedelta

import pytest
from tests.factories.facts import master_row

from dakehu.tiering.rules import card_level
from dakehu.tiering.rules.reference import reference_level
from dakehu.tiering.values import CardNumbers

D = date(2026, 3, 31)
MONTHS = (202512, 202601, 202602)
OLD = 3_000

EXAMPLES = [
    # says, revenue, arrears days, tenure, present level, new level
    ("below the first limit", 14_999, 0, OLD, 0, 0),
    ("at the first limit", 15_000, 0, OLD, 0, 1),
    ("below the second limit", 29_999, 0, OLD, 0, 1),
    ("at the second limit", 30_000, 0, OLD, 0, 2),
    ("below the third limit", 59_999, 0, OLD, 0, 2),
    ("at the third limit", 60_000, 0, OLD, 0, 3),
    ("below the highest limit", 119_999, 0, OLD, 0, 3),
    ("at the highest limit", 120_000, 0, OLD, 0, 4),
    ("rounded down to below a limit", 15_002, 0, OLD, 0, 1),
    ("new for 89 days", 120_000, 0, 89, 0, 2),
    ("here for 90 days", 120_000, 0, 90, 0, 4),
    ("opening date unknown", 120_000, 0, None, 0, 4),
    ("60 days in arrears", 60_000, 60, OLD, 0, 3),
    ("61 days in arrears", 60_000, 61, OLD, 0, 2),
    ("new and in arrears", 120_000, 61, 89, 0, 1),
    ("nothing to lose by arrears", 0, 61, OLD, 0, 0),
    ("just missed: 90 % of the limit", 54_000, 0, OLD, 3, 3),
    ("missed: below 90 % of the limit", 53_999, 0, OLD, 3, 2),
    ("just missed, but two levels below", 29_999, 0, OLD, 3, 1),
    ("just missed, but in arrears", 54_000, 61, OLD, 3, 1),
    ("lowered by arrears is not kept", 60_000, 61, OLD, 3, 2),
    ("just missed, but new", 29_000, 0, 89, 2, 1),
    ("just missed by somebody here for 90 days", 29_000, 0, 90, 2, 2),
    ("just missed with unknown opening date", 54_000, 0, None, 3, 2),
    ("present level unknown", 54_000, 0, OLD, None, 2),
    ("a present level without a limit", 120_000, 0, OLD, 5, 4),
    ("going up is not held back", 120_000, 0, OLD, 1, 4),
]


@pytest.mark.parametrize(("says", "revenue", "arrears", "tenure", "present", "level"), EXAMPLES)
def test_the_level_is_as_the_book_says(says, revenue, arrears, tenure, present, level):
    decision = card_level(
        revenue_fen=revenue,
        arrears_days=arrears,
        tenure_days=tenure,
        old_level=present,
        numbers=CardNumbers(),
    )
    opened = None if tenure is None else D + timedelta(days=1 - tenure)
    reference = reference_level(
        master_row("1", open_date=opened, level=present),
        [(MONTHS[0], revenue, None), (MONTHS[1], None, arrears), (202603, 999_999, 99)],
        day=D,
        numbers=CardNumbers(),
    )

    assert decision.new_level == level
    assert reference == (present or 0, level, revenue // 3, arrears)


def test_a_decision_says_what_decided_it():
    decision = card_level(
        revenue_fen=120_000,
        arrears_days=61,
        tenure_days=89,
        old_level=3,
        numbers=CardNumbers(version=7),
    )

    assert (decision.by_revenue, decision.limit) == (4, 40_000)
    assert (decision.capped, decision.lowered, decision.kept) == (True, True, False)
    assert (decision.old_level, decision.new_level) == (3, 1)
    assert decision.version == 7


def test_a_kept_level_says_so():
    decision = card_level(
        revenue_fen=54_000,
        arrears_days=0,
        tenure_days=OLD,
        old_level=3,
        numbers=CardNumbers(),
    )

    assert decision.kept
    assert (decision.by_revenue, decision.new_level) == (2, 3)


def test_numbers_can_be_set():
    generous = CardNumbers(limit_4=10_000, months=2)

    decision = card_level(
        revenue_fen=20_000, arrears_days=0, tenure_days=OLD, old_level=0, numbers=generous
    )

    assert (decision.avg3, decision.new_level) == (10_000, 4)


OWN = CardNumbers(months=2).with_own(
    "02",
    {"limit_3": 15_000, "months": 3, "arrears_days": 30, "new_level_cap": 1, "keep_percent": 80},
)
"""A city that asks less of gold, over more months, and is stricter with arrears and newcomers."""


@pytest.mark.parametrize(
    ("says", "city", "revenues", "arrears", "tenure", "present", "level"),
    [
        ("the city's own limit and months", "02", (15_000, 15_000, 15_000), 0, OLD, 0, 3),
        ("the province's elsewhere", "01", (15_000, 15_000, 99_999), 0, OLD, 0, 2),
        ("arrears cost a level sooner", "02", (15_000, 15_000, 15_000), 31, OLD, 0, 2),
        ("not so elsewhere", "01", (20_000, 20_000, 0), 31, OLD, 0, 3),
        ("newcomers are capped lower", "02", (15_000, 15_000, 15_000), 0, 89, 0, 1),
        ("kept down to 80 % of the own limit", "02", (12_000, 12_000, 12_000), 0, OLD, 3, 3),
        ("below that it is missed", "02", (11_999, 11_999, 11_999), 0, OLD, 3, 2),
    ],
)
def test_a_city_has_numbers_of_its_own(says, city, revenues, arrears, tenure, present, level):
    numbers = OWN.at_city(city)
    decision = card_level(
        revenue_fen=sum(revenues[: numbers.months]),
        arrears_days=arrears,
        tenure_days=tenure,
        old_level=present,
        numbers=numbers,
    )
    newest_first = zip(reversed(MONTHS), revenues, strict=True)
    reference = reference_level(
        master_row("1", city, open_date=D + timedelta(days=1 - tenure), level=present),
        [(month, revenue, arrears) for month, revenue in newest_first],
        day=D,
        numbers=OWN,
    )

    assert decision.new_level == level
    assert reference == (present, level, decision.avg3, arrears)


def test_a_number_that_is_the_provinces_is_none_of_a_citys_own():
    assert CardNumbers().with_own("02", {"limit_1": 5_000}) == CardNumbers()
    assert OWN.with_own("02", {}) == CardNumbers(months=2)
