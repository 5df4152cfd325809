"""Simulations: what rules would do, beside the rules in force; nothing else is written."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.apps import apps
from django.db.models import Max
from tests.factories.tiering import StandingFactory
from tests.factories.worlds import group_of, person_of

from dakehu.tiering.choices import Basis, SimulationState
from dakehu.tiering.errors import UnableToSimulate
from dakehu.tiering.jobs import simulations as jobs
from dakehu.tiering.models import RuleSet, SimulatedMove, Simulation
from dakehu.tiering.operations.simulating import carry_out
from dakehu.tiering.queries.moving import MoveWords
from dakehu.tiering.queries.schemes import body_of, get_scheme, rules_in_force
from dakehu.tiering.queries.simulations import held_in, move_counts, simulated_moves
from dakehu.tiering.queries.trying import Tried
from dakehu.tiering.rules.bodies import body_to_data

DAY = date(2026, 3, 5)


@pytest.fixture
def scheme(db):
    return get_scheme("group-abc")


@pytest.fixture
def groups(world, people):
    """Two groups of the manager, one of a colleague, one of the other city."""
    holders = {
        "G1": people.manager,
        "G2": people.manager,
        "G3": people.colleague,
        "G4": people.stranger,
    }
    world.deliver_groups(
        DAY,
        {
            "G1": {"org_kind": "enterprise", "employees": 120, "revenue": 600_000},
            "G2": {"org_kind": "enterprise", "employees": 90, "revenue": 600_000},
            "G3": {"org_kind": "enterprise", "employees": 600, "revenue": 6_000_000},
            "G4": {"org_kind": "enterprise", "employees": 5, "revenue": 100},
        },
    )
    return {number: group_of(number, holder) for number, holder in holders.items()}


def easier(scheme) -> dict:
    """Return the rules in force with 80 instead of 100 employees, 700 instead of 500."""
    changed = []

    def walked(node):
        if isinstance(node, list):
            return [walked(each) for each in node]
        if not isinstance(node, dict):
            return node
        if node.get("measure") == "employees":
            changed.append(node)
            return node | {"value": {100: 80, 500: 700}[node["value"]]}
        return {name: walked(each) for name, each in node.items()}

    body = walked(rules_in_force(scheme, on=DAY).body)
    assert len(changed) == 2
    return body


def asked(scheme, by, at, body=None, day=DAY) -> Simulation:
    tried = Tried(scheme, body or easier(scheme), label="rules.yaml")
    return jobs.ask(tried=tried, day=day, by=by, at=at)


def test_a_simulation_says_who_would_move_and_what_the_rules_saw(
    groups, scheme, people, at, finish_work
):
    simulation = asked(scheme, people.administrator, at)
    finish_work()

    simulation.refresh_from_db()
    moves = SimulatedMove.objects.order_by("customer__number")
    assert (simulation.state, simulation.customers) == (SimulationState.DONE, 4)
    assert [(m.customer.number, m.base, m.level) for m in moves] == [("G2", 1, 3), ("G3", 5, 3)]
    assert moves[0].evidence["employees"] == 90
    assert simulation.levels == {
        "level": {"3": 3, "1": 1},
        "base": {"5": 1, "3": 1, "1": 2},
        "before": {},
    }


def test_figures_are_those_of_the_list_of_whoever_looks(groups, scheme, people, at, finish_work):
    simulation = asked(scheme, people.administrator, at)
    finish_work()
    everything = {(1, 3): 1, (5, 3): 1}

    seen = {
        who: move_counts(person, simulation, Basis.RULES)
        for who, person in people.everybody.items()
        if who in ("administrator", "manager", "stranger", "supervisor")
    }

    assert seen == {
        "administrator": everything,
        "supervisor": everything,
        "manager": {(1, 3): 1},
        "stranger": {},
    }
    listed = simulated_moves(people.manager).filter(simulation=simulation)
    assert [each.customer.number for each in listed] == ["G2"]
    assert move_counts(people.administrator, simulation, Basis.PRESENT) == {}


def test_units_and_managers_are_held_with_their_levels_before_and_after(
    groups, scheme, people, at, finish_work
):
    simulation = asked(scheme, people.administrator, at)
    finish_work()
    simulation.refresh_from_db()
    district, manager = people.manager.unit_id, people.manager.pk

    held = held_in(people.supervisor, simulation, Basis.RULES)

    assert set(held) == {
        (district, manager, 1, 3, 1),
        (district, manager, 3, 3, 1),
        (district, people.colleague.pk, 5, 3, 1),
    }
    assert held_in(people.manager, simulation, Basis.RULES) == [
        each for each in sorted(held) if each[1] == manager
    ]


def test_a_simulation_writes_nothing_but_itself(groups, scheme, people, at, finish_work):
    asked(scheme, people.administrator, at)
    own = {Simulation, SimulatedMove}
    models = [m for m in apps.get_models() if m not in own and not m._meta.label.startswith("dj")]

    def state():
        return {m: (m.objects.count(), m.objects.aggregate(Max("pk"))) for m in models}

    before = state()
    rules = list(RuleSet.objects.values())

    finish_work()

    assert Simulation.objects.get().state == SimulationState.DONE
    assert state() == before
    assert list(RuleSet.objects.values()) == rules


def test_a_simulation_may_be_done_twice(groups, scheme, people, at):
    simulation = asked(scheme, people.administrator, at)

    carry_out(simulation, now=lambda: at)
    carry_out(simulation, now=lambda: at)

    assert SimulatedMove.objects.count() == 2
    assert Simulation.objects.get().state == SimulationState.DONE


def test_one_that_was_discarded_while_it_ran_stays_discarded(groups, scheme, people, at):
    simulation = asked(scheme, people.administrator, at)
    Simulation.objects.all().delete()

    carry_out(simulation, now=lambda: at)

    assert not Simulation.objects.exists()
    assert not SimulatedMove.objects.exists()


def test_a_day_without_data_is_refused(groups, scheme, people, at):
    with pytest.raises(UnableToSimulate, match="2026-03-05"):
        asked(scheme, people.administrator, at, day=DAY + timedelta(days=1))


def test_a_measure_that_is_gone_is_named(groups, scheme, people, at, finish_work):
    body = json.loads(json.dumps(easier(scheme)).replace('"tax_rank"', '"taxes"'))
    asked(scheme, people.administrator, at, body)

    finish_work()

    simulation = Simulation.objects.get()
    assert simulation.state == SimulationState.FAILED
    assert "taxes" in simulation.error


def test_old_simulations_go_with_their_files(groups, scheme, people, at, finish_work, world):
    asked(scheme, people.administrator, at)
    asked(scheme, people.administrator, at + timedelta(days=20))
    finish_work()
    folder = world.facts.store.simulations
    assert len(list(folder.iterdir())) == 2

    jobs.forget_simulations(at + timedelta(days=31))

    kept = Simulation.objects.get()
    assert [path.stem for path in folder.iterdir()] == [kept.token]
    assert set(SimulatedMove.objects.values_list("simulation", flat=True)) == {kept.pk}


@pytest.fixture
def individuals(world, people, at):
    """Three individuals: 100, 100 and 45 yuan a month, after a month of nothing; one is away."""
    world.tell_people(
        DAY, {"01S1": {"level": 2}, "01S2": {"level": 1, "city_id": "02"}, "01S3": {"level": 1}}
    )
    brought = {"01S1": 10_000, "01S2": 10_000, "01S3": 4_500}
    for month in (202601, 202602):
        world.tell_months(date(2026, 3, month % 100), month, brought)
    return {number: person_of(number, people.manager) for number in brought}


def test_card_levels_are_compared_with_those_held_and_those_of_the_rules(
    individuals, people, at, finish_work
):
    scheme = get_scheme("card-level")
    numbers = body_of(rules_in_force(scheme, on=DAY))
    draft = replace(numbers, months=2, limit_1=4_000).with_own("02", {"limit_2": 10_001})
    for number, rank in (("01S1", 1), ("01S2", 1), ("01S3", 0)):
        StandingFactory(customer=individuals[number], rank=rank, active_from=DAY)

    simulation = asked(scheme, people.administrator, at, body_to_data(draft))
    finish_work()

    simulation.refresh_from_db()
    moves = SimulatedMove.objects.order_by("customer__number")
    told = [(m.customer.number, m.base, m.before, m.level) for m in moves]
    assert told == [("01S1", 1, 1, 2), ("01S3", 0, 0, 1)]
    assert simulation.levels["before"] == {"1": 2, "0": 1}
    assert move_counts(people.manager, simulation, Basis.PRESENT) == {(1, 2): 1, (0, 1): 1}
    words = MoveWords(simulation)
    assert words.why(moves[0]).startswith("此前 2 个整月的月均收入：100.00 元。")
