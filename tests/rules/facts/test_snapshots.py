"""Snapshots and strays: written when needed, obsolete when a delivery changes, equal rows."""

from datetime import date, timedelta

import pytest
from tests.factories.facts import Facts, master_row, signals_of, usage_row

from dakehu.alerts.rules import program_for
from dakehu.alerts.values import WarningNumbers
from dakehu.facts import strays
from dakehu.facts.features import Program, UsageSum
from dakehu.facts.snapshots import digest
from dakehu.facts.windows import MonthToDate, last

D = date(2026, 3, 20)


def ago(k):
    return D - timedelta(days=k)


def warnings(day=D):
    return program_for(day, WarningNumbers())


@pytest.fixture
def facts(tmp_path):
    """Two cities with sixty days of one hotline call each for two subscribers."""
    facts = Facts(tmp_path)
    for k in reversed(range(60)):
        for city, sub_id in (("01", "a"), ("02", "b")):
            rows = [usage_row(sub_id, ago(k), city, hotline_calls=1)]
            facts.deliver_usage(ago(k), city, rows, managed=["a", "b"])
    return facts


MASTER = [master_row("a", "01"), master_row("b", "02")]


def extend(facts, day=D, master=MASTER):
    return facts.engine.extend_snapshots(facts.sources(day, master), [warnings(day)])


def agree(facts, master):
    """Evaluate both ways; they must agree."""
    sources = facts.sources(D, master)
    full = signals_of(facts.evaluate(sources, warnings()))
    assert signals_of(facts.evaluate(sources, warnings(), use_snapshots=True)) == full
    return full


def test_what_is_there_is_not_written_again(facts):
    assert extend(facts) > 0
    assert extend(facts) == 0


def test_the_next_day_costs_one_snapshot_per_city(facts):
    for k in (60, 37, 30, 8, 7, 1):
        extend(facts, ago(k))
    extend(facts)
    day = D + timedelta(days=1)
    for city, sub_id in (("01", "a"), ("02", "b")):
        facts.deliver_usage(day, city, [usage_row(sub_id, day, city)], managed=["a", "b"])
    sources = facts.sources(day, MASTER)
    program = Program((UsageSum("x", ("hotline_calls",), MonthToDate()),))

    first = facts.engine.extend_snapshots(sources, [program])
    facts.deliver_usage(day, "02", [usage_row("b", day, "02")], managed=["b"])
    again = facts.engine.extend_snapshots(facts.sources(day, MASTER), [program])

    assert (first, again) == (2, 1)


def test_a_resent_day_is_added_up_again(facts):
    agree(facts, MASTER)

    row = usage_row("a", ago(3), "01", hotline_calls=10)
    facts.deliver_usage(ago(3), "01", [row], managed=["a"])

    assert ("a", "W01", 16, 3) in agree(facts, MASTER)


def test_a_month_without_managed_rows_has_empty_snapshots(tmp_path):
    facts = Facts(tmp_path)
    facts.deliver_usage(D, "01", [usage_row("a", D, hotline_calls=3)], managed=[])

    assert agree(facts, [master_row("a", "01")]) == {("a", "W01", 3, 3)}


def test_a_late_day_is_added_up_afterwards(facts):
    del facts.live["usage", ago(2), "01"]
    assert ("a", "W01", 6, 3) in agree(facts, MASTER)

    row = usage_row("a", ago(2), "01", hotline_calls=5)
    facts.deliver_usage(ago(2), "01", [row], managed=["a"])

    assert ("a", "W01", 11, 3) in agree(facts, MASTER)


def test_a_day_resent_without_managed_rows_takes_them_away(facts):
    agree(facts, MASTER)

    facts.deliver_usage(ago(3), "01", [], managed=[])

    assert ("a", "W01", 6, 3) in agree(facts, MASTER)


def test_who_becomes_managed_later_brings_the_days_before(facts):
    for k in range(10):
        rows = [usage_row("new", ago(k), "01", hotline_calls=2), usage_row("a", ago(k), "01")]
        facts.deliver_usage(ago(k), "01", rows, managed=["a"])
    assert agree(facts, MASTER) == {("b", "W01", 7, 3)}

    both = agree(facts, [*MASTER, master_row("new", "01")])

    assert ("new", "W01", 14, 3) in both


