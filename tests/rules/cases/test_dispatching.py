"""Whom to send, and why: the table of R1 and R6; states of orders; R7 and R8 in days."""

from datetime import UTC, date, datetime, timedelta

import pytest

from dakehu.cases.choices import SETTLED, Judgement, OrderMove, OrderState, Rung
from dakehu.cases.rules.dispatching import proposal_for
from dakehu.cases.rules.ladder import has_open_order, needs_order, rungs_above
from dakehu.cases.rules.orders import is_settled, order_after, order_moves, order_number
from dakehu.cases.rules.records import record_is_late
from dakehu.cases.values import Engineer, Need, Stint
from dakehu.common.records import is_beforehand

J = Judgement
TEN = datetime(2026, 3, 3, 10, tzinfo=UTC)


def hours(start, end):
    return Stint(TEN + timedelta(hours=start), TEN + timedelta(hours=end))


DAY = (hours(-2, 8),)
NEED = Need(hours(0, 2), skills=frozenset({"光缆"}), area=(1, 2, 3), original=4)


def someone(key, **known):
    usual = {"skills": frozenset({"光缆"}), "area": (1, 2, 3), "works": DAY}
    return Engineer(key, **{**usual, **known})


FAR = {"area": (1, 9)}
LOADED = {"busy": (hours(3, 5),)}
CASES = [
    # what is known of four engineers, whether the customer is key, who goes, why, why the others
    ("the nearest", {1: FAR, 2: {}, 3: FAR, 4: FAR}, False, 2, J.NEAR, {1: J.AREA, 4: J.AREA}),
    ("the original for key", {1: {}, 4: {**FAR, **LOADED}}, True, 4, J.ORIGINAL, {1: J.ORIGINAL}),
    ("least load", {1: LOADED, 2: {}, 4: LOADED}, False, 2, J.FREE, {1: J.LOAD, 4: J.LOAD}),
    (
        "what is done is load",
        {1: {"done": (hours(-2, -1),)}, 2: {}},
        False,
        2,
        J.FREE,
        {1: J.LOAD},
    ),
    ("known before", {1: {}, 4: {}}, False, 4, J.KNOWN, {1: J.KNOWN}),
    ("the first of equals", {1: {}, 2: {}}, False, 1, J.FIRST, {2: J.LATER}),
    ("away", {1: {"away": (hours(1, 9),)}, 2: {}}, False, 2, J.ONLY, {1: J.AWAY}),
    ("busy", {1: {"busy": (hours(1, 3),)}, 2: {}}, False, 2, J.ONLY, {1: J.BUSY}),
    ("one ends as it begins", {1: {"busy": (hours(-1, 0),)}}, False, 1, J.ONLY, {}),
    ("off hours", {1: {"works": (hours(1, 8),)}, 2: {}}, False, 2, J.ONLY, {1: J.OFF_HOURS}),
    ("no skill", {1: {"skills": frozenset()}, 2: {}}, False, 2, J.ONLY, {1: J.SKILL}),
    ("the original on leave", {1: {}, 4: {"away": DAY}}, True, 1, J.ONLY, {4: J.AWAY}),
]


@pytest.mark.parametrize(("name", "known", "is_key", "chosen", "why", "others"), CASES)
def test_whom_to_send_and_why(name, known, is_key, chosen, why, others):
    need = Need(NEED.time, NEED.skills, NEED.area, NEED.original, is_key)

    proposal = proposal_for(need, [someone(key, **each) for key, each in known.items()])

    reasons = {each.key: each.reasons for each in proposal.judged}
    assert (proposal.chosen, proposal.judged[0].key) == (chosen, chosen)
    assert reasons[chosen] == (why,)
    assert {key: reasons[key] for key in others} == {key: (each,) for key, each in others.items()}


def test_nobody_goes_who_is_hindered_and_all_hindrances_are_named():
    both = someone(1, skills=frozenset({"布线"}), away=DAY)

    proposal = proposal_for(NEED, [both])

    assert proposal.chosen is None
    assert proposal.judged[0].reasons == (J.AWAY, J.SKILL)
    assert proposal.judged[0].lacking == ("光缆",)


S, M = OrderState, OrderMove


@pytest.mark.parametrize(
    ("state", "move", "after"),
    [
        (S.DRAFTED, M.ASSIGN, S.ASSIGNED),
        (S.RETURNED, M.ASSIGN, S.ASSIGNED),
        (S.ASSIGNED, M.ACCEPT, S.ACCEPTED),
        (S.ACCEPTED, M.SET_OUT, S.TRAVELLING),
        (S.ACCEPTED, M.ARRIVE, S.ON_SITE),
        (S.TRAVELLING, M.ARRIVE, S.ON_SITE),
        (S.ON_SITE, M.RECORD, S.DONE),
        (S.DONE, M.SIGN, S.SIGNED),
        (S.TRAVELLING, M.RETURN, S.RETURNED),
        (S.ACCEPTED, M.TAKE_BACK, S.DRAFTED),
        (S.ON_SITE, M.WITHDRAW, S.WITHDRAWN),
        (S.DRAFTED, M.ACCEPT, None),
        (S.ON_SITE, M.SIGN, None),
        (S.DONE, M.WITHDRAW, None),
        (S.TRAVELLING, M.ASSIGN, None),
    ],
)
def test_what_a_move_leaves_an_order_at(state, move, after):
    assert order_after(state, move) == after


def test_nothing_is_done_with_a_settled_order():
    assert [order_moves(state) for state in SETTLED] == [frozenset()] * 2
    assert all(is_settled(state) for state in SETTLED)
    assert order_number("01", "260302", 42) == "W01-260302-00042"


@pytest.mark.parametrize(
    ("arrived", "written", "today", "late"),
    [
        (None, None, 3, False),
        (2, None, 2, False),
        (2, None, 3, True),
        (2, 2, 9, False),
        (2, 3, 9, True),
    ],
)
def test_a_record_is_late_after_the_day_of_the_work(arrived, written, today, late):
    def day(number):
        return date(2026, 3, number) if number else None

    assert record_is_late(day(arrived), day(written), day(today)) is late


def test_what_is_entered_as_it_begins_is_entered_beforehand():
    assert is_beforehand(TEN, TEN)
    assert not is_beforehand(TEN + timedelta(seconds=1), TEN)


def test_the_ladder_goes_upward_only():
    assert rungs_above(Rung.REMOTE) == (Rung.ON_SITE, Rung.HEADQUARTERS)
    assert rungs_above(Rung.HEADQUARTERS) == ()


def test_a_case_on_site_needs_an_order_and_an_open_one_keeps_it_open():
    assert needs_order([Rung.REMOTE, Rung.ON_SITE], [])
    assert not needs_order([Rung.ON_SITE], [S.WITHDRAWN])
    assert not needs_order([Rung.REMOTE], [])
    assert has_open_order([S.SIGNED, S.DONE])
    assert not has_open_order([S.SIGNED, S.WITHDRAWN])
