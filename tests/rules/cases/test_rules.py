"""States, priorities, working order, numbers, lists and likeness of cases, as tables."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dakehu.cases.choices import CaseKind, CaseState, Move
from dakehu.cases.rules import (
    batches,
    likeness,
    numbers,
    order,
    priorities,
    routing,
    states,
    wording,
)
from dakehu.cases.values import BatchLine, Matter, Place
from dakehu.tiering.choices import Grade
from dakehu.tiering.rules.grades import grade_of

AT = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("state", "move", "expected"),
    [
        ("NEW", "TAKE", "TAKEN"),
        ("NEW", "WAIT", None),
        ("TAKEN", "WAIT", "WAITING"),
        ("WAITING", "WAIT", None),
        ("WAITING", "RESUME", "TAKEN"),
        ("TAKEN", "RESUME", None),
        ("TAKEN", "PUT_BACK", "NEW"),
        ("WAITING", "CLOSE", "CLOSED"),
        ("CLOSED", "CLOSE", None),
        ("CLOSED", "REOPEN", "TAKEN"),
        ("CLOSED", "TALK", None),
        ("NEW", "REOPEN", None),
        ("MERGED", "NOTE", None),
        ("MERGED", "REOPEN", None),
    ],
)
def test_a_move_leads_where_the_table_says(state, move, expected):
    assert states.after(state, move) == expected


def test_from_every_open_state_a_case_can_be_closed_and_from_no_other():
    closing = {state for state in CaseState if states.after(state, Move.CLOSE)}

    assert closing == {CaseState.NEW, CaseState.TAKEN, CaseState.WAITING}


@pytest.mark.parametrize(
    ("kind", "top", "middle", "base", "none"),
    [
        # C3: the upper levels have the highest priority, the middle ones the second.
        ("BATCH", 1, 2, 3, 3),
        ("FAULT", 1, 2, 2, 3),
        ("COMPLAINT", 1, 2, 2, 3),
        # C13: open questions are worked off in the order of the levels.
        ("CONSULTATION", 2, 3, 3, 4),
        ("SUGGESTION", 3, 4, 4, 4),
    ],
)
def test_the_priority_follows_from_level_and_kind(kind, top, middle, base, none):
    found = [priorities.priority_for(kind, grade) for grade in Grade]

    assert found == [top, middle, base, none]


@pytest.mark.parametrize("kind", CaseKind.values)
def test_a_higher_level_never_stands_behind_a_lower_one(kind):
    found = [priorities.priority_for(kind, grade) for grade in Grade]

    assert found == sorted(found)


@pytest.mark.parametrize(
    ("rank", "ranks", "grade"),
    [
        (5, 5, "TOP"),
        (4, 5, "TOP"),
        (3, 5, "MIDDLE"),
        (2, 5, "MIDDLE"),
        (1, 5, "BASE"),
        (4, 4, "TOP"),
        (3, 4, "TOP"),
        (2, 4, "MIDDLE"),
        (1, 4, "BASE"),
        (1, 1, "TOP"),
        (0, 5, "NONE"),
    ],
)
def test_levels_of_any_scheme_have_a_grade(rank, ranks, grade):
    assert grade_of(rank, ranks) == grade


places = st.builds(
    Place,
    priority=st.integers(1, 4),
    due_at=st.none()
    | st.datetimes(datetime(2020, 1, 1), datetime(2100, 1, 1)).map(
        lambda moment: moment.replace(tzinfo=UTC, microsecond=0)
    ),
    opened_at=st.just(AT),
)


@settings(max_examples=60)
@given(first=places, second=places)
def test_the_turn_orders_as_priority_and_deadline_do(first, second):
    """One number says what two comparisons would: priority, then the nearest deadline."""
    far = datetime(9999, 1, 1, tzinfo=UTC)
    keys = [(place.priority, place.due_at or far) for place in (first, second)]
    turns = [order.turn_of(place) for place in (first, second)]

    assert (turns[0] < turns[1]) == (keys[0] < keys[1])
    assert (turns[0] == turns[1]) == (keys[0] == keys[1])


def test_why_one_stands_before_another_is_said_by_what_differs_first():
    soon, late = AT + timedelta(hours=1), AT + timedelta(hours=9)

    assert order.decider(Place(1, late, AT), Place(2, soon, AT)) == "priority"
    assert order.decider(Place(2, soon, AT), Place(2, late, AT)) == "clock"
    assert order.decider(Place(2, soon, AT), Place(2, soon, late)) == "age"


def test_a_number_leads_back_to_its_case_with_hyphens_or_without():
    number = numbers.number_of("01", date(2026, 11, 29), 42)

    assert number == "01-261129-00042"
    assert numbers.key_in(number) == numbers.key_in("0126112900042") == 42
    assert numbers.key_in("13800001111") is None or numbers.key_in("138") is None


def test_a_pasted_list_is_read_row_by_row_and_every_bad_row_is_named():
    lines, troubles = batches.lines_in("13800000001\t开通彩铃\n\n号码\n13800000002，停机 保号\n")

    assert lines == [
        BatchLine("13800000001", "开通彩铃"),
        BatchLine("13800000002", "停机 保号"),
    ]
    assert troubles == ["3: 号码"]
    assert batches.repeated([*lines, lines[0]]) == ["13800000001"]


def test_the_green_channel_begins_at_thirty():
    assert not batches.is_green(29)
    assert batches.is_green(30)


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        (Matter("FAULT", "专线不通", True, AT - timedelta(days=40)), True),
        (Matter("FAULT", "专线不通", False, AT - timedelta(days=3)), True),
        (Matter("FAULT", "专线不通", False, AT - timedelta(days=8)), False),
        (Matter("CONSULTATION", "专线又断了，网络不通", True, AT), True),
        (Matter("CONSULTATION", "套餐怎么退订", True, AT), False),
    ],
)
def test_what_is_likely_the_same_matter(known, expected):
    new = Matter("FAULT", "专线断了网络不通", True, AT)

    assert likeness.is_likely_same(new, known) is expected


def test_a_case_goes_to_the_nearest_team_that_leads_its_service():
    teams = {7: "1/2/7/", 8: "1/2/3/8/", 9: "1/4/9/"}

    assert routing.nearest_team("1/2/3/5/", teams) == 8
    assert routing.nearest_team("1/2/6/", teams) == 7
    assert routing.nearest_team("1/5/", teams) is None


def test_the_subject_is_the_first_sentence_and_shows_no_number():
    assert wording.subject_of("专线断了。已经一小时。") == "专线断了"
    assert len(wording.subject_of("长" * 200)) == wording.LONGEST
    assert wording.without_numbers("请回电13812345678") == "请回电138********"
