"""Limits that a city has of its own: evaluated, explained with their age, tried out (T21)."""

from datetime import date

import pytest
from tests.factories.facts import Facts
from tests.factories.tiers import DAY, Groups

from dakehu.tiering.errors import UnableToChangeRules
from dakehu.tiering.models import RuleSet, SimulatedMove, Standing, TierMove
from dakehu.tiering.operations import simulating
from dakehu.tiering.operations.running import evaluate
from dakehu.tiering.operations.versions import propose_rules, read_body
from dakehu.tiering.pages.reasons import scheme_panels
from dakehu.tiering.queries.moving import MoveWords
from dakehu.tiering.queries.schemes import body_of, get_scheme
from dakehu.tiering.queries.sources import register_provider
from dakehu.tiering.queries.trying import version_tried
from dakehu.tiering.rules.bodies import body_to_data
from dakehu.tiering.rules.localizing import cities_of, limits_in, with_own

JUNE = date(2026, 6, 7)


@pytest.fixture
def scheme(people):
    return get_scheme("group-abc")


@pytest.fixture
def groups(people, tmp_path):
    from dakehu.exchange.jobs.engines import tiering_provider

    world = Groups(Facts(tmp_path), people.manager.unit, people.manager)
    world.use()
    yield world
    register_provider(tiering_provider())


def version(scheme, number: int, active_from: date, **own: int) -> RuleSet:
    """Publish rules in which city 02 asks for other numbers of employees of level 3."""
    first = scheme.rule_sets.get(number=1)
    rules = body_of(first)
    [employees] = [
        each for each in limits_in(rules) if each.rank == 3 and each.limit.measure == "employees"
    ]
    numbers = {employees.key: own["employees"]} if own else {}
    return RuleSet.objects.create(
        scheme=scheme, number=number, state="PUBLISHED", active_from=active_from,
        published_on=active_from, created_on=active_from,
        body=body_to_data(with_own(rules, "02", numbers)),
    )  # fmt: skip


def deliver_alike(groups, day=DAY):
    """Tell of two groups that are alike but for their city."""
    alike = {"employees": 60, "revenue": 600_000}
    groups.deliver(day, {"G1": alike, "G2": alike | {"city_id": "02"}})


def test_a_city_judges_by_its_own_number_and_says_since_when(groups, scheme, people, at):
    version(scheme, 2, date(2026, 1, 1), employees=50)
    version(scheme, 3, date(2026, 2, 1), employees=50)
    deliver_alike(groups)

    evaluate(scheme, day=DAY, by=None, at=at)

    found = Standing.objects.values_list("customer__number", "level__name")
    assert dict(found) == {"G1": "C", "G2": "B1"}
    [panel] = scheme_panels(people.manager, groups.customers["G2"].pk, on=JUNE)
    told = [line.own for line in panel.reasons if line.own]
    assert told == ["山城市标准，自 2026-01-01 起"]
    [other] = scheme_panels(people.manager, groups.customers["G1"].pk, on=JUNE)
    assert not [line.own for line in (*other.reasons, *other.missing) if line.own]


def test_a_move_keeps_the_city_it_was_judged_in(groups, scheme, at):
    deliver_alike(groups)
    evaluate(scheme, day=DAY, by=None, at=at)
    version(scheme, 2, date(2026, 6, 1), employees=50)
    deliver_alike(groups, JUNE)

    evaluate(scheme, day=JUNE, by=None, at=at)

    [move] = TierMove.objects.all()
    assert (move.customer.number, move.evidence["limit_city"]) == ("G2", "02")


def test_a_draft_is_tried_out_with_the_numbers_of_cities(groups, scheme, people, at):
    deliver_alike(groups)
    draft = version(scheme, 2, date(2026, 6, 1), employees=50)
    asked = simulating.ask_simulation(
        tried=version_tried(draft), day=DAY, by=people.administrator, at=at
    )
    simulating.carry_out(asked, now=lambda: at)

    [move] = SimulatedMove.objects.filter(simulation=asked)
    assert move.customer.number == "G2"
    why = MoveWords(asked).why(move)
    assert "山城市" in why
    assert "≥ 100" in why


def test_a_level_that_one_city_can_never_give_is_refused(scheme, people, at):
    rules = body_of(scheme.rule_sets.get(number=1))
    tax = {each.rank: each for each in limits_in(rules) if each.limit.measure == "tax_rank"}
    absurd = with_own(rules, "02", {tax[5].key: 900, tax[3].key: 800})
    assert cities_of(absurd) == ("02",)
    only = {"levels": [
        {"rank": 5, "when": {"measure": "employees", "is": ">=", "value": 500}},
        {"rank": 3, "when": {"measure": "employees", "is": ">=", "value": 100,
                             "local": {"02": 600}}},
        {"rank": 0},
    ]}  # fmt: skip
    draft = RuleSet.objects.create(
        scheme=scheme, number=2, created_on=at.date(), body=body_to_data(read_body(scheme, only))
    )

    with pytest.raises(UnableToChangeRules, match="山城市"):
        propose_rules(
            rule_set=draft, active_from=JUNE, reason="", by=people.operations_center, at=at
        )


def test_a_number_of_a_city_that_does_not_exist_is_refused(scheme):
    limit = {"measure": "employees", "is": ">=", "value": 5, "local": {"77": 3}}
    with pytest.raises(UnableToChangeRules, match="77"):
        read_body(scheme, {"levels": [{"rank": 5, "when": limit}, {"rank": 0}]})
