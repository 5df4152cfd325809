"""Evaluations: who stands where, from when, why; up at once, down later; again after late data."""

import os
from datetime import date

import pytest
from tests.factories.facts import Facts
from tests.factories.tiers import DAY, Groups

from dakehu.customers.queries import customers_visible_to
from dakehu.facts.judging import found_decision
from dakehu.facts.results import write_query
from dakehu.tiering import queries
from dakehu.tiering.errors import UnableToEvaluate
from dakehu.tiering.models import Evaluation, Standing, TierMove
from dakehu.tiering.operations import running
from dakehu.tiering.operations.running import evaluate, evaluate_due, remove_unnamed
from dakehu.tiering.queries.judging import decisions_of, judged, matching
from dakehu.tiering.queries.schemes import body_of, get_scheme, rules_in_force
from dakehu.tiering.queries.sources import register_provider
from dakehu.tiering.values import Limit

APRIL, MAY, JUNE = date(2026, 4, 7), date(2026, 5, 7), date(2026, 6, 7)


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


def lines(scheme) -> dict[str, list[tuple]]:
    """Return the standings of everybody: level, from, to, kind."""
    found: dict[str, list[tuple]] = {}
    for each in Standing.objects.filter(scheme=scheme).order_by("customer__number", "active_from"):
        entry = (
            each.level.name,
            str(each.active_from),
            each.active_to and str(each.active_to),
            each.kind,
        )
        found.setdefault(each.customer.number, []).append(entry)
    return found


def test_the_first_evaluation_gives_everybody_a_level(groups, scheme, at):
    groups.deliver(
        DAY,
        {
            "G1": {"tax_rank": "100"},
            "G2": {"org_kind": "government", "admin_level": "prefecture"},
            "G3": {"employees": 100, "revenue": 500_000},
            "G4": {"strategic": "prefecture"},
            "G5": {},
        },
    )

    [evaluation] = evaluate(scheme, day=DAY, by=None, at=at)

    assert {number: found[0][0] for number, found in lines(scheme).items()} == {
        "G1": "A1", "G2": "A2", "G3": "B1", "G4": "B2", "G5": "C",
    }  # fmt: skip
    assert (evaluation.customers, evaluation.changed) == (5, 5)
    assert evaluation.levels == {"1": 1, "2": 1, "3": 1, "4": 1, "5": 1}
    assert lines(scheme)["G1"] == [("A1", "2026-03-06", None, "AUTOMATIC")]
    assert not TierMove.objects.exists()


def test_decisions_keep_the_values_they_saw(groups, scheme, at):
    groups.deliver(DAY, {"G3": {"employees": 100, "revenue": 500_000, "industry": "制造业"}})

    [evaluation] = evaluate(scheme, day=DAY, by=None, at=at)

    told = found_decision(decisions_of(evaluation), "G3")
    assert (told["level"], told["employees"], told["revenue_12m"]) == (3, 100, 500_000)
    assert told["industry"] == "制造业"
    assert Standing.objects.get().evidence["employees"] == 100


def test_a_rise_acts_at_once_and_a_fall_with_the_next_quarter(groups, scheme, at):
    groups.deliver(DAY, {"G1": {"tax_rank": "90"}, "G2": {}})
    evaluate(scheme, day=DAY, by=None, at=at)
    for day in (APRIL, MAY):
        groups.deliver(day, {"G1": {}, "G2": {"tax_rank": "400"}})
        evaluate(scheme, day=day, by=None, at=at)

    assert lines(scheme) == {
        "G1": [
            ("A1", "2026-03-06", "2026-07-01", "AUTOMATIC"),
            ("C", "2026-07-01", None, "AUTOMATIC"),
        ],
        "G2": [
            ("C", "2026-03-06", "2026-04-08", "AUTOMATIC"),
            ("B1", "2026-04-08", None, "AUTOMATIC"),
        ],
    }
    moves = TierMove.objects.order_by("pk").values_list("customer__number", "turn", "effective_on")
    assert list(moves) == [("G2", "UP", date(2026, 4, 8)), ("G1", "DOWN", date(2026, 7, 1))]


def test_a_fall_that_was_planned_is_dropped_when_the_customer_recovers(groups, scheme, at):
    groups.deliver(DAY, {"G1": {"tax_rank": "90"}})
    evaluate(scheme, day=DAY, by=None, at=at)
    for day, told in ((APRIL, {}), (MAY, {}), (JUNE, {"tax_rank": "90"})):
        groups.deliver(day, {"G1": told})
        evaluate(scheme, day=day, by=None, at=at)

    assert lines(scheme) == {"G1": [("A1", "2026-03-06", None, "AUTOMATIC")]}