def test_who_is_managed_no_more_is_left_out_and_can_come_back(facts):
    agree(facts, MASTER)
    gone = [master_row("a", "01", managed=0), MASTER[1]]
    assert {sub_id for sub_id, *_ in agree(facts, gone)} == {"b"}

    for k in (1, 0):
        row = usage_row("a", ago(k), "01", hotline_calls=4)
        facts.deliver_usage(ago(k), "01", [row], managed=[])
    assert ("a", "W01", 13, 3) in agree(facts, MASTER)


def test_who_moves_to_another_city_keeps_the_days_of_the_old(facts):
    rows = [usage_row("b", D, "02"), usage_row("a", D, "02", hotline_calls=7)]
    facts.deliver_usage(D, "02", rows, managed=["a", "b"])

    assert ("a", "W01", 14, 3) in agree(facts, [master_row("a", "02"), MASTER[1]])


def snapshots_of(facts, day, city):
    return list(facts.store.snapshot_folder(day=day, city=city).glob("*.parquet"))


def test_a_new_snapshot_takes_the_place_of_the_obsolete_one(facts):
    extend(facts)
    ((first,), (other,)) = (snapshots_of(facts, D, city) for city in ("01", "02"))

    facts.deliver_usage(ago(3), "01", [], managed=[])
    extend(facts)

    assert len(snapshots_of(facts, D, "01")) == 1
    assert not first.exists()
    assert other.exists()


def test_what_a_killed_night_left_beside_a_snapshot_is_removed(facts):
    extend(facts)
    (path,) = snapshots_of(facts, D, "01")
    kept, _, _ = path.name.partition("-")
    leftovers = [path.with_name(f"{kept}-old.parquet"), path.with_name(f".{path.name}.7")]
    for leftover in leftovers:
        leftover.touch()

    assert extend(facts) == 0

    assert list(path.parent.iterdir()) == [path]


def test_snapshots_of_other_columns_stay(facts):
    program = Program((UsageSum("x", ("data_kb",), last(7)),))
    facts.engine.extend_snapshots(facts.sources(D, MASTER), [program])

    extend(facts)

    assert len(snapshots_of(facts, D, "01")) == 2


def test_snapshots_too_old_for_any_window_are_removed(facts):
    extend(facts)
    later = D + timedelta(days=431)

    extend(facts, later)

    assert snapshots_of(facts, D, "01") == []


def test_a_digest_depends_on_everything_said():
    assert digest(["a", "b"]) != digest(["a"])
    assert digest(["a", "b"]) != digest(["b", "a"])
    assert digest(["a"]) == digest(["a"])


def test_many_nights_of_newcomers_are_kept_together(facts, monkeypatch):
    monkeypatch.setattr(strays, "BATCHES_KEPT", 2)
    master = list(MASTER)
    for number in range(5):
        sub_id = f"new{number}"
        row = usage_row(sub_id, ago(number), "01", hotline_calls=5)
        facts.deliver_usage(ago(number), "01", [row], managed=[])
        extend(facts, master=master)
        master.append(master_row(sub_id, "01"))

        assert (sub_id, "W01", 5, 3) in agree(facts, master)

    index = strays.Index.read(facts.store.strays_folder / strays.INDEX)
    there = {path.name for path in facts.store.strays_folder.iterdir()}
    assert len(index.batches) <= 3
    assert there == {*index.batches, index.roll, strays.INDEX}


def test_other_columns_search_the_strays_again(facts):
    rows = [usage_row("new", D, "01", hotline_calls=5)]
    facts.deliver_usage(D, "01", rows, managed=[])
    master = [*MASTER, master_row("new", "01")]
    program = Program((UsageSum("x", ("data_kb",), last(7)),))
    facts.engine.extend_snapshots(facts.sources(D, master), [program])

    assert ("new", "W01", 5, 3) in agree(facts, master)
