"""
Tables to learn from: what was known of everybody on past days, and who left within a horizon.

The inputs come from results that the engine wrote for a past day from what was known then; the
labels come from what happened after it and from nothing else.  One day is read at a time, and of
those who stayed only as many as asked for, so memory does not grow with the province.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from dakehu.facts.engine import text_sql
from dakehu.facts.results import write_query
from dakehu.facts.rows import date_sql, read_parquet
from dakehu.facts.store import FactStore, Partition

DEPARTURES = "departures"
"""The temporary table of who was pre-deregistered on which day."""

PRE_DEREGISTERED, PRE_DEREGISTRATION = 4, 1
MILLION = 1_000_000
ROWS_AT_ONCE = 100_000

Matrix = NDArray[np.float32]
Reals = NDArray[np.float64]


@dataclass(frozen=True)
class Sample:
    """
    Rows to learn from or to be examined on; a missing input is NaN.

    ``labels`` are 1 for those who left, ``scores`` what the rule gave them; a row stands for as
    many people as its weight says.
    """

    matrix: Matrix
    labels: Reals
    weights: Reals
    scores: Reals

    def __len__(self) -> int:
        return len(self.labels)

    @property
    def left(self) -> int:
        """How many rows are of people who left."""
        return int(self.labels.sum())

    @property
    def people(self) -> int:
        """How many people the rows stand for."""
        return round(float(self.weights.sum()))


@dataclass(frozen=True)
class Draw:
    """How many of those who stayed are drawn of one day at most, and by which dice."""

    most: int = 200_000
    seed: int = 7


@dataclass(frozen=True)
class DayTable:
    """One past day: the results that hold its inputs and its scores, and how far labels look."""

    day: date
    inputs: Path
    scores: Path
    horizon: int


def find_departures(
    con: duckdb.DuckDBPyConnection, store: FactStore, partitions: Iterable[Partition]
) -> int:
    """
    Fill :data:`DEPARTURES` from usage and subscriber rows; return how many days of leaving.

    Somebody leaves on a day whose row says so: status 4, or a pre-deregistration reported.
    """
    rows = []
    known = list(partitions)
    for interface, says in (
        ("usage", f"status = {PRE_DEREGISTERED} OR (event_mask & {PRE_DEREGISTRATION}) <> 0"),
        ("subscriber", f"status = {PRE_DEREGISTERED}"),
    ):
        files = store.files(each for each in known if each.interface == interface)
        if files:
            rows.append(f"SELECT sub_id, day FROM {read_parquet(files)} WHERE {says}")
    nobody = "SELECT CAST(NULL AS VARCHAR) AS sub_id, CAST(NULL AS DATE) AS day WHERE FALSE"
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE {DEPARTURES} AS "
        f"SELECT DISTINCT sub_id, day FROM ({' UNION ALL '.join(rows) or nobody})"
    )
    found = con.execute(f"SELECT count(*) FROM {DEPARTURES}").fetchone()
    return int(found[0]) if found else 0


def read_day(
    con: duckdb.DuckDBPyConnection, table: DayTable, names: Sequence[str], draw: Draw
) -> Sample:
    """
    Read one past day with its labels: all who left, and a draw of those who stayed.

    Needs :func:`find_departures` on the same connection.  The draw depends on the seed, the day
    and the subscriber alone.
    """
    first, last = table.day + timedelta(days=1), table.day + timedelta(days=table.horizon)
    left = (
        f"sub_id IN (SELECT sub_id FROM {DEPARTURES} "
        f"WHERE day BETWEEN {date_sql(first)} AND {date_sql(last)})"
    )
    con.execute(
        "CREATE OR REPLACE TEMP TABLE labelled AS "
        f"SELECT i.*, s.score AS rule_score, CAST({left} AS INTEGER) AS has_left "
        f"FROM {_plain(table.inputs)} AS i LEFT JOIN {_plain(table.scores)} AS s USING (sub_id)"
    )
    counted = con.execute("SELECT count(*) FILTER (has_left = 0) FROM labelled").fetchone()
    stayed = int(counted[0]) if counted else 0
    kept = MILLION if stayed <= draw.most else max(draw.most * MILLION // stayed, 1)
    dice = f"md5_number_lower(sub_id || {text_sql(f'/{table.day}/{draw.seed}')}) % {MILLION}"
    listed = ", ".join(f"{_real(name)} AS {name}" for name in names)
    found = con.execute(
        f"SELECT {listed}, CAST(has_left AS DOUBLE) AS has_left, "
        "CAST(coalesce(rule_score, 0) AS DOUBLE) AS rule_score "
        f"FROM labelled WHERE has_left = 1 OR {dice} < {kept} ORDER BY sub_id"
    ).fetchnumpy()
    labels = _plainly(found["has_left"])
    weights = np.where(labels > 0, 1.0, MILLION / kept)
    return Sample(_matrix(found, names), labels, weights, _plainly(found["rule_score"]))


def joined(samples: Sequence[Sample]) -> Sample:
    """Put the rows of several days under one another."""
    return Sample(
        np.concatenate([each.matrix for each in samples]),
        np.concatenate([each.labels for each in samples]),
        np.concatenate([each.weights for each in samples]),
        np.concatenate([each.scores for each in samples]),
    )


def rows_of(
    con: duckdb.DuckDBPyConnection, inputs: Path, names: Sequence[str]
) -> Iterator[tuple[list[str], Matrix]]:
    """Yield the subscribers of a result with their inputs, some at a time, in order."""
    listed = ", ".join(f"{_real(name)} AS {name}" for name in names)
    last = ""
    while True:
        found = con.execute(
            f"SELECT sub_id, {listed} FROM {_plain(inputs)} WHERE sub_id > $last "
            f"ORDER BY sub_id LIMIT {ROWS_AT_ONCE}",
            {"last": last},
        ).fetchnumpy()
        people = [str(each) for each in found["sub_id"]]
        if not people:
            return
        yield people, _matrix(found, names)
        last = people[-1]


def row_of(inputs: Path, sub_id: str, names: Sequence[str]) -> Matrix | None:
    """Look up the inputs of one subscriber; ``None`` where the result does not list them."""
    listed = ", ".join(_real(name) for name in names)
    with duckdb.connect(":memory:") as con:
        found = con.execute(
            f"SELECT {listed} FROM {_plain(inputs)} WHERE sub_id = $sub_id", {"sub_id": sub_id}
        ).fetchone()
    return None if found is None else np.array([found], dtype=np.float32)


def write_columns(con: duckdb.DuckDBPyConnection, table: str, target: Path, *, order: str) -> Path:
    """Write a table of the connection as a result, sorted."""
    return write_query(con, f"SELECT * FROM {table} ORDER BY {order}", target)


def _plain(path: Path) -> str:
    return f"read_parquet({text_sql(str(path))}, hive_partitioning = false)"


def _real(name: str) -> str:
    return f"coalesce(CAST({name} AS FLOAT), CAST('nan' AS FLOAT))"


def _plainly(column: Any) -> Reals:
    return np.asarray(column, dtype=np.float64)


def _matrix(found: dict[str, Any], names: Sequence[str]) -> Matrix:
    return np.column_stack([np.asarray(found[name], dtype=np.float32) for name in names])
