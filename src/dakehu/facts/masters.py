"""
The subscriber master of many days at once: what it said of some people on each of them.

A master as of a day is the newest row up to it, so the days in between follow from the master of
the first day and the deliveries after it, read once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import numpy as np

from dakehu.facts.engine import text_sql
from dakehu.facts.frame import EVERYONE
from dakehu.facts.panel import Ints, Truth
from dakehu.facts.rows import Range, bounded, date_sql, read_parquet
from dakehu.facts.store import FactStore, Partition
from dakehu.rulekit.arrays import Column

DATES = frozenset({"birth_date", "open_date", "contract_end"})
EPOCH = date(1970, 1, 1)
BIRTH = "date_part('month', birth_date) * 100 + date_part('day', birth_date)"
LUNAR = 10_000

TOLD: Mapping[str, str] = {
    "managed": "managed",
    "level": "level",
    # The birthday as one number: month and day, with a thousand of its own for the lunar calendar.
    "born": f"{BIRTH} + CASE WHEN birth_calendar = 'lunar' THEN {LUNAR} ELSE 0 END",
}


@dataclass(frozen=True)
class MasterDays:
    """What the master said, by person and day: numbers by name, and the position of the city."""

    values: Mapping[str, Ints]
    known: Mapping[str, Truth]

    def column(self, name: str, people: slice) -> Column:
        """One number of some of the people."""
        return Column.of(self.values[name][people], self.known[name][people])


@dataclass(frozen=True)
class MasterReader:
    """Reads what the master said between two days."""

    store: FactStore
    partitions: tuple[Partition, ...]
    base: Path
    days: Sequence[date]
    cities: Sequence[str]
    columns: Sequence[str]

    def enrol(self, con: duckdb.DuckDBPyConnection) -> None:
        """Create the table of everybody who was managed on any of the days."""
        managed = " UNION ".join(
            f"SELECT sub_id FROM {source} WHERE managed = 1" for source in self._sources()
        )
        con.execute(f"CREATE OR REPLACE TEMP TABLE {EVERYONE} AS {managed}")

    def read(self, con: duckdb.DuckDBPyConnection, people: str, range_: Range) -> MasterDays:
        """Read what was said of a range of the table ``people``."""
        count = con.execute(f"SELECT count(*) FROM {people}").fetchone()
        shape = (int(count[0]) if count else 0, len(self.days))
        names = ["city", *TOLD, *self.columns]
        values = {name: np.zeros(shape, dtype=np.int64) for name in names}
        known = {name: np.zeros(shape, dtype=bool) for name in names}
        told = np.zeros(shape, dtype=bool)
        found = self._rows(con, people, range_)
        person, day = found["place"], found["day_place"]
        # A later row of one person and day replaces an earlier one: the order decides.
        told[person, day] = True
        for name in names:
            values[name][person, day] = np.ma.filled(found[name], 0)
            known[name][person, day] = ~np.ma.getmaskarray(found[name])
        latest = np.maximum.accumulate(np.where(told, np.arange(shape[1]), 0), axis=1)
        for name in names:
            values[name] = np.take_along_axis(values[name], latest, axis=1)
            known[name] = np.take_along_axis(known[name], latest, axis=1)
        return MasterDays(values, known)

    def _rows(
        self, con: duckdb.DuckDBPyConnection, people: str, range_: Range
    ) -> Mapping[str, Any]:
        cities = ", ".join(text_sql(city) for city in self.cities) or "''"
        columns = [f"CAST(list_position([{cities}], city_id) AS BIGINT) AS city"]
        columns += [f"CAST({sql} AS BIGINT) AS {name}" for name, sql in TOLD.items()]
        columns += [f"{_number(name)} AS {name}" for name in self.columns]
        first = self.days[0]
        parts = [
            f"SELECT sub_id, {'0 AS day_place, 0 AS rank' if not number else _placed(first)}, "
            f"{', '.join(columns)} FROM {source} WHERE {range_.where()}"
            for number, source in enumerate(self._sources())
        ]
        return con.execute(
            f"SELECT CAST(p.place AS BIGINT) AS place, r.* EXCLUDE (sub_id) "
            f"FROM ({' UNION ALL '.join(parts)}) AS r JOIN {people} AS p ON p.sub_id = r.sub_id "
            "ORDER BY day_place, rank"
        ).fetchnumpy()

    def _sources(self) -> list[str]:
        later = sorted(
            (p for p in self.partitions
             if p.interface == "subscriber" and self.days[0] < p.day <= self.days[-1]),
            key=lambda p: (p.day, p.city),
        )  # fmt: skip
        files = self.store.files(later)
        base = f"read_parquet({text_sql(str(self.base))}, hive_partitioning = false)"
        return [base, *([read_parquet(files)] if files else [])]


def _placed(first: date) -> str:
    place = f"CAST(day - {date_sql(first)} AS BIGINT) AS day_place"
    return f"{place}, 1 + CAST(city AS INTEGER) AS rank"


def _number(name: str) -> str:
    if name in DATES:
        return f"CAST({name} - DATE '1970-01-01' AS BIGINT)"
    return bounded(name)
