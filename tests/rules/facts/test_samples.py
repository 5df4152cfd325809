"""Tables to learn from: labels look ahead as far as asked and no further."""

from datetime import date, timedelta

import numpy as np
import pytest
from tests.factories.facts import Facts, master_row, usage_row

from dakehu.facts.features import MasterValue, Program, Sheet
from dakehu.facts.samples import DayTable, Draw, find_departures, read_day, rows_of
from dakehu.rulekit.expressions import Input, all_of

DAY = date(2026, 3, 1)
PEOPLE = [f"s{number:03d}" for number in range(60)]


def after(days):
    """Return the day so many days after the day in question."""
    return DAY + timedelta(days=days)


@pytest.fixture
def facts(tmp_path):
    """A city in which everybody has a row on every day."""
    facts = Facts(tmp_path)
    gone = {"s001": (1, {"status": 4}), "s002": (5, {"event_mask": 3}), "s003": (6, {"status": 4})}
    for days in range(8):
        rows = []
        for person in PEOPLE:
            on, says = gone.get(person, (None, {}))
            rows.append(usage_row(person, after(days), **(says if on == days else {})))
        facts.deliver_usage(after(days), "01", rows, managed=PEOPLE)
    return facts


@pytest.fixture
def table(facts):
    """The inputs of the day, with the credit limit as the only one."""
    sheets = tuple(
        Sheet(name, all_of(), ((column, Input("worth")),))
        for name, column in (("inputs", "worth"), ("scores", "score"))
    )
    program = Program(features=(MasterValue("worth", "credit_limit_fen"),), sheets=sheets)
    master = [
        master_row(person, credit_limit_fen=None if person == "s005" else number)
        for number, person in enumerate(PEOPLE)
    ]
    files = facts.evaluate(facts.sources(DAY, master), program).files
    return DayTable(DAY, files["inputs"], files["scores"], horizon=5)


def test_who_leaves_within_the_horizon_left_and_nobody_else(facts, table):
    find_departures(facts.con, facts.store, facts.live.values())

    sample = read_day(facts.con, table, ("worth",), Draw())

    assert np.flatnonzero(sample.labels).tolist() == [1, 2]
    assert len(sample) == len(PEOPLE)
    assert np.isnan(sample.matrix[5, 0])
    assert sample.scores[7] == 7


def test_a_leaver_among_those_who_are_not_managed_counts(facts, table):
    facts.deliver_usage(after(2), "01", [usage_row("s009", after(2), status=4)], managed=[])

    find_departures(facts.con, facts.store, facts.live.values())

    assert read_day(facts.con, table, ("worth",), Draw()).labels[9] == 1


def test_all_leavers_are_drawn_and_the_others_stand_for_those_left_out(facts, table):
    find_departures(facts.con, facts.store, facts.live.values())

    drawn = read_day(facts.con, table, ("worth",), Draw(most=20, seed=1))
    again = read_day(facts.con, table, ("worth",), Draw(most=20, seed=1))
    other = read_day(facts.con, table, ("worth",), Draw(most=20, seed=2))

    assert drawn.left == 2
    assert 5 < len(drawn) < 40
    stayed = drawn.labels == 0
    assert drawn.weights[stayed] == pytest.approx(58 / 20, rel=1e-4)
    assert np.array_equal(drawn.matrix, again.matrix, equal_nan=True)
    assert not np.array_equal(drawn.matrix, other.matrix, equal_nan=True)


def test_rows_come_in_order_and_whole(facts, table, monkeypatch):
    monkeypatch.setattr("dakehu.facts.samples.ROWS_AT_ONCE", 25)

    pieces = list(rows_of(facts.con, table.inputs, ("worth",)))

    assert [len(people) for people, _matrix in pieces] == [25, 25, 10]
    assert [person for people, _matrix in pieces for person in people] == PEOPLE
