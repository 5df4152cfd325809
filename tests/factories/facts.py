"""Writes facts at rest as the intake leaves them, from rows given as plain dictionaries."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from dakehu.facts.batch import Engine, Evaluation, Target
from dakehu.facts.engine import EngineLimits, text_sql
from dakehu.facts.features import Program
from dakehu.facts.interfaces import MONTH, SUBSCRIBER, USAGE, Interface
from dakehu.facts.rows import Sources
from dakehu.facts.store import FactStore, Partition

Row = Mapping[str, Any]

NO_USAGE: Row = dict.fromkeys(USAGE.names, 0) | {"plan_id": "P1"}
ORDINARY: Row = dict.fromkeys(SUBSCRIBER.names) | {
    "name": "王芳",
    "open_date": date(2016, 1, 1),
    "birth_calendar": "solar",
    "credit_limit_fen": 100_000,
    "level": 0,
    "managed": 1,
    "status": 0,
}


def usage_row(sub_id: str, day: date, city: str = "01", **values: Any) -> dict[str, Any]:
    """A day without any use, apart from ``values``."""
    return {**NO_USAGE, "day": day, "sub_id": sub_id, "city_id": city, **values}


def master_row(sub_id: str, city: str = "01", **values: Any) -> dict[str, Any]:
    """A managed subscriber since 2016 without birthday and contract, apart from ``values``."""
    return {**ORDINARY, "sub_id": sub_id, "city_id": city, **values}


def month_row(sub_id: str, ym: int, revenue: int | None, days: int | None) -> dict[str, Any]:
    """The figures of one month."""
    figures = {"revenue_fen": revenue, "arrears_fen": 0, "arrears_days": days}
    return {"sub_id": sub_id, "ym": ym, **figures}


@dataclass
class Facts:
    """A fact store under test: deliveries come in, the live ones are remembered."""

    home: Path
    live: dict[tuple[str, date, str], Partition] = field(default_factory=dict)
    deliveries: int = 0
    con: duckdb.DuckDBPyConnection = field(default_factory=duckdb.connect)

    @property
    def store(self) -> FactStore:
        return FactStore(self.home)

    @property
    def engine(self) -> Engine:
        (self.home / "work").mkdir(parents=True, exist_ok=True)
        return Engine(self.store, EngineLimits(self.home / "work", "256MB", 1))

    def deliver_usage(
        self, day: date, city: str, rows: Iterable[Row], *, managed: Iterable[str]
    ) -> Partition:
        """Take in the usage of a city and day, split by who is managed at that moment."""
        apart = set(managed)
        by_part: dict[str, list[Row]] = {"managed": [], "rest": []}
        for row in rows:
            by_part["managed" if row["sub_id"] in apart else "rest"].append(row)
        return self._deliver(USAGE, day, city, by_part)

    def deliver_months(self, day: date, city: str, rows: Sequence[Row]) -> Partition:
        """Take in month figures."""
        return self._deliver(MONTH, day, city, {"data": list(rows)})

    def deliver_subscribers(self, day: date, city: str, rows: Sequence[Row]) -> Partition:
        """Take in who the subscribers are."""
        return self._deliver(SUBSCRIBER, day, city, {"data": list(rows)})

    def _deliver(
        self, interface: Interface, day: date, city: str, parts: Mapping[str, Sequence[Row]]
    ) -> Partition:
        self.deliveries += 1
        version, rows = f"d{self.deliveries}", sum(map(len, parts.values()))
        partition = Partition(interface.name, day, city, version, rows)
        for part, found in parts.items():
            if found:
                write_rows(self.con, self.store.path(partition, part), interface, found)
        self.live[interface.name, day, city] = partition
        return partition

    def sources(self, day: date, master: Sequence[Row]) -> Sources:
        """What a run of ``day`` sees, with the master as given."""
        path = self.store.master_folder(day) / f"m{self.deliveries}.parquet"
        write_rows(self.con, path, SUBSCRIBER, master)
        return Sources(day, tuple(sorted(self.live.values())), path)

    def evaluate(
        self,
        sources: Sources,
        *programs: Program,
        use_snapshots: bool = False,
        cities: Iterable[str] | None = None,
    ) -> Evaluation:
        """Evaluate by the full pass, or from snapshots."""
        token = "snapshots" if use_snapshots else "full"
        return self.engine.evaluate(
            sources,
            programs,
            cities=None if cities is None else set(cities),
            target=Target(self.store, token),
            use_snapshots=use_snapshots,
        )


def write_rows(
    con: duckdb.DuckDBPyConnection, path: Path, interface: Interface, rows: Sequence[Row]
) -> None:
    """Write rows of an interface to one Parquet file, sorted by its first key column."""
    path.parent.mkdir(parents=True, exist_ok=True)
    columns = interface.columns
    select = ", ".join(f'CAST("{c.name}" AS {c.sql_type}) AS "{c.name}"' for c in columns)
    names = ", ".join(f'"{name}"' for name in interface.names)
    values = ", ".join(f"({', '.join(_literal(row[n]) for n in interface.names)})" for row in rows)
    if not values:
        values = f"({', '.join('NULL' for _ in columns)})"
    where = "" if rows else "WHERE FALSE"
    con.execute(
        f"COPY (SELECT {select} FROM (VALUES {values}) AS r({names}) {where} "
        f"ORDER BY {interface.key[0]}) TO '{path}' (FORMAT parquet)"
    )


def _literal(value: object) -> str:
    if value is None:
        return "NULL"
    return str(value) if isinstance(value, int) else text_sql(str(value))


def read_rows(path: Path) -> list[dict[str, Any]]:
    """The rows of a result file, in its order."""
    with duckdb.connect() as con:
        con.execute(f"SELECT * FROM read_parquet('{path}', hive_partitioning = false)")
        names = [column[0] for column in con.description]
        return [dict(zip(names, row, strict=True)) for row in con.fetchall()]


def signals_of(evaluation: Evaluation) -> set[tuple[str, str, int | None, int | None]]:
    """The signals of an evaluation as (sub_id, rule, a, b)."""
    rows = read_rows(evaluation.files["signals"])
    return {(row["sub_id"], row["rule"], row["a"], row["b"]) for row in rows}
