"""The drawn province shows every warning, for a believable few, on its last day."""

from datetime import date
from pathlib import Path

import duckdb
import pytest

from dakehu.demo.rules.plan import ProvincePlan
from dakehu.demo.rules.province import simulate

# The definitions of the twelve warnings in plain SQL over the delivered files. Every city
# delivered every day, so the numbers of delivered days are the lengths of the windows.
SQL = """
WITH people AS (
    SELECT * EXCLUDE (place) FROM (
        SELECT *, row_number() OVER (PARTITION BY sub_id ORDER BY filename DESC) AS place
        FROM read_csv('{root}/*/*/subscriber_*.csv.gz', filename = true, all_varchar = true)
    ) WHERE place = 1 AND managed = '1'
),
used AS (
    SELECT *, date_diff('day', "day", DATE '{last}') AS k,
        voice_onnet_s + voice_offnet_s + voice_fixed_s AS voice, out_calls + in_calls AS calls
    FROM read_csv('{root}/*/*/usage_*.csv.gz', types = {{'sub_id': 'VARCHAR'}})
    WHERE "day" <= DATE '{last}'
),
sums AS (
    SELECT sub_id, min(k) < 7 AND arg_min(status, k) <> 4 AS alive,
        sum(hotline_calls) FILTER (k < 7) AS hot,
        sum(fwd_offnet_calls) FILTER (k < 7) AS fwd,
        sum(recharge_cnt) FILTER (k < 30) AS cur,
        sum(recharge_cnt) FILTER (k BETWEEN 30 AND 59) AS prev,
        sum(voice) FILTER (k < 7) AS v7, sum(voice) FILTER (k BETWEEN 7 AND 36) AS p30,
        sum(voice) FILTER ("day" >= DATE '{month}') AS mtd,
        sum(voice) FILTER ("day" BETWEEN DATE '{month}' - INTERVAL 1 MONTH
            AND DATE '{last}' - INTERVAL 1 MONTH) AS lm,
        sum(voice_onnet_s + voice_offnet_s) FILTER (k < 7) AS t7,
        sum(voice_onnet_s + voice_offnet_s) FILTER (k BETWEEN 7 AND 36) AS tp,
        sum(voice_offnet_s) FILTER (k < 7) AS o7,
        sum(voice_offnet_s) FILTER (k BETWEEN 7 AND 36) AS op,
        sum(calls) FILTER (k BETWEEN 1 AND 7) AS c7,
        count(*) FILTER (k < 7 AND calls = 0) AS idle,
        sum(complaints) FILTER (k < 30) AS grief,
        sum(data_kb) FILTER (k < 7) AS d7, sum(data_kb) FILTER (k BETWEEN 7 AND 36) AS d30,
        sum(charge_fen) FILTER (k < 30) AS charged
    FROM used GROUP BY sub_id
),
today AS (SELECT * FROM used WHERE k = 0),
facts AS (
    SELECT people.*, sums.* EXCLUDE (sub_id),
        today.status AS now, today.calls AS called, today.event_mask AS mask,
        balance_fen - credit_used_fen - arrears_fen + credit_limit_fen::BIGINT AS avail,
        date_diff('day', open_date::DATE, DATE '{last}') + 1 AS tenure,
        date_diff('day', DATE '{last}', contract_end::DATE) - 1 AS ends,
        strftime(birth_date::DATE, '%m%d') AS birthday
    FROM people JOIN sums USING (sub_id) LEFT JOIN today USING (sub_id)
),
signs AS (
    SELECT *,
        alive AND hot >= 3 AS W01,
        alive AND fwd >= 3 AS W02,
        alive AND tenure > 60 AND prev >= 4 AND cur * 2 <= prev AS W03,
        alive AND tenure > 37 AND p30 >= 1800 AND v7 * 30 * 100 < p30 * 7 * 70 AS W04,
        alive AND open_date::DATE < DATE '{month}' - INTERVAL 1 MONTH
            AND lm >= 1800 AND mtd * 100 < lm * 70 AS W05M,
        alive AND tenure > 37 AND t7 >= 600 AND tp >= 1800
            AND 100 * (o7 * tp - op * t7) >= 15 * t7 * tp AS W06,
        alive AND birth_calendar = 'solar' AND birthday BETWEEN
            strftime(DATE '{last}' + 1, '%m%d') AND strftime(DATE '{last}' + 8, '%m%d') AS W07,
        alive AND ends BETWEEN 0 AND 30 AS W08,
        now = 0 AND called = 0 AND c7 >= 5 AS W09,
        now = 0 AND (avail <= 0 OR avail * 30 < 3 * charged) AS W11,
        mask & 15 <> 0 AS W12,
        least(100,
            CASE WHEN tenure <= 37 OR p30 < 1800 THEN 0 WHEN v7 * 3000 < p30 * 210 THEN 30
                WHEN v7 * 3000 < p30 * 350 THEN 20 WHEN v7 * 3000 < p30 * 490 THEN 10 ELSE 0 END
            + CASE WHEN hot >= 3 THEN 10 ELSE 0 END + CASE WHEN fwd >= 1 THEN 15 ELSE 0 END
            + CASE WHEN tenure > 37 AND t7 >= 600 AND tp >= 1800
                AND 100 * (o7 * tp - op * t7) >= 10 * t7 * tp THEN 15 ELSE 0 END
            + CASE WHEN W03 THEN 10 ELSE 0 END
            + CASE WHEN ends BETWEEN -30 AND 60 THEN 10 ELSE 0 END
            + least(10, 5 * grief) + CASE WHEN tenure < 180 THEN 10 ELSE 0 END
            + CASE WHEN tenure > 37 AND d30 >= 10240 AND d7 * 30 * 100 < d30 * 7 * 50
                THEN 10 ELSE 0 END
            + CASE WHEN idle >= 3 THEN 15 ELSE 0 END) AS score,
        now = 0 AND score >= 50 AS W10
    FROM facts
)
SELECT count(*) AS managed, {counts},
    count(*) FILTER (W01 OR W02 OR W03 OR W04 OR W05M OR W06 OR W09 OR W10 OR W11 OR W12) AS act
FROM signs
"""
pytestmark = pytest.mark.slow

RULES = ("W01", "W02", "W03", "W04", "W05M", "W06", "W07", "W08", "W09", "W10", "W11", "W12")


def counted(root: Path, last: date) -> dict[str, int]:
    """Count, on the last day, whom each warning fires for."""
    counts = ", ".join(f"count(*) FILTER ({rule}) AS {rule}" for rule in RULES)
    con = duckdb.connect()
    cursor = con.execute(
        SQL.format(root=root, last=last, month=last.replace(day=1), counts=counts)
    )
    names = [column[0] for column in cursor.description]
    return dict(zip(names, cursor.fetchone(), strict=True))


@pytest.fixture(scope="module")
def hits(tmp_path_factory: pytest.TempPathFactory) -> dict[str, int]:
    root = tmp_path_factory.mktemp("province") / "inbox"
    last = date(2026, 11, 20)
    simulate(ProvincePlan(until=last), root, lambda *_: None)
    return counted(root, last)


@pytest.mark.parametrize("rule", RULES)
def test_every_warning_fires_for_some_and_never_for_many(hits: dict[str, int], rule: str) -> None:
    assert 1 <= hits[rule] <= hits["managed"] * 0.05


def test_three_to_eight_percent_of_the_managed_need_someone_to_act(hits: dict[str, int]) -> None:
    assert 0.03 <= hits["act"] / hits["managed"] <= 0.08
