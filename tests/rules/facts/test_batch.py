"""The engine end to end on a handful of subscribers: who is evaluated, and what is written."""

from datetime import date, timedelta

import pytest
from tests.factories.facts import (
    Facts,
    master_row,
    month_row,
    read_rows,
    signals_of,
    usage_row,
)

from dakehu.alerts.rules import program_for
from dakehu.alerts.values import WarningNumbers
from dakehu.facts.batch import Engine, Target
from dakehu.facts.engine import EngineLimits
from dakehu.tiering.rules import card_program
from dakehu.tiering.values import CardNumbers

D = date(2026, 3, 20)
THREE_CALLS = {"hotline_calls": 3}


def warnings():
    return program_for(D, WarningNumbers())


@pytest.fixture
def facts(tmp_path):
    return Facts(tmp_path)


def deliver(facts, sub_id, city="01", day=D, managed=(), **figures):
    rows = [usage_row(sub_id, day, city, **figures)]
    facts.deliver_usage(day, city, rows, managed=managed or {sub_id})


def test_signals_are_written_sorted_with_city_and_evidence(facts):
    people = ["b", "a"]
    rows = [usage_row(sub_id, D, hotline_calls=3, fwd_offnet_calls=4) for sub_id in people]
    facts.deliver_usage(D, "01", rows, managed=people)
    sources = facts.sources(D, [master_row(sub_id) for sub_id in people])

    found = facts.evaluate(sources, warnings())

    assert (found.evaluated, found.signals) == (2, 4)
    assert found.by_rule == {"W01": 2, "W02": 2}
    assert [tuple(row.values()) for row in read_rows(found.files["signals"])] == [
        ("a", "01", "W01", 3, 3),
        ("a", "01", "W02", 4, 3),
        ("b", "01", "W01", 3, 3),
        ("b", "01", "W02", 4, 3),
    ]
    folder = facts.store.result_folder("signals", D)
    assert [path.name for path in folder.iterdir()] == ["full.parquet"]


def test_evidence_keeps_the_inputs_of_everybody_with_a_signal(facts):
    rows = [usage_row("a", D, **THREE_CALLS), usage_row("b", D)]
    facts.deliver_usage(D, "01", rows, managed=["a", "b"])
    sources = facts.sources(D, [master_row("a"), master_row("b")])

    found = facts.evaluate(sources, warnings())

    (kept,) = read_rows(found.files["evidence"])
    assert kept["sub_id"] == "a"
    assert (kept["hotline_recent"], kept["days_recent"], kept["today_status"]) == (3, 1, 0)


def test_only_the_cities_asked_for_are_evaluated(facts):
    deliver(facts, "a", "01", **THREE_CALLS)
    deliver(facts, "b", "02", **THREE_CALLS)
    sources = facts.sources(D, [master_row("a", "01"), master_row("b", "02")])

    for use_snapshots in (False, True):
        found = facts.evaluate(sources, warnings(), cities=["02"], use_snapshots=use_snapshots)
        assert signals_of(found) == {("b", "W01", 3, 3)}
        assert found.evaluated == 1

        none = facts.evaluate(sources, warnings(), cities=[], use_snapshots=use_snapshots)
        assert (none.evaluated, none.signals) == (0, 0)


def test_everybody_managed_is_evaluated_though_the_city_did_not_deliver(facts):
    deliver(facts, "a", "01")
    person = master_row("late", "02", contract_end=D + timedelta(days=5))
    sources = facts.sources(D, [master_row("a"), person])

    found = facts.evaluate(sources, warnings(), card_program(CardNumbers()))

    assert found.evaluated == 2
    levels = [row["sub_id"] for row in read_rows(found.files["card_level"])]
    assert levels == ["a", "late"]


def test_the_row_of_the_own_city_is_todays_row(facts):
    # Both cities sent a row of D: the old one says nothing happened, the own one a loss report.
    deliver(facts, "a", "01", event_mask=0)
    deliver(facts, "a", "02", event_mask=2, status=3)
    sources = facts.sources(D, [master_row("a", "02")])

    assert signals_of(facts.evaluate(sources, warnings())) == {("a", "W12", 2, 3)}


def test_of_two_strange_cities_the_first_has_todays_row(facts):
    deliver(facts, "a", "02", event_mask=2, status=3)
    deliver(facts, "a", "01", event_mask=4, status=1)
    sources = facts.sources(D, [master_row("a", "09")])

    assert signals_of(facts.evaluate(sources, warnings())) == {("a", "W12", 4, 1)}


def test_the_newest_delivery_of_a_month_counts(facts):
    facts.deliver_months(date(2026, 3, 2), "02", [month_row("a", 202602, 30_000, 70)])
    facts.deliver_months(date(2026, 3, 3), "01", [month_row("a", 202602, 60_000, None)])
    facts.deliver_months(date(2026, 3, 21), "01", [month_row("a", 202602, 1, 99)])
    sources = facts.sources(D, [master_row("a", level=1)])

    found = facts.evaluate(sources, card_program(CardNumbers()))

    (level,) = read_rows(found.files["card_level"])
    assert level == {"sub_id": "a", "old_level": 1, "new_level": 3, "avg3": 20_000, "arr": 0}


def test_nothing_delivered_at_all_is_no_error(facts):
    sources = facts.sources(D, [master_row("a")])

    for use_snapshots in (False, True):
        found = facts.evaluate(
            sources, warnings(), card_program(CardNumbers()), use_snapshots=use_snapshots
        )

        assert (found.evaluated, found.signals) == (1, 0)


def test_taking_subscribers_in_small_ranges_changes_nothing(facts):
    people = [f"{number:03d}" for number in range(10)]
    rows = [usage_row(sub_id, D, hotline_calls=int(sub_id)) for sub_id in people]
    facts.deliver_usage(D, "01", rows, managed=people)
    sources = facts.sources(D, [master_row(sub_id) for sub_id in people])
    small = Engine(facts.store, EngineLimits(facts.home / "work", "256MB", 1), people_at_once=3)

    found = [
        engine.evaluate(
            sources,
            [warnings(), card_program(CardNumbers())],
            cities=None,
            target=Target(facts.store, token),
            use_snapshots=use_snapshots,
        )
        for engine, token, use_snapshots in (
            (facts.engine, "whole", False),
            (small, "ranges", False),
            (small, "ranges_of_snapshots", True),
        )
    ]

    for name in ("signals", "evidence", "leaving", "card_level"):
        whole, *others = (read_rows(each.files[name]) for each in found)
        assert all(other == whole for other in others)


def test_an_absurd_figure_does_not_stop_the_night(facts):
    most = 2**63 - 1
    figures = ("data_kb", "charge_fen", "out_calls", "in_calls", "balance_fen")
    for k in range(40):
        deliver(facts, "a", day=D - timedelta(days=k), **dict.fromkeys(figures, most))
    facts.deliver_months(D, "01", [month_row("a", ym, most, 0) for ym in (202601, 202602)])
    sources = facts.sources(D, [master_row("a", credit_limit_fen=most)])

    for use_snapshots in (False, True):
        programs = (warnings(), card_program(CardNumbers()))
        found = facts.evaluate(sources, *programs, use_snapshots=use_snapshots)

        (level,) = read_rows(found.files["card_level"])
        assert level["new_level"] == 4


def test_evaluating_again_replaces_the_results(facts):
    deliver(facts, "a", **THREE_CALLS)
    sources = facts.sources(D, [master_row("a")])
    facts.evaluate(sources, warnings())

    again = facts.evaluate(sources, warnings())

    assert signals_of(again) == {("a", "W01", 3, 3)}
