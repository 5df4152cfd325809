"""Standings follow the card levels of data days."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories.customers import CustomerFactory

from dakehu.tiering.choices import CARD_LEVEL, DecisionKind
from dakehu.tiering.models import Scheme, Standing
from dakehu.tiering.operations import follow_card_levels
from dakehu.tiering.pages.standings import standing_panel
from dakehu.tiering.queries.cards import card_level_program, card_numbers_numbered

D1 = date(2026, 2, 27)
D2, D3, D4 = (D1 + timedelta(days=n) for n in (1, 2, 3))


@pytest.fixture
def zhang(manager):
    """One managed individual."""
    return CustomerFactory(manager=manager, number="01S1")


def told(rank, *, old=0, number="01S1", city=None):
    """The result row of one subscriber."""
    return (number, old, rank, 12_345, 3, city)


def follow(at, day, *rows):
    return follow_card_levels(day=day, rows=iter(rows), at=at)


def stretches(customer):
    found = Standing.objects.filter(customer=customer).order_by("active_from")
    return [(each.level.rank, each.active_from, each.active_to) for each in found]


def test_the_first_day_opens_a_standing_with_what_decided_it(zhang, at):
    changed = follow(at, D1, told(2, old=1))

    assert changed == 1
    assert stretches(zhang) == [(2, D1, None)]
    assert Standing.objects.get().evidence == {
        "old_level": 1,
        "avg3": 12_345,
        "arr": 3,
        "numbers_version": 1,
    }


@pytest.fixture
def second_version(db):
    """Numbers published for D3: the first level begins at 90 yuan."""
    scheme = Scheme.objects.get(code=CARD_LEVEL)
    first = scheme.rule_sets.get(number=1)
    first.pk, first.number, first.active_from = None, 2, D3
    first.body = {"card": {**first.body["card"], "limit_1": 9_000}}
    first.save()
    return first


def test_published_numbers_decide_from_their_day_on(second_version):
    limits = [card_level_program(day).parameters["limit_1"] for day in (D1, D2, D3, D4)]

    assert limits == [5_000, 5_000, 9_000, 9_000]


def test_a_standing_keeps_which_numbers_decided_it(second_version, zhang, at):
    follow(at, D2, told(2))
    follow(at, D3, told(3))

    kept = [each.evidence["numbers_version"] for each in Standing.objects.order_by("active_from")]
    assert kept == [1, 2]
    assert [card_numbers_numbered(version).limit_1 for version in kept] == [5_000, 9_000]


def test_a_standing_says_whose_numbers_decided_it_and_since_when(
    second_version, zhang, people, at
):
    second_version.body["card"]["local"] = {"02": {"limit_1": 4_000}}
    second_version.save()
    follow(at, D3, told(2), told(1, number="02S1", city="02"))
    follow(at, D4, told(1, city="02"))

    assert [each.evidence.get("limit_city") for each in Standing.objects.order_by("pk")] == [
        None,
        "02",
    ]
    panel = standing_panel(people.manager, zhang.pk)
    assert (
        panel.reasons[-1]
        == "山城市自 2026-03-01 起的标准：贵宾起点（元/月） 40.00（全省 90.00）。"
    )


def test_a_day_at_the_same_level_changes_nothing(zhang, at):
    follow(at, D1, told(2))

    assert follow(at, D2, told(2)) == 0
    assert stretches(zhang) == [(2, D1, None)]


def test_another_level_ends_one_standing_and_opens_the_next(zhang, at):
    follow(at, D1, told(2))

    assert follow(at, D3, told(3)) == 1
    assert stretches(zhang) == [(2, D1, D3), (3, D3, None)]


def test_a_redo_of_the_same_days_changes_nothing(zhang, at):
    for day, rank in ((D1, 2), (D2, 2), (D3, 3)):
        follow(at, day, told(rank))
    before = list(Standing.objects.values())

    assert [follow(at, day, told(rank)) for day, rank in ((D1, 2), (D2, 2), (D3, 3))] == [0, 0, 0]
    assert list(Standing.objects.values()) == before


def test_a_corrected_day_takes_the_level_told_last(zhang, at):
    follow(at, D1, told(2))
    follow(at, D2, told(3))

    follow(at, D2, told(4))

    assert stretches(zhang) == [(2, D1, D2), (4, D2, None)]
    assert Standing.objects.get(level__rank=4).kind == DecisionKind.CORRECTION


def test_a_correction_that_takes_a_change_back_joins_the_stretches(zhang, at):
    follow(at, D1, told(2))
    follow(at, D2, told(3))

    follow(at, D2, told(2))

    assert stretches(zhang) == [(2, D1, None)]


@pytest.mark.parametrize(
    ("first", "second"),
    [((2, 2, 3, 3), (2, 3, 3, 3)), ((2, 3, 3, 2), (2, 2, 3, 2)), ((1, 2, 3, 4), (4, 4, 4, 4))],
)
def test_following_days_again_ends_where_following_them_once_does(zhang, at, first, second):
    days = (D1, D2, D3, D4)
    for day, rank in zip(days, first, strict=True):
        follow(at, day, told(rank))
    for day, rank in zip(days, second, strict=True):
        follow(at, day, told(rank))
    redone = stretches(zhang)
    Standing.objects.all().delete()
    for day, rank in zip(days, second, strict=True):
        follow(at, day, told(rank))

    assert redone == stretches(zhang)


def test_a_day_before_the_first_one_lasts_until_it(zhang, at):
    follow(at, D3, told(3))

    follow(at, D1, told(1))

    assert stretches(zhang) == [(1, D1, D3), (3, D3, None)]


def test_an_unknown_subscriber_is_left_out(zhang, at):
    assert follow(at, D1, told(2), told(3, number="01S9")) == 1


def test_who_is_no_longer_managed_stands_nowhere(zhang, at):
    follow(at, D1, told(2))
    zhang.managed = False
    zhang.save()

    follow(at, D2)

    assert stretches(zhang) == [(2, D1, D2)]


def test_many_customers_take_as_many_statements_as_one(manager, at, django_assert_num_queries):
    for number in range(30):
        CustomerFactory(manager=manager, number=f"01S{number:03d}")
    rows = [told(2, number=f"01S{number:03d}") for number in range(30)]
    with CaptureQueriesContext(connection) as for_one:
        follow(at, D1, rows[0])

    with django_assert_num_queries(len(for_one)):
        follow(at, D1, *rows[1:])
