"""The check list, what is ordered again, and the rating of partners: as tables."""

import pytest

from dakehu.channels.values import Named
from dakehu.opportunities.rules import orders, rating
from dakehu.opportunities.rules.rating import Record

LINE, MAS = Named("LEASED_LINE"), Named("MAS")


def test_points_are_those_of_each_product_or_the_usual_ones():
    found = orders.points_for((LINE, LINE, MAS), {"MAS": ["机房"], "LEASED_LINE": ()}, ["执照"])

    assert found == [("LEASED_LINE", "执照"), ("MAS", "机房")]
    assert orders.open_points(found, [("MAS", "机房"), ("X", "y")]) == [("LEASED_LINE", "执照")]


@pytest.mark.parametrize(
    ("answers", "left"),
    [
        ({}, [LINE, MAS]),
        ({LINE: "DONE", MAS: "REFUSED"}, [MAS]),
        ({LINE: "DONE", MAS: "WAITING"}, []),
        ({LINE: "DONE", MAS: "DONE"}, []),
    ],
)
def test_what_was_refused_is_ordered_again(answers, left):
    assert orders.to_order((LINE, MAS), answers) == left


def test_when_an_order_is_answered():
    assert orders.is_answered(["DONE", "REFUSED"])
    assert not orders.is_answered(["DONE", "WAITING"])
    assert orders.is_all_set_up(["DONE"])
    assert not orders.is_all_set_up(["DONE", "REFUSED"])


@pytest.mark.parametrize(
    ("record", "points", "grade"),
    [
        (Record(offered=2, claimed=2, won=2), None, ""),
        (Record(offered=4, claimed=4, won=3), 100, "A"),
        (Record(offered=4, claimed=4), 80, "A"),
        (Record(offered=4, claimed=2, returned=1, expired=1, won=1, lost=1), 60, "B"),
        (Record(offered=3, returned=3), 25, "C"),
        (Record(offered=4, claimed=4, won=2, lost=2, complaints=4), 70, "B"),
    ],
)
def test_the_rating_of_a_partner(record, points, grade):
    assert rating.score(record) == points
    assert rating.grade(points) == grade


def test_more_of_what_is_good_never_rates_lower():
    base = {"offered": 10, "claimed": 5, "returned": 2, "expired": 3, "won": 2, "lost": 2}
    worse = [{"returned": 5}, {"expired": 6}, {"lost": 4}, {"complaints": 3}]

    for change in worse:
        assert rating.score(Record(**{**base, **change})) <= rating.score(Record(**base))