def test_evaluating_again_changes_nothing(groups, scheme, at):
    groups.deliver(DAY, {"G1": {"tax_rank": "90"}, "G2": {}})
    evaluate(scheme, day=DAY, by=None, at=at)
    groups.deliver(APRIL, {"G1": {"tax_rank": "90"}, "G2": {"tax_rank": "400"}})
    evaluate(scheme, day=APRIL, by=None, at=at)
    before = lines(scheme)

    evaluate(scheme, day=DAY, by=None, at=at)

    assert lines(scheme) == before
    assert Evaluation.objects.count() == 2
    assert TierMove.objects.count() == 1
    for file in groups.facts.store.decisions.glob("*/*/*.parquet"):
        os.utime(file, (0, 0))
    remove_unnamed(scheme, at=at)
    files = list(groups.facts.store.decisions.glob("*/*/*.parquet"))
    assert sorted(files) == sorted(decisions_of(each) for each in Evaluation.objects.all())


def test_late_data_of_a_past_month_correct_what_followed(groups, scheme, at):
    groups.deliver(DAY, {"G1": {}})
    evaluate(scheme, day=DAY, by=None, at=at)
    groups.deliver(APRIL, {"G1": {"tax_rank": "400"}})
    evaluate(scheme, day=APRIL, by=None, at=at)
    groups.deliver(DAY, {"G1": {"tax_rank": "400"}})

    evaluate(scheme, day=DAY, by=None, at=at)

    assert lines(scheme) == {"G1": [("B1", "2026-03-06", None, "CORRECTION")]}
    assert not TierMove.objects.exists()


def test_who_is_no_longer_there_stands_nowhere(groups, scheme, at):
    groups.deliver(DAY, {"G1": {}, "G2": {}})
    evaluate(scheme, day=DAY, by=None, at=at)
    gone = groups.customers["G2"]
    gone.retained_at = at
    gone.save()

    evaluate(scheme, day=APRIL, by=None, at=at) if groups.newest >= APRIL else None
    groups.deliver(APRIL, {"G1": {}})
    evaluate(scheme, day=APRIL, by=None, at=at)

    assert lines(scheme)["G2"] == [("C", "2026-03-06", "2026-04-08", "AUTOMATIC")]


def test_the_night_evaluates_once_a_month_and_again_after_late_data(groups, scheme, at):
    groups.deliver(DAY, {"G1": {}})
    days = []
    for day in (DAY, date(2026, 3, 6), date(2026, 4, 5), APRIL, date(2026, 4, 8)):
        found = evaluate_due(day=day, changed_from=day, at=at)
        days += [each.day for each in found if each.scheme == scheme]

    assert days == [DAY, APRIL]
    again = evaluate_due(day=date(2026, 4, 9), changed_from=DAY, at=at)
    assert [each.day for each in again if each.scheme == scheme] == [DAY, APRIL]


def test_a_simulation_writes_nothing(groups, scheme, at):
    groups.deliver(DAY, {"G1": {"employees": 120, "revenue": 600_000}, "G2": {}})
    body = body_of(rules_in_force(scheme, on=DAY))

    with judged(scheme, {"now": body, "draft": body}, day=DAY) as found:
        assert found.counts("now") == found.counts("draft") == {1: 1, 3: 1}

    total, counts = matching(scheme, {"large": Limit("employees", ">", 100)}, day=DAY)
    assert (total, counts) == (2, {"large": 1})
    assert not Standing.objects.exists()


def test_the_card_level_can_be_judged_beside_the_night(groups, people):
    scheme = get_scheme("card-level")

    with judged(scheme, {"now": body_of(rules_in_force(scheme, on=DAY))}, day=DAY) as found:
        assert found.customers == 0


@pytest.mark.parametrize(("code", "day"), [("group-abc", date(2027, 1, 1)), ("card-level", DAY)])
def test_what_cannot_be_evaluated_is_refused(groups, at, code, day):
    with pytest.raises(UnableToEvaluate):
        evaluate(get_scheme(code), day=day, by=None, at=at)


def test_levels_of_other_schemes_do_not_show_as_card_levels(groups, scheme, people, at):
    groups.deliver(DAY, {"G1": {"tax_rank": "1"}})
    evaluate(scheme, day=DAY, by=None, at=at)

    assert not customers_visible_to(people.manager).at_card_level(4).exists()
    assert queries.level_counts(people.manager) == {}


def test_movers_are_read_beside_other_work_on_the_engine(groups, scheme, at, monkeypatch):
    monkeypatch.setattr(running, "ROWS_AT_ONCE", 1)
    told = {f"G{number}": {} for number in range(4)}
    groups.deliver(DAY, told)
    evaluate(scheme, day=DAY, by=None, at=at)
    del told["G3"]
    groups.deliver(APRIL, {number: {"tax_rank": "90"} for number in told})

    with judged(scheme, {running.TABLE: body_of(rules_in_force(scheme, on=DAY))}, day=APRIL) as f:
        path = groups.facts.store.decision_file(scheme.code, day=APRIL, token="beside")
        write_query(f.con, f"SELECT * FROM {running.TABLE} ORDER BY number", path)
        moved = []
        for number, level, *_rest in running.moves_of(f, path, again=[]):
            moved.append((number, level))
            assert f.counts(running.TABLE) == {1: 1, 5: 3}

    assert moved == [("G0", 5), ("G1", 5), ("G2", 5)]
