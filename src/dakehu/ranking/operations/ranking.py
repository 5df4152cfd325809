"""
Ranking a data day: a score for everybody the model speaks about, and what lists show of it.

The result file has everybody with raw score, probability and place; the top tenth with what
pushed them.  The file is written aside and moved in one step; what lists show is replaced in one
transaction.  Doing it again gives the same.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
from django.db import transaction

from dakehu.alerts.queries.held import holding_numbers
from dakehu.common.batches import batched
from dakehu.customers.queries import places_of
from dakehu.facts.engine import EngineLimits, connect, text_sql
from dakehu.facts.samples import rows_of, write_columns
from dakehu.facts.store import FactStore
from dakehu.ranking.models import CustomerRank, RankedDay, RankingModel
from dakehu.ranking.queries.shelf import RANKING, Usable, usable_model
from dakehu.ranking.rules import scoring
from dakehu.ranking.rules.inputs import NAMES
from dakehu.ranking.rules.inputs import SHEET as INPUTS
from dakehu.ranking.values import SHARE

SHOWN_AT_MOST = 20_000
"""So many of the top tenth can be listed on screen; the file has all of them."""

CHUNK = 2_000
EXPLAINED_AT_ONCE = 10_000


@dataclass(frozen=True)
class DayResults:
    """Where the inputs of a data day lie and its ranking goes, and how much may be used."""

    store: FactStore
    limits: EngineLimits
    day: date
    token: str

    def path(self, name: str) -> Path:
        """The file of one result."""
        return self.store.result_folder(name, self.day) / f"{self.token}.parquet"


def rank_day(
    *, model: RankingModel, results: DayResults, home: Path, is_newest: bool, at: datetime
) -> int:
    """
    Rank everybody of a data day; return how many.

    :raises UnableToRank: if the model cannot be used.
    """
    usable = usable_model(home, model)
    with connect(results.limits) as con:
        score_everybody(con, results, usable)
        explain_top(con, results, usable)
        write_columns(con, "ranked", results.path(RANKING), order="sub_id")
        count = count_of(con)
        with transaction.atomic():
            RankedDay.objects.update_or_create(
                day=results.day,
                defaults={"token": results.token, "model": model, "ranked": count, "at": at},
            )
            if is_newest:
                show_ranks(con, results.day, count)
    return count


def score_everybody(con: duckdb.DuckDBPyConnection, results: DayResults, usable: Usable) -> None:
    """Fill the table ``scores``: raw score and probability, a chunk of people at a time."""
    con.execute("CREATE TEMP TABLE scores (sub_id VARCHAR, raw DOUBLE, probability DOUBLE)")
    for people, matrix in rows_of(con, results.path(INPUTS), NAMES):
        raw = scoring.margins(usable.booster, matrix)
        chunk = {
            "sub_id": np.array(people, dtype=object),
            "raw": raw,
            "probability": scoring.probabilities(usable.calibration, raw),
        }
        con.register("chunk", chunk)
        con.execute("INSERT INTO scores SELECT sub_id, raw, probability FROM chunk")
        con.unregister("chunk")
    con.execute(
        "CREATE TEMP TABLE places AS SELECT *, "
        "row_number() OVER (ORDER BY raw DESC, sub_id) AS place FROM scores"
    )


def explain_top(con: duckdb.DuckDBPyConnection, results: DayResults, usable: Usable) -> None:
    """Make the table ``ranked``: places, and for the top tenth the contribution of every input."""
    columns = ", ".join(f"{name} FLOAT" for name in NAMES)
    con.execute(f"CREATE TEMP TABLE pushes (sub_id VARCHAR, {columns})")
    top = math.ceil(count_of(con) / SHARE)
    listed = text_sql(str(results.path(INPUTS)))
    con.execute(
        "CREATE TEMP TABLE top_inputs AS SELECT i.* FROM "
        f"read_parquet({listed}, hive_partitioning = false) AS i "
        f"JOIN places AS p USING (sub_id) WHERE p.place <= {top}"
    )
    for people, matrix in top_rows(con):
        pushed = scoring.contributions(usable.booster, matrix).astype(np.float32)
        chunk: dict[str, Any] = {"sub_id": np.array(people, dtype=object)}
        chunk |= {name: pushed[:, place].copy() for place, name in enumerate(NAMES)}
        con.register("chunk", chunk)
        con.execute(f"INSERT INTO pushes SELECT sub_id, {', '.join(NAMES)} FROM chunk")
        con.unregister("chunk")
    names = ", ".join(f"u.{name} AS push_{name}" for name in NAMES)
    con.execute(
        "CREATE TEMP TABLE ranked AS SELECT p.sub_id, p.raw, p.probability, p.place, "
        f"{names} FROM places AS p LEFT JOIN pushes AS u USING (sub_id)"
    )


def top_rows(con: duckdb.DuckDBPyConnection) -> Iterator[tuple[list[str], Any]]:
    """Yield the inputs of the top tenth, some at a time."""
    listed = ", ".join(f"coalesce(CAST({n} AS FLOAT), CAST('nan' AS FLOAT)) AS {n}" for n in NAMES)
    last = ""
    while True:
        found = con.execute(
            f"SELECT sub_id, {listed} FROM top_inputs WHERE sub_id > $last "
            f"ORDER BY sub_id LIMIT {EXPLAINED_AT_ONCE}",
            {"last": last},
        ).fetchnumpy()
        people = [str(each) for each in found["sub_id"]]
        if not people:
            return
        yield people, np.column_stack([np.asarray(found[name], np.float32) for name in NAMES])
        last = people[-1]


def count_of(con: duckdb.DuckDBPyConnection) -> int:
    """Return how many were scored."""
    found = con.execute("SELECT count(*) FROM places").fetchone()
    return int(found[0]) if found else 0


def show_ranks(con: duckdb.DuckDBPyConnection, day: date, count: int) -> None:
    """Replace what lists show: those on top, and all who have an alert that holds."""
    top = min(math.ceil(count / SHARE), SHOWN_AT_MOST)
    CustomerRank.objects.all().delete()
    shown: set[str] = set()
    found = con.execute(
        f"SELECT sub_id, place, probability FROM places WHERE place <= {top} ORDER BY place"
    ).fetchall()
    for rows in batched(found, CHUNK):
        write_ranks(rows, day)
        shown.update(row[0] for row in rows)
    for numbers in batched(holding_numbers(), CHUNK):
        missing = [number for number in numbers if number not in shown]
        shown.update(missing)
        listed = ", ".join(text_sql(number) for number in missing) or "NULL"
        rows = con.execute(
            f"SELECT sub_id, place, probability FROM places WHERE sub_id IN ({listed})"
        ).fetchall()
        write_ranks(rows, day)


def write_ranks(rows: Sequence[tuple[str, int, float]], day: date) -> None:
    """Write the ranks of some subscribers who are customers now."""
    customers = {place.number: place.pk for place in places_of(row[0] for row in rows)}
    CustomerRank.objects.bulk_create(
        CustomerRank(customer_id=customers[sub_id], day=day, place=place, probability=probability)
        for sub_id, place, probability in rows
        if sub_id in customers
    )
