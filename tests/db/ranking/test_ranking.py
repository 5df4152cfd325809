"""Ranking a data day: everybody in order, what lists show, and why somebody stands there."""

from datetime import date

import duckdb
import numpy as np
import pytest
from tests.factories.alerts import AlertFactory
from tests.factories.customers import CustomerFactory
from tests.factories.models import AT, publish, sample

from dakehu.facts.engine import EngineLimits
from dakehu.facts.store import FactStore
from dakehu.ranking.models import CustomerRank, RankedDay
from dakehu.ranking.operations import DayResults, rank_day
from dakehu.ranking.operations import ranking as doing
from dakehu.ranking.queries import ranks_visible_to, standing_of
from dakehu.ranking.rules import scoring
from dakehu.ranking.rules.inputs import NAMES

DAY = date(2026, 3, 1)
COUNT = 120


@pytest.fixture
def model(home, people):
    """A model that ranks."""
    return publish(home, people)


@pytest.fixture
def results(home):
    """The inputs of a day, as the evaluation leaves them."""
    results = DayResults(FactStore(home), EngineLimits(home / "work", "256MB", 1), DAY, "r1")
    path = results.path(doing.INPUTS)
    path.parent.mkdir(parents=True)
    rows = np.nan_to_num(sample(COUNT, 9).matrix).round().astype(np.int64)
    columns = {"sub_id": np.array([f"s{n:04d}" for n in range(COUNT)], dtype=object)}
    columns |= {name: rows[:, place].copy() for place, name in enumerate(NAMES)}
    with duckdb.connect() as con:
        con.register("made", columns)
        con.execute(f"COPY (SELECT * FROM made ORDER BY sub_id) TO '{path}' (FORMAT parquet)")
    return results


def ranked(results):
    """Return the rows of the ranking by place."""
    path = results.path("ranking")
    with duckdb.connect() as con:
        found = con.execute(
            f"SELECT sub_id, place, raw, probability, push_{NAMES[1]} FROM '{path}' ORDER BY place"
        )
        return found.fetchall()


def rank(model, results, home, *, is_newest=True):
    """Rank the day."""
    return rank_day(model=model, results=results, home=home, is_newest=is_newest, at=AT)


def test_everybody_has_a_place_by_score_and_the_top_tenth_its_reasons(home, model, results):
    assert rank(model, results, home) == COUNT

    rows = ranked(results)
    assert [place for _sub, place, *_rest in rows] == list(range(1, COUNT + 1))
    assert [raw for _s, _p, raw, *_rest in rows] == sorted(
        (raw for _s, _p, raw, *_rest in rows), reverse=True
    )
    assert [push is not None for *_rest, push in rows] == [n < COUNT / 10 for n in range(COUNT)]
    assert all(0 <= probability <= 1 for *_rest, probability, _push in rows)
    assert RankedDay.objects.get().ranked == COUNT


def test_a_chunk_more_or_less_changes_nothing(home, model, results, monkeypatch):
    rank(model, results, home)
    whole = ranked(results)
    monkeypatch.setattr("dakehu.facts.samples.ROWS_AT_ONCE", 7)
    monkeypatch.setattr(doing, "EXPLAINED_AT_ONCE", 5)

    rank(model, results, home)

    assert ranked(results) == whole
    assert RankedDay.objects.count() == 1


def test_lists_show_those_on_top_and_those_with_an_alert(home, people, model, results):
    order = [row[0] for row in _ranked_after(model, results, home)]
    top = CustomerFactory(manager=people.manager, number=order[0])
    low = AlertFactory(customer__manager=people.manager, customer__number=order[-1]).customer
    CustomerFactory(manager=people.manager, number=order[-2])

    rank(model, results, home)
    rank(model, results, home)

    assert dict(CustomerRank.objects.values_list("customer", "place")) == {
        top.pk: 1,
        low.pk: COUNT,
    }


def test_an_older_day_does_not_replace_what_lists_show(home, people, model, results):
    order = [row[0] for row in _ranked_after(model, results, home)]
    CustomerFactory(manager=people.manager, number=order[0])

    rank(model, results, home, is_newest=False)

    assert not CustomerRank.objects.exists()


def _ranked_after(model, results, home):
    rank(model, results, home)
    return ranked(results)


def test_reasons_kept_by_the_night_are_those_worked_out_on_demand(
    home, people, model, results, monkeypatch
):
    order = [row[0] for row in _ranked_after(model, results, home)]
    first, last = (
        CustomerFactory(manager=people.manager, number=order[0]),
        CustomerFactory(manager=people.manager, number=order[-1]),
    )

    asked = standing_of(last)
    assert asked.place == COUNT
    assert asked.downs
    kept = standing_of(first)
    monkeypatch.setattr(doing, "SHARE", COUNT)
    rank(model, results, home)
    monkeypatch.undo()
    # Now the night has kept the reasons of nobody but the first.
    assert standing_of(last).downs == asked.downs
    assert [each.name for each in standing_of(first).ups] == [each.name for each in kept.ups]


def test_without_the_extra_the_kept_reasons_are_still_told(
    home, people, model, results, monkeypatch
):
    order = [row[0] for row in _ranked_after(model, results, home)]
    first, last = (
        CustomerFactory(manager=people.manager, number=order[0]),
        CustomerFactory(manager=people.manager, number=order[-1]),
    )
    monkeypatch.setattr(scoring, "is_installed", lambda: False)

    assert standing_of(first).ups
    assert "LightGBM" in standing_of(last).trouble
    assert standing_of(last).place == COUNT


def test_nobody_stands_anywhere_once_no_model_ranks(home, model, results, customers):
    rank(model, results, home)
    type(model).objects.update(state="RETIRED")

    assert standing_of(customers.own) is None


def test_ranks_are_seen_within_reach(home, people, customers):
    for place, customer in enumerate((customers.own, customers.strangers), start=1):
        CustomerRank.objects.create(customer=customer, day=DAY, place=place, probability=0.1)

    assert [rank.customer for rank in ranks_visible_to(people.manager)] == [customers.own]
    assert ranks_visible_to(people.administrator).count() == 2
