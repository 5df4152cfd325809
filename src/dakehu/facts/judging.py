"""
Judge everyone who was measured: expressions over measures and what was decided before.

Rules come in as rule-kit numbers; the engine knows nothing of levels.  It adds to each customer
what the evaluation before said of it, gives words their numbers, computes the columns asked for,
and keeps the measures beside them, so that every outcome can be explained from what it saw
(capabilities T19, T20).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import duckdb
import numpy as np

from dakehu.facts.engine import text_sql
from dakehu.facts.measures.frame import MEASURED
from dakehu.facts.measures.values import Measure
from dakehu.facts.rows import date_sql
from dakehu.rulekit.expressions import Number
from dakehu.rulekit.sql import Compiler
from dakehu.rulekit.walking import named_in

PRIOR = "prior"
RAW = "raw_"
CITY = "limit_city"
"""The name under which ``words`` number the cities, where rules tell cities apart."""
Said = tuple[str, int, date | None]
"""Number, level and since when, of a customer whom no file of decisions tells of."""


@dataclass(frozen=True)
class Before:
    """What the evaluation before decided: a file of decisions, or rows where it is lost."""

    file: Path | None = None
    rows: Sequence[Said] = ()

    def create(self, con: duckdb.DuckDBPyConnection) -> None:
        """Create the table :data:`PRIOR` on a connection."""
        con.execute(f"CREATE OR REPLACE TEMP TABLE {PRIOR} AS {self._query(con)}")

    def _query(self, con: duckdb.DuckDBPyConnection) -> str:
        names = "number, level AS prior_level, streak AS prior_streak, since AS prior_since"
        if self.file is not None:
            scan = f"read_parquet({text_sql(str(self.file))}, hive_partitioning = false)"
            return f"SELECT {names} FROM {scan}"
        numbers, levels, since = zip(*self.rows, strict=True) if self.rows else ((), (), ())
        con.register(
            "prior_rows",
            {
                "number": np.array(numbers, dtype=object),
                "level": np.array(levels, dtype=np.int64),
                "since": np.array([each and each.isoformat() for each in since], dtype=object),
            },
        )
        typed = "CAST(number AS VARCHAR) AS number, level, 0 AS streak, CAST(since AS DATE) since"
        return f"SELECT {names} FROM (SELECT {typed} FROM prior_rows)"


@dataclass(frozen=True)
class Judgement:
    """
    What to compute of everyone measured.

    ``words`` are numbered from 1 by their place; ``columns`` are what is asked for, by name, the
    column ``level`` among them.  ``term_months`` is how long a level holds at least.
    """

    day: date
    columns: tuple[tuple[str, Number], ...]
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    term_months: int = 0
    parameters: Mapping[str, int] = field(default_factory=dict)

    def create(
        self, con: duckdb.DuckDBPyConnection, table: str, measures: Iterable[Measure]
    ) -> None:
        """Create ``table``: number, city, the columns, before, since, and the measures seen."""
        inputs = {leaf.name for _, number in self.columns for leaf in named_in(number)}
        seen = [each for each in measures if each.code in inputs]
        compiler = Compiler(parameters=self.parameters)
        numbers = [number for _, number in self.columns]
        rows = compiler.with_steps(f"({self.base(seen)})", numbers)
        computed = ", ".join(
            f"CAST({compiler.number(number)} AS INTEGER) AS {name}"
            for name, number in self.columns
        )
        raw = "".join(f", {RAW}{each.code} AS {each.column}" for each in seen)
        judged = (
            f"SELECT number, city_id, {computed}, prior_level AS before, prior_since{raw} "
            f"FROM ({rows})"
        )
        day = date_sql(self.day)
        moved = "before IS NULL OR before <> level OR prior_since IS NULL"
        con.execute(
            f"CREATE OR REPLACE TEMP TABLE {table} AS SELECT * EXCLUDE (prior_since), "
            f"CASE WHEN {moved} THEN {day} ELSE prior_since END AS since FROM ({judged})"
        )

    def base(self, seen: Iterable[Measure]) -> str:
        """SQL for everyone measured, words as numbers, with what was decided before."""
        coded = "".join(
            f", {self._coded(each)} AS {each.column}, m.{each.column} AS {RAW}{each.code}"
            for each in seen
        )
        coded += f", {self._numbered('m.city_id', CITY)} AS {CITY}" if CITY in self.words else ""
        term = f"p.prior_since + INTERVAL {self.term_months} MONTH > {date_sql(self.day)}"
        in_term = term if self.term_months else "FALSE"
        return (
            f"SELECT m.number, m.city_id{coded}, p.prior_level, p.prior_since, "
            f"coalesce(p.prior_streak, 0) AS prior_streak, "
            f"CASE WHEN p.prior_since IS NOT NULL THEN CAST({in_term} AS BIGINT) END "
            f"AS prior_in_term FROM {MEASURED} AS m LEFT JOIN {PRIOR} AS p ON p.number = m.number"
        )

    def _coded(self, measure: Measure) -> str:
        column = f"m.{measure.column}"
        if not measure.is_text:
            return column
        return self._numbered(column, measure.code)

    def _numbered(self, column: str, name: str) -> str:
        whens = " ".join(
            f"WHEN {column} = {text_sql(word)} THEN {place}"
            for place, word in enumerate(self.words.get(name, ()), start=1)
        )
        return f"(CASE WHEN {column} IS NULL THEN NULL {whens} ELSE 0 END)"


def found_decision(path: Path, number: str) -> dict[str, object] | None:
    """Return what a file of decisions says of one customer; nothing if it is not in it."""
    with duckdb.connect(":memory:") as con:
        found = con.execute(
            f"SELECT * FROM read_parquet({text_sql(str(path))}, hive_partitioning = false) "
            "WHERE number = $number",
            {"number": number},
        )
        names = [column[0] for column in found.description]
        row = found.fetchone()
    return None if row is None else dict(zip(names, row, strict=True))
