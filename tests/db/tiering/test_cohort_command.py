"""``dakehu cohorts``: every cohort, one day by day, several at the same age."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from tests.factories.cohorts import DAY, make_cohort
from tests.factories.customers import CustomerFactory


@pytest.fixture
def pair(people, at):
    """Two cohorts of four members: one lost one of them, the younger one two."""
    members = [CustomerFactory(manager=people.manager) for _ in range(4)]
    maker = people.operations_center
    return (
        make_cohort(maker, members, at=at, became={1: "LEFT"}),
        make_cohort(
            maker, members, at=at, became={0: "LEFT", 2: "BELOW"}, day=DAY + timedelta(days=3)
        ),
    )


def cohorts(*arguments: object) -> str:
    out = StringIO()
    call_command("cohorts", *map(str, arguments), stdout=out)
    return out.getvalue()


def test_the_list_tells_the_newest_retention_of_all(pair):
    told = json.loads(cohorts("list", "--json"))

    assert [(each["members"], each["retention"]) for each in told] == [(4, 75.0), (4, 50.0)]
    assert [each["number"] for each in told] == [each.pk for each in pair]


def test_one_cohort_is_told_day_by_day(pair):
    lines = cohorts("show", pair[0].pk).splitlines()

    assert lines[0].split("\t") == ["2026-02-01", "0", "4", "4", "0", "0", "0", "100.0"]
    assert lines[1].split("\t") == ["2026-02-08", "7", "4", "3", "0", "0", "1", "75.0"]


def test_several_are_compared_at_the_same_age(pair):
    first, second = (each.pk for each in pair)

    told = json.loads(cohorts("compare", first, second, "--json"))

    assert told[-1] == {"age": 7, str(first): 75.0, str(second): 50.0}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [(("show", 99), "Known: "), (("compare", 1, 2, 3, 4, 5, 6), "at most 5")],
)
def test_what_is_not_there_is_refused_in_words(pair, english, arguments, words):
    with pytest.raises(CommandError, match=words):
        cohorts(*arguments)
