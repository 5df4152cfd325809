"""Rules of opportunities: the table of states, the elements, whom the center is proposed."""

from datetime import datetime, timedelta

import pytest

from dakehu.opportunities.choices import OPEN, Element, Move, State
from dakehu.opportunities.rules.elements import missing
from dakehu.opportunities.rules.figures import share, stage_hours, weighted
from dakehu.opportunities.rules.numbers import key_in
from dakehu.opportunities.rules.proposing import judged
from dakehu.opportunities.rules.stages import move_for, next_stage, stages_from
from dakehu.opportunities.rules.states import after, moves_from
from dakehu.opportunities.values import Able, Elements

# The specification's chapter 3, written down a second time.
ARROWS = {
    ("CAPTURED", "QUALIFIED"), ("QUALIFIED", "COMPLETED"), ("QUALIFIED", "ROUTED"),
    ("ROUTED", "OFFERED"), ("OFFERED", "CLAIMED"), ("OFFERED", "RETURNED"),
    ("RETURNED", "ROUTED"), ("OFFERED", "EXPIRED"), ("EXPIRED", "ROUTED"),
    ("CLAIMED", "NEGOTIATING"), ("NEGOTIATING", "WON"), ("NEGOTIATING", "LOST"),
}  # fmt: skip
# What it leaves open: consultations, withdrawal and people who leave, giving up, giving back.
MORE = {
    ("CAPTURED", "KEPT"), ("OFFERED", "ROUTED"), ("CLAIMED", "ROUTED"), ("NEGOTIATING", "ROUTED"),
    ("CLAIMED", "RETURNED"), ("NEGOTIATING", "RETURNED"),
    *((state.value, "LOST") for state in OPEN),
}  # fmt: skip


def test_the_table_of_states_has_the_arrows_of_the_specification_and_no_others():
    found = {
        (state.value, then.value)
        for state in State
        for move in Move
        if (then := after(state, move)) is not None and then != state
    }

    assert found == ARROWS | MORE


def test_nothing_leads_out_of_what_is_over():
    for state in (State.LOST, State.KEPT, State.COMPLETED):
        assert moves_from(state) == {Move.NOTE}


@pytest.mark.parametrize(
    ("elements", "is_named", "lacking"),
    [
        (Elements(), False, set(Element)),
        (Elements(expected_fen=0), True, set(Element) - {Element.BASICS}),
        (Elements(contact_name="王"), False, set(Element)),
        (
            Elements(contact_name="王", contact_phone="1380"),
            False,
            set(Element) - {Element.CONTACT},
        ),
        (Elements(company="港务"), False, set(Element) - {Element.ENTERPRISE}),
    ],
)
def test_missing_elements_are_told(elements, is_named, lacking):
    assert set(missing(elements, is_named=is_named, is_customer=False)) == lacking


def test_a_customer_is_an_enterprise_that_is_known():
    found = missing(Elements(), is_named=False, is_customer=True)

    assert Element.ENTERPRISE not in found


@pytest.mark.parametrize(
    ("typed", "key"),
    [("S01-261129-00042", 42), ("s0126112900042", 42), ("01-261129-00042", None), ("", None)],
)
def test_numbers_are_read_with_or_without_hyphens(typed, key):
    assert key_in(typed) == key


def test_whoever_fits_best_is_proposed():
    people = [
        Able(1, is_near=True, open_count=1),
        Able(2, serves_area=True, open_count=9),
        Able(3, is_manager=True, is_away=True),
        Able(4, serves_area=True, is_authorised=True, open_count=99),
        Able(5, serves_area=True, is_authorised=True, had_it=True),
        Able(6, serves_area=True, is_authorised=True, is_full=True),
    ]

    order = judged(people)

    assert [each.able.key for each in order] == [4, 2, 1, 6, 5, 3]
    assert [each.is_fit for each in order] == [True, True, True, False, False, False]


@pytest.mark.parametrize(
    ("state", "stage", "following", "count"),
    [
        ("CLAIMED", "DIGGING", "PREPLAN", 4),
        ("CLAIMED", "SOLUTION", "NEGOTIATION", 4),
        ("NEGOTIATING", "NEGOTIATION", "CONTRACT", 1),
        ("NEGOTIATING", "CONTRACT", None, 1),
        ("WON", "HANDOVER", "VISIT", 1),
        ("WON", "VISIT", "DONE", 1),
        ("WON", "DONE", None, 0),
        ("OFFERED", "", None, 0),
        ("LOST", "SOLUTION", None, 0),
    ],
)
def test_stages_follow_each_other(state, stage, following, count):
    assert next_stage(state, stage) == following
    assert len(stages_from(state, stage)) == count


def test_every_stage_that_can_follow_is_a_move_of_the_table():
    for state in State:
        for stage in ("", "DIGGING", "CONTRACT", "HANDOVER"):
            for target in stages_from(state, stage):
                assert after(state, move_for(state, target)) is not None


def test_the_first_talks_make_it_negotiating():
    assert move_for("CLAIMED", "NEGOTIATION") == Move.NEGOTIATE
    assert move_for("CLAIMED", "CONTRACT") == Move.NEGOTIATE
    assert move_for("NEGOTIATING", "CONTRACT") == Move.STAGE


def test_stages_take_as_long_as_from_one_to_the_next():
    began = datetime(2026, 3, 2, 9)
    hour = timedelta(hours=1)
    steps = [
        (1, began, "", "DIGGING"),
        (1, began + 2 * hour, "DIGGING", "SOLUTION"),
        (1, began + 5 * hour, "SOLUTION", "DIGGING"),
        (1, began + 9 * hour, "DIGGING", "SOLUTION"),
        (2, began, "", "DIGGING"),
        (2, began + 6 * hour, "DIGGING", "PREPLAN"),
    ]

    # The middle of 2, 4 and 6 hours; what goes on does not count.
    assert stage_hours(steps) == {"DIGGING": (4, 3), "SOLUTION": (3, 1)}


def test_shares_and_weights():
    assert (share(1, 3), share(0, 0)) == (33, None)
    assert (weighted(1000, "CONTRACT"), weighted(1000, "VISIT")) == (800, 0)
