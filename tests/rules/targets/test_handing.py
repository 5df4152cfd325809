"""Who joins and drops out, whom tasks go to, and in which order people are asked."""

import pytest
from hypothesis import given
from hypothesis import settings as trying
from hypothesis import strategies as st

from dakehu.targets.rules.handing import owner_for, queued, room_left, turnover
from dakehu.targets.values import Candidate
from dakehu.tiering.rules.widening import widened
from dakehu.tiering.values import Either, Every, Limit, OneOf, Opposite


def candidate(number: int, owner: int | None = 1, worth: int | None = None) -> Candidate:
    return Candidate(number, f"C{number:03}", 1, owner, worth)


@pytest.mark.parametrize(
    ("before", "now", "joined", "left"),
    [
        ([], [], [], []),
        ([], [1, 2], [1, 2], []),
        ([1, 2], [2, 3], [3], [1]),
        ([1, 2], [1, 2], [], []),
        ([1], [], [], [1]),
    ],
)
def test_who_joins_and_drops_out(before, now, joined, left):
    changed = turnover(before, now)

    assert (sorted(changed.joined), sorted(changed.left)) == (joined, left)


@pytest.mark.parametrize(
    ("manager", "deputies", "stand_ins", "owner"),
    [
        (7, {}, {}, 7),
        (7, {7: 8}, {}, 8),
        (7, {7: 8, 8: 9}, {}, 8),
        (7, {9: 8}, {5: 4}, 7),
        (None, {}, {5: 4}, 4),
        (None, {4: 3}, {5: 4}, 4),
        (None, {}, {}, None),
    ],
)
def test_whom_a_task_goes_to(manager, deputies, stand_ins, owner):
    assert owner_for(manager, 5, deputies=deputies, stand_ins=stand_ins) == owner


def test_the_worthiest_come_first_the_unknown_last_then_by_number():
    found = [candidate(3), candidate(1, worth=5), candidate(2, worth=9), candidate(4, worth=5)]

    places = queued(found, per_person=2)

    assert [(p.candidate.customer_id, p.rank, p.at_once) for p in places] == [
        (2, 1, True),
        (1, 2, True),
        (4, 3, False),
        (3, 4, False),
    ]


@pytest.mark.parametrize(
    ("opened", "limit", "room"), [(0, 0, None), (9, 0, None), (0, 3, 3), (3, 3, 0), (5, 3, 0)]
)
def test_how_much_room_a_person_has(opened, limit, room):
    assert room_left(opened, per_person=limit) == room


WORTHS = st.one_of(st.none(), st.integers(0, 3))
MANY = st.lists(st.tuples(st.sampled_from([None, 1, 2]), WORTHS), max_size=12)


@trying(max_examples=40)
@given(MANY, st.integers(0, 4))
def test_every_queue_is_whole_in_order_and_within_its_limit(rows, limit):
    found = [candidate(n, *row) for n, row in enumerate(rows)]

    places = queued(found, per_person=limit)

    assert {place.candidate for place in places} == set(found)
    for owner in {each.owner_id for each in found}:
        mine = [place for place in places if place.candidate.owner_id == owner]
        assert [place.rank for place in mine] == list(range(1, len(mine) + 1))
        assert sum(place.at_once for place in mine) == (
            min(limit, len(mine)) or len(mine) * (not limit)
        )
        worths = [place.candidate.worth for place in mine]
        known = [worth for worth in worths if worth is not None]
        assert worths == sorted(known, reverse=True) + [None] * (len(worths) - len(known))


def test_a_value_stands_for_all_below_it_wherever_it_is_named():
    wider = {"unit": {1: (1, 2, 3), 2: (2,)}}
    inside = Every((OneOf("unit", (1,)), Either((OneOf("unit", (2, 1)), OneOf("city", ("01",))))))
    whole = Every((inside, Opposite(OneOf("unit", (9,))), Limit("unit", ">", 1)))

    found = widened(whole, wider)

    assert found == Every(
        (
            Every(
                (
                    OneOf("unit", (1, 2, 3)),
                    Either((OneOf("unit", (2, 1, 3)), OneOf("city", ("01",)))),
                )
            ),
            Opposite(OneOf("unit", (9,))),
            Limit("unit", ">", 1),
        )
    )
