"""
Who should own a customer, by table, against both evaluators (M3, M6).

Numbers as delivered: same unit 40, same city 20, level fits 20, all capacity free 30, language
15; an ordinary customer weighs 1, VIP 2, silver 3, gold 4, diamond 6, a group 10, a prospect 2;
gold and better, groups and prospects want an account manager.
"""

import pytest

from dakehu.ownership import rules
from dakehu.ownership.rules.reference import reference_owners
from dakehu.ownership.values import Candidate, Claims, Homeless, OwnerNumbers, Points

NUMBERS = OwnerNumbers()
EAST, WEST = 11, 12


def customer(pk=1, *, unit=EAST, city="01", rank=None, **kind):
    options = {"is_group": False, "is_prospect": False, **kind}
    return Homeless(pk=pk, unit_id=unit, city=city, rank=rank, **options)


def owner(pk=7, *, unit=EAST, city="01", load=0, capacity=300, **more):
    return Candidate(
        pk=pk,
        unit_id=unit,
        city=city,
        is_telephone=more.get("telephone", False),
        load=load,
        capacity=capacity,
        languages=frozenset(more.get("languages", ())),
    )


def owner_by_both(customers, owners, numbers=NUMBERS):
    """Return the owners by customer, on which both evaluators agree."""
    proposals = rules.proposals_for(customers, owners, numbers)
    found = {each.customer_id: each.owner_id for each in proposals}
    told = {
        each.customer_id: None if each.points is None else (each.owner_id, each.points.total)
        for each in proposals
    }
    assert told == reference_owners(customers, owners, numbers)
    return found


@pytest.mark.parametrize(
    ("looked_at", "by", "points"),
    [
        # customer, person, (area, tier, load, language)
        (customer(rank=4), owner(), (40, 20, 29, 0)),
        (customer(rank=4), owner(unit=WEST), (20, 20, 29, 0)),
        (customer(rank=4), owner(unit=21, city="02"), (0, 20, 29, 0)),
        (customer(rank=3), owner(), (40, 20, 29, 0)),
        (customer(rank=2), owner(), (40, 0, 29, 0)),
        (customer(rank=2), owner(telephone=True), (40, 20, 29, 0)),
        (customer(rank=None), owner(telephone=True), (40, 20, 29, 0)),
        (customer(rank=3), owner(telephone=True), (40, 0, 29, 0)),
        (customer(is_group=True), owner(), (40, 20, 29, 0)),
        (customer(is_group=True), owner(telephone=True), (40, 0, 29, 0)),
        (customer(is_prospect=True), owner(), (40, 20, 29, 0)),
        (customer(rank=1), owner(load=148), (40, 0, 15, 0)),
        (customer(rank=1), owner(load=149), (40, 0, 14, 0)),
        (customer(rank=1), owner(load=298), (40, 0, 0, 0)),
        (customer(rank=1, language="藏语"), owner(languages=("藏语",)), (40, 0, 29, 15)),
        (customer(rank=1, language="藏语"), owner(languages=("英语",)), (40, 0, 29, 0)),
        (customer(rank=1, language=""), owner(languages=("",)), (40, 0, 29, 0)),
    ],
)
def test_what_speaks_for_an_owner(looked_at, by, points):
    assert rules.points_for(looked_at, by, NUMBERS) == Points(*points)
    assert reference_owners([looked_at], [by], NUMBERS) == {1: (7, sum(points))}


@pytest.mark.parametrize(
    ("load", "capacity", "has_room"),
    [(294, 300, True), (295, 300, False), (0, 6, True), (0, 5, False), (0, 0, False)],
)
def test_whoever_would_be_over_capacity_is_not_proposed(load, capacity, has_room):
    diamond = customer(rank=4)

    found = owner_by_both([diamond], [owner(load=load, capacity=capacity)])

    assert (found[1] is not None) == has_room


def test_the_heaviest_customer_chooses_first():
    group, ordinary = customer(2, is_group=True), customer(1, rank=0)

    found = owner_by_both([ordinary, group], [owner(capacity=10)])

    assert found == {1: None, 2: 7}


def test_every_placement_takes_room_from_the_next():
    customers = [customer(pk, rank=3) for pk in range(1, 5)]

    found = owner_by_both(customers, [owner(7, capacity=40), owner(8, capacity=40)])

    assert sorted(found.values()) == [7, 7, 8, 8]


@pytest.mark.parametrize(
    ("owners", "winner"),
    [
        ([owner(7), owner(8)], 7),
        ([owner(8), owner(7)], 7),
        # Points are rounded down to be equal; the one with more room wins.
        ([owner(7, load=1), owner(8)], 8),
        ([owner(7, unit=WEST), owner(8)], 8),
    ],
)
def test_equal_points_go_to_more_room_then_to_the_lower_number(owners, winner):
    assert owner_by_both([customer(rank=3)], owners) == {1: winner}


def test_without_anybody_nobody_is_proposed():
    assert owner_by_both([customer()], []) == {1: None}


@pytest.mark.parametrize(
    ("load", "capacity", "standing"),
    [
        (301, 300, "OVER"),
        (300, 300, "GOOD"),
        (180, 300, "GOOD"),
        (179, 300, "UNDER"),
        (0, 300, "UNDER"),
        (1, 0, "OVER"),
        (0, 0, "GOOD"),
    ],
)
def test_a_load_is_too_much_or_too_little(load, capacity, standing):
    assert rules.standing_for(load, capacity, NUMBERS) == standing


@pytest.mark.parametrize(
    ("own", "telephone", "capacity"),
    [(None, False, 300), (None, True, 500), (80, False, 80), (0, True, 0)],
)
def test_a_persons_own_capacity_comes_before_that_of_the_role(own, telephone, capacity):
    assert rules.capacity_for(own, is_telephone=telephone, numbers=NUMBERS) == capacity


@pytest.mark.parametrize(
    ("today", "held", "left"),
    [(0, 0, 10), (9, 0, 1), (10, 0, 0), (11, 0, 0), (0, 49, 1), (0, 50, 0), (3, 45, 5)],
)
def test_claims_end_at_the_first_limit(today, held, left):
    assert rules.claimable(Claims(today=today, held=held), NUMBERS) == left
