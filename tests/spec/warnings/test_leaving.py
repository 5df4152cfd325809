"""
The leaving score of W10 by example: every part just below and at its numbers, and their sum.

Each line says what is known and how many points the part gives.  Whole examples, from usage rows
to the signal, are played with the other warnings.
"""

import pytest
from tests.spec.warnings.stage import D

from dakehu.alerts.rules import explain
from dakehu.alerts.rules.inputs import features_for
from dakehu.alerts.rules.leaving import LEAVING_PARTS
from dakehu.alerts.values import WarningNumbers

NUMBERS = WarningNumbers()

NEVER_USED = dict.fromkeys((feature.name for feature in features_for(D, NUMBERS)), 0) | {
    "tenure": 3_000,
    "newest_age": 0,
    "days_recent": 7,
    "days_earlier": 30,
    "days_payments": 30,
    "days_payments_before": 30,
    "days_to_contract_end": None,
}

# With 30 000 s in 30 days the averages are 1000 s a day: 30 % are 2100 s in 7 days.
PARTS = [
    ("voice", 30, "below 30 %", {"voice_earlier": 30_000, "voice_recent": 2_099}),
    ("voice", 20, "at 30 %", {"voice_earlier": 30_000, "voice_recent": 2_100}),
    ("voice", 20, "below 50 %", {"voice_earlier": 30_000, "voice_recent": 3_499}),
    ("voice", 10, "at 50 %", {"voice_earlier": 30_000, "voice_recent": 3_500}),
    ("voice", 10, "below 70 %", {"voice_earlier": 30_000, "voice_recent": 4_899}),
    ("voice", 0, "at 70 %", {"voice_earlier": 30_000, "voice_recent": 4_900}),
    ("voice", 0, "1799 s are too few", {"voice_earlier": 1_799}),
    ("voice", 30, "1800 s are enough", {"voice_earlier": 1_800}),
    ("voice", 0, "here for 37 days", {"voice_earlier": 1_800, "tenure": 37}),
    ("voice", 30, "here for 38 days", {"voice_earlier": 1_800, "tenure": 38}),
    ("hotline", 0, "two calls", {"hotline_recent": 2}),
    ("hotline", 10, "three calls", {"hotline_recent": 3}),
    ("forwarding", 0, "none", {"forwarded_recent": 0}),
    ("forwarding", 15, "one call", {"forwarded_recent": 1}),
    (
        "offnet",
        15,
        "up by 10 points",
        {
            "talk_recent": 1_000,
            "offnet_recent": 300,
            "talk_earlier": 2_000,
            "offnet_earlier": 400,
        },
    ),
    (
        "offnet",
        0,
        "up by 9.9 points",
        {
            "talk_recent": 1_000,
            "offnet_recent": 299,
            "talk_earlier": 2_000,
            "offnet_earlier": 400,
        },
    ),
    ("offnet", 0, "599 s", {"talk_recent": 599, "offnet_recent": 599, "talk_earlier": 2_000}),
    ("payments", 10, "halved", {"payments": 2, "payments_before": 4}),
    ("payments", 0, "not halved", {"payments": 3, "payments_before": 4}),
    ("contract", 0, "ended 31 days ago", {"days_to_contract_end": -31}),
    ("contract", 10, "ended 30 days ago", {"days_to_contract_end": -30}),
    ("contract", 10, "ends in 60 days", {"days_to_contract_end": 60}),
    ("contract", 0, "ends in 61 days", {"days_to_contract_end": 61}),
    ("contract", 0, "unknown", {"days_to_contract_end": None}),
    ("complaints", 5, "one", {"complaints": 1}),
    ("complaints", 10, "two", {"complaints": 2}),
    ("complaints", 10, "three", {"complaints": 3}),
    ("new_customer", 10, "here for 179 days", {"tenure": 179}),
    ("new_customer", 0, "here for 180 days", {"tenure": 180}),
    ("new_customer", 0, "opening date unknown", {"tenure": None}),
    # 10 240 kB in 30 days: half of the average are 1195 kB in 7 days.
    ("data", 10, "below half", {"data_earlier": 10_240, "data_recent": 1_194}),
    ("data", 0, "at least half", {"data_earlier": 10_240, "data_recent": 1_195}),
    ("data", 0, "10 239 kB are too few", {"data_earlier": 10_239}),
    ("data", 0, "here for 37 days", {"data_earlier": 10_240, "tenure": 37}),
    ("zero_calls", 0, "two silent days", {"zero_call_rows": 2}),
    ("zero_calls", 15, "three silent days", {"zero_call_rows": 3}),
]


@pytest.mark.parametrize(("part", "points", "says", "known"), PARTS)
def test_a_part_of_the_score_gives_its_points(part, points, says, known):
    explanation = explain("W10", inputs=NEVER_USED | known, numbers=NUMBERS)

    assert {found.name: found.points for found in explanation.parts}[part] == points


SCORES = [
    # forwarding 15, zero calls 15, hotline 10 … until 50 is reached
    (
        45,
        False,
        {"forwarded_recent": 1, "zero_call_rows": 3, "hotline_recent": 3, "complaints": 1},
    ),
    (50, True, {"forwarded_recent": 1, "zero_call_rows": 3, "hotline_recent": 3, "complaints": 2}),
    (
        100,
        True,
        {
            "voice_earlier": 30_000,
            "hotline_recent": 3,
            "forwarded_recent": 1,
            "zero_call_rows": 3,
            "complaints": 2,
            "tenure": 100,
            "data_earlier": 99_999,
            "payments_before": 4,
        },
    ),
]


@pytest.mark.parametrize(("score", "fires", "known"), SCORES)
def test_the_score_fires_from_50_and_stops_at_100(score, fires, known):
    explanation = explain("W10", inputs=NEVER_USED | known, numbers=NUMBERS)

    assert (explanation.a, explanation.b) == (score, 50)
    assert explanation.fired is fires


def test_only_active_subscribers_with_a_row_of_today_can_leave():
    many = {"forwarded_recent": 1, "zero_call_rows": 3, "voice_earlier": 30_000}

    for status, fires in ((0, True), (1, False), (None, False)):
        inputs = NEVER_USED | many | {"today_status": status}
        assert explain("W10", inputs=inputs, numbers=NUMBERS).fired is fires


def test_every_part_has_examples():
    assert {part for part, *_ in PARTS} == {part.name for part in LEAVING_PARTS}
