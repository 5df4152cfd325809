"""Results at rest: written in one step, exported in a fixed order."""

from datetime import date

import duckdb
import pytest
from tests.factories.facts import Facts, master_row, read_rows, usage_row

from dakehu.alerts.rules import explain, program_for
from dakehu.alerts.values import WarningNumbers
from dakehu.facts.results import export_signals, export_standings, kept_inputs, write_query
from dakehu.tiering.rules import card_program
from dakehu.tiering.values import CardNumbers

D = date(2026, 3, 20)


@pytest.fixture
def evaluation(tmp_path):
    facts = Facts(tmp_path)
    people = ["b", "B", "a"]
    rows = [usage_row(s, D, hotline_calls=3, event_mask=1, status=None) for s in people]
    facts.deliver_usage(D, "01", rows, managed=people)
    sources = facts.sources(D, [master_row(sub_id, level=2) for sub_id in people])
    programs = (program_for(D, WarningNumbers()), card_program(CardNumbers()))
    return facts.evaluate(sources, *programs)


def test_signals_are_exported_as_csv_sorted_bytewise(evaluation, tmp_path):
    out = tmp_path / "signals.csv"

    count = export_signals(evaluation.files["signals"], out)

    assert count == 6
    assert out.read_text().splitlines() == [
        "sub_id,rule,a,b",
        "B,W01,3,3",
        "B,W12,1,",
        "a,W01,3,3",
        "a,W12,1,",
        "b,W01,3,3",
        "b,W12,1,",
    ]


def test_standings_are_exported_as_parquet(evaluation, tmp_path):
    out = tmp_path / "standings.parquet"

    assert export_standings(evaluation.files["card_level"], out) == 3
    assert read_rows(out)[0] == {
        "sub_id": "B",
        "old_level": 2,
        "new_level": 0,
        "avg3": 0,
        "arr": 0,
    }


def test_results_of_several_files_are_exported_together(evaluation, tmp_path):
    path = evaluation.files["card_level"]

    assert export_standings([path, path], tmp_path / "standings.csv") == 6


def test_the_inputs_of_a_signal_are_kept_and_explain_it(evaluation):
    inputs = kept_inputs(evaluation.files["evidence"], "a")

    assert inputs is not None
    explanation = explain("W12", inputs=inputs, numbers=WarningNumbers())
    assert (explanation.fired, explanation.a, explanation.b) == (True, 1, None)
    assert kept_inputs(evaluation.files["evidence"], "nobody") is None


def test_other_forms_are_refused(evaluation, tmp_path):
    with pytest.raises(ValueError, match=r"\.csv or \.parquet"):
        export_signals(evaluation.files["signals"], tmp_path / "signals.xls")


def test_a_failed_write_leaves_the_old_file(tmp_path):
    target = tmp_path / "x.parquet"
    with duckdb.connect() as con:
        write_query(con, "SELECT 1 AS n", target)
        with pytest.raises(duckdb.Error):
            write_query(con, "SELECT error('no') AS n", target)

    assert read_rows(target) == [{"n": 1}]
