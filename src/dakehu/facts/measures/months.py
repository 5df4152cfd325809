"""
Figures of months, folded by customer in one pass over the rows.

Of a month the newest delivery counts.  Nearly always a month was delivered once, so the rows are
folded at once, and only the customers of whom some month was told twice are folded again from
the newest row of each month: grouping every customer and month would cost several times more.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from dakehu.facts.features import months_before
from dakehu.facts.measures.values import Fold, Measure, Monthly
from dakehu.facts.rows import bounded, read_parquet

FIGURES = "month_figures"
"""The table by ``number``: for each measure its fold, and how many months are known."""


@dataclass(frozen=True)
class MonthTable:
    """Where the months of some customers lie."""

    key: str
    files: tuple[Path, ...]
    rank: str
    day: date
    people: str

    def build(self, con: duckdb.DuckDBPyConnection, measures: Sequence[Measure]) -> None:
        """Create :data:`FIGURES` with the measures, all of them monthly."""
        folds = [(each.code, each.source) for each in measures if isinstance(each.source, Monthly)]
        if not self.files:
            empty = ", ".join(
                f'CAST(NULL AS BIGINT) AS "{code}", 0 AS {code}_known' for code, _ in folds
            )
            self._create(con, FIGURES, f"SELECT '' AS number, {empty} WHERE FALSE")
            return
        months = months_before(self.day, max(source.months for _, source in folds))
        columns = sorted({source.column for _, source in folds})
        listed = ", ".join(["ym", *columns])
        rows = (
            f"SELECT {self.key} AS number, {listed}, {self.rank} AS rank "
            f"FROM {read_parquet(self.files)} WHERE ym IN ({', '.join(map(str, months))}) "
            f"AND {self.key} IN (SELECT number FROM {self.people})"
        )
        self._create(con, FIGURES, f"SELECT {self._folded(folds)} FROM ({rows}) GROUP BY number")
        self._fold_doubled(con, rows, columns, folds)

    def _fold_doubled(
        self,
        con: duckdb.DuckDBPyConnection,
        rows: str,
        columns: Iterable[str],
        folds: Sequence[tuple[str, Monthly]],
    ) -> None:
        doubled = f"SELECT number FROM {FIGURES} WHERE rows_of_number > months_of_number"
        if not con.execute(f"{doubled} LIMIT 1").fetchall():
            return
        self._create(con, "doubled", doubled)
        newest = ", ".join(f"arg_max_null({name}, rank) AS {name}" for name in columns)
        once = (
            f"SELECT number, ym, {newest} FROM ({rows}) "
            "WHERE number IN (SELECT number FROM doubled) GROUP BY number, ym"
        )
        con.execute(f"DELETE FROM {FIGURES} WHERE number IN (SELECT number FROM doubled)")
        con.execute(
            f"INSERT INTO {FIGURES} SELECT {self._folded(folds)} FROM ({once}) GROUP BY number"
        )

    def _folded(self, folds: Sequence[tuple[str, Monthly]]) -> str:
        columns = ["number"]
        for code, source in folds:
            oldest = months_before(self.day, source.months)[-1]
            within = f"FILTER (WHERE ym >= {oldest})"
            columns.append(f'{bounded(_fold(source, within))} AS "{code}"')
            columns.append(f"count({source.column}) {within} AS {code}_known")
        # Of a month each row sets one bit: fewer bits than rows tell that some month came twice.
        place = "CAST(1 AS UBIGINT) << ((ym // 100 * 12 + ym % 100) % 64)"
        columns.append("count(*) AS rows_of_number")
        columns.append(f"bit_count(bit_or({place})) AS months_of_number")
        return ", ".join(columns)

    @staticmethod
    def _create(con: duckdb.DuckDBPyConnection, table: str, query: str) -> None:
        con.execute(f"CREATE OR REPLACE TEMP TABLE {table} AS {query}")


def _fold(source: Monthly, within: str) -> str:
    column = source.column
    match source.fold:
        case Fold.MAX:
            return f"max({column}) {within}"
        case Fold.MIN:
            return f"min({column}) {within}"
        case Fold.NEWEST:
            return f"arg_max({column}, ym) {within}"
    # A mean is divided by what is known once everything is summed.
    return f"sum({column}) {within}"
