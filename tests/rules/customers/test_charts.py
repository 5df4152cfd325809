"""Who reports to whom: everybody stands in the chart once, and nobody above themselves."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dakehu.customers.rules.charts import chart_of, leads_back


@dataclass(frozen=True)
class Person:
    pk: int
    superior_id: int | None


def names(places):
    return [(place.person.pk, names(place.below)) for place in places]


def test_people_stand_below_their_superiors_in_their_order():
    people = [Person(1, None), Person(2, 1), Person(3, 2), Person(4, 1), Person(5, 99)]

    assert names(chart_of(people)) == [(1, [(2, [(3, [])]), (4, [])]), (5, [])]


@pytest.mark.parametrize(
    ("person", "superior", "is_ring"),
    [(1, 1, True), (1, 2, True), (1, 3, True), (3, 1, False), (2, 4, False), (4, 3, False)],
)
def test_nobody_reports_to_somebody_below_them(person, superior, is_ring):
    above = {1: None, 2: 1, 3: 2, 4: None}

    assert leads_back(person, superior, above) is is_ring


@given(st.lists(st.integers(0, 7), max_size=7))
def test_everybody_stands_in_it_once_whatever_the_records_say(superiors):
    people = [Person(pk, superior or None) for pk, superior in enumerate(superiors, start=1)]
    found = []

    def walk(places):
        for place in places:
            found.append(place.person)
            walk(place.below)

    walk(chart_of(people))

    assert sorted(found, key=lambda each: each.pk) == people
