"""What became of the members of a snapshot cohort, and the rate of those who were retained."""

from datetime import date

import pytest

from dakehu.rulekit.evaluation import Row
from dakehu.tiering.choices import STATE_NUMBERS
from dakehu.tiering.rules.cohort_reference import reference_state
from dakehu.tiering.rules.cohorts import (
    AWAY,
    Retention,
    counts_by_day,
    days_to_follow,
    retention_of,
    state_number,
)
from dakehu.tiering.values import Limit

BAR = Limit("revenue", ">=", 36_000)
D = [date(2026, 1, day) for day in range(1, 11)]


@pytest.mark.parametrize("status", [None, 0, 1, 2, 3, 4])
@pytest.mark.parametrize("revenue", [None, -5, 35_999, 36_000, 36_001])
@pytest.mark.parametrize("away", [0, 1])
def test_the_rule_and_a_plain_evaluator_give_the_same_state(status, revenue, away):
    values = {"sub_status": status, "revenue": revenue}

    number = Row({**values, AWAY: away}).value(state_number(BAR))

    assert STATE_NUMBERS[number] == reference_state(BAR, values, is_away=bool(away))


@pytest.mark.parametrize(
    ("status", "revenue", "away", "state"),
    [
        (0, 36_000, 0, "KEPT"),
        (0, 35_999, 0, "BELOW"),
        (0, None, 0, "BELOW"),
        (1, 99_000, 0, "SUSPENDED"),
        (3, 0, 0, "SUSPENDED"),
        (4, 99_000, 0, "LEFT"),
        (None, 99_000, 0, "LEFT"),
        (0, 99_000, 1, "LEFT"),
    ],
)
def test_the_four_states(status, revenue, away, state):
    assert reference_state(BAR, {"sub_status": status, "revenue": revenue}, is_away=away) == state


def test_leavers_stay_in_the_denominator():
    counts = {"KEPT": 70, "BELOW": 10, "SUSPENDED": 5, "LEFT": 15}

    assert retention_of(counts, at_bar=True) == Retention(70, 100)
    assert retention_of(counts, at_bar=False).percent == 80.0
    assert Retention(0, 0).percent is None


def test_the_rates_of_two_years_differ_by_points_rounded_once():
    before, after = Retention(197, 276), Retention(143, 177)

    assert (before.percent, after.percent) == (71.38, 80.79)
    assert after.points_over(before) == 9.41
    assert before.points_over(after) == -9.41
    assert before.points_over(Retention(0, 0)) is None


def test_counts_of_days_follow_from_who_entered_and_left_a_state():
    entered = [(D[0], "KEPT", 10), (D[3], "LEFT", 2), (D[5], "BELOW", 1), (D[7], "KEPT", 1)]
    left = [(D[3], "KEPT", 2), (D[5], "KEPT", 1), (D[7], "LEFT", 1)]

    found = counts_by_day(entered, left, [D[0], D[2], D[3], D[6], D[9]])

    assert {day.day: dict(counts) for day, counts in found.items()} == {
        1: {"KEPT": 10},
        3: {"KEPT": 10},
        4: {"KEPT": 8, "LEFT": 2},
        7: {"KEPT": 7, "LEFT": 2, "BELOW": 1},
        10: {"KEPT": 8, "LEFT": 1, "BELOW": 1},
    }
    assert all(sum(counts.values()) == 10 for counts in found.values())


def test_the_past_is_caught_up_with_in_steps_and_ends_at_the_last_day():
    assert days_to_follow(D[0], D[9], every=4) == [D[4], D[8], D[9]]
    assert days_to_follow(D[0], D[2], every=1) == [D[1], D[2]]
    assert days_to_follow(D[0], D[0], every=7) == []
