"""The inputs of a model: the engine works them out as plain arithmetic does."""

from datetime import date, timedelta

import pytest
from tests.factories.facts import Facts, master_row, month_row, usage_row

from dakehu.alerts.rules import program_for
from dakehu.alerts.values import WarningNumbers
from dakehu.facts.features import features_of, summed_columns
from dakehu.facts.samples import row_of
from dakehu.ranking.queries.wording import INPUT_WORDS
from dakehu.ranking.rules.inputs import INPUTS, NAMES, SHEET, UNITS, inputs_program
from dakehu.tiering.rules import card_program
from dakehu.tiering.values import CardNumbers

DAY = date(2026, 3, 10)


def back(days):
    """Return the day so many days before the data day."""
    return DAY - timedelta(days=days)


@pytest.fixture
def asked(tmp_path):
    """Return a function that evaluates the inputs of one subscriber from its rows."""

    def ask(rows, *, delivered=range(60), months=(), **master):
        facts = Facts(tmp_path)
        by_day = {row["day"]: row for row in rows}
        for days in delivered:
            day = back(days)
            found = [by_day[day]] if day in by_day else []
            facts.deliver_usage(day, "01", found, managed=["s"])
        if months:
            facts.deliver_months(back(5), "01", months)
        sources = facts.sources(DAY, [master_row("s", **master)])
        result = facts.evaluate(sources, inputs_program()).files[SHEET]
        row = row_of(result, "s", NAMES)
        return None if row is None else dict(zip(NAMES, row[0].tolist(), strict=True))

    return ask


def test_averages_are_per_delivered_day_and_changes_in_per_mille(asked):
    # Sixty seconds a day before, thirty now; the city delivered only every other recent day.
    rows = [usage_row("s", back(k), voice_onnet_s=60) for k in range(7, 37)]
    rows += [usage_row("s", back(k), voice_onnet_s=30) for k in (0, 2, 4, 6)]

    found = asked(rows, delivered=[0, 2, 4, 6, *range(7, 60)])

    assert found["voice_day"] == 30
    assert found["voice_change"] == 500


def test_amounts_counts_and_dates(asked):
    rows = [
        usage_row("s", back(k), recharge_cnt=1, hotline_calls=1, charge_fen=100) for k in range(40)
    ]
    rows[0] |= {"balance_fen": 500, "arrears_fen": 200, "event_mask": 4, "status": 1}

    found = asked(
        rows,
        months=[month_row("s", 202602, 9000, 12), month_row("s", 202601, 3000, 40)],
        open_date=back(99),
        contract_end=DAY + timedelta(days=31),
        level=2,
    )

    assert found["hotline_week"] == 7
    assert found["payments_month"] == 30
    assert found["charge_month"] == 3000
    assert found["available"] == 500 - 200 + 100_000
    assert found["is_stopped"] == 1
    assert found["has_reported"] == 1
    assert found["tenure"] == 100
    assert found["contract_left"] == 30
    assert found["revenue_change"] == 9000 * 3000 // 12000
    assert found["arrears_days"] == 40
    assert found["level"] == 2


@pytest.mark.parametrize("gone", [{"status": 4}, {"event_mask": 1}])
def test_who_is_on_the_way_out_already_is_not_ranked(asked, gone):
    assert asked([usage_row("s", DAY, **gone)]) is None


def test_who_was_not_seen_lately_is_not_ranked(asked):
    assert asked([usage_row("s", back(8))]) is None


def test_a_missing_input_is_no_number(asked):
    found = asked([usage_row("s", DAY, voice_onnet_s=30)])

    assert found["voice_change"] != found["voice_change"]
    assert found["contract_left"] != found["contract_left"]


def test_ranking_needs_no_snapshots_of_its_own():
    others = [program_for(DAY, WarningNumbers()), card_program(CardNumbers())]

    assert summed_columns(features_of(others)) == summed_columns(
        features_of([*others, inputs_program()])
    )


def test_every_input_has_words_and_a_unit():
    assert set(INPUT_WORDS) == set(NAMES) == set(UNITS)
    assert len(set(NAMES)) == len(INPUTS)
