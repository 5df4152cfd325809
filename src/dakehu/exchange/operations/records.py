"""
What delivered rows do to what is known already (F6, promise 5).

Customer rows are merged into the records; usage counts as facts only; a city's own figures are
kept for reconciliation. Every accepted row is created, updated or unchanged, never two of these.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from duckdb import DuckDBPyConnection

from dakehu.customers.operations import APPLY
from dakehu.customers.values import Applied
from dakehu.exchange.models import CityStat
from dakehu.exchange.queries.facts import live_partitions
from dakehu.facts.engine import paths_sql
from dakehu.facts.interfaces import INTERFACES, Interface
from dakehu.facts.store import FactStore, Partition

ROWS_AT_ONCE = 20_000
OF_ANY_CITY = frozenset({"subscriber", "month", "group", "group_month", "subscription"})
"""Interfaces whose rows are about somebody who may move from one city to another."""

ORDER = (*APPLY, "usage", "city_stat")
"""The order in which the interfaces of one delivery reach the records."""


@dataclass(frozen=True)
class Arrival:
    """The rows of one interface that have just been written to rest, and who reads them."""

    partition: Partition
    store: FactStore
    engine: DuckDBPyConnection

    @property
    def interface(self) -> Interface:
        """The interface the rows are of."""
        return INTERFACES[self.partition.interface]


def apply_arrival(arrival: Arrival, *, at: datetime) -> Applied:
    """Bring what is known up to date with the rows of one interface, city and day."""
    partition = arrival.partition
    if partition.interface == "city_stat":
        return keep_city_stats(rows_of(arrival, ()), city=partition.city, day=partition.day)
    if partition.interface not in APPLY:
        return compared(arrival)
    overtaken = newer_partitions(partition)
    rows = rows_of(arrival, overtaken)
    apply = APPLY[partition.interface]
    applied = apply(rows, city_code=partition.city, day=partition.day, at=at)
    return applied + Applied(unchanged=partition.rows - applied.rows)


def newer_partitions(partition: Partition) -> list[Partition]:
    """Return the live partitions whose rows have overtaken those of this one.

    A delivery that comes late must not undo what a newer one said. Of two cities that speak of
    the same customer on the same day, the higher code counts, as in the subscriber master.
    """
    city = None if partition.interface in OF_ANY_CITY else partition.city
    live = live_partitions([partition.interface], first=partition.day, city=city)
    mine = (partition.day, partition.city)
    return [other for other in live if (other.day, other.city) > mine]


def rows_of(arrival: Arrival, overtaken: Sequence[Partition]) -> Iterator[tuple[Any, ...]]:
    """Yield the rows at rest as tuples in the order of the contract, without overtaken ones."""
    files = arrival.store.files([arrival.partition])
    if not files:
        return
    columns = ", ".join(f'n."{name}"' for name in arrival.interface.names)
    query = f"SELECT {columns} FROM {parquet(files)} AS n"
    newer = arrival.store.files(overtaken)
    if newer:
        query += f" ANTI JOIN {parquet(newer)} AS o ON {same_key(arrival.interface)}"
    found = arrival.engine.execute(query)
    while batch := found.fetchmany(ROWS_AT_ONCE):
        yield from batch


def compared(arrival: Arrival) -> Applied:
    """Count rows that are facts only against those of the delivery they replace."""
    partition = arrival.partition
    before = live_partitions(
        [partition.interface], first=partition.day, last=partition.day, city=partition.city
    )
    old, new = arrival.store.files(before), arrival.store.files([partition])
    if not old or not new:
        return Applied(created=partition.rows)
    rest = [name for name in arrival.interface.names if name not in arrival.interface.key]
    was, now = (", ".join(f'{side}."{name}"' for name in rest) for side in "on")
    key = arrival.interface.key[0]
    counts = arrival.engine.execute(
        f'SELECT count(*) FILTER (o."{key}" IS NOT NULL), '
        f'count(*) FILTER (o."{key}" IS NOT NULL AND row({was}) IS NOT DISTINCT FROM row({now})) '
        f"FROM {parquet(new)} AS n LEFT JOIN {parquet(old)} AS o ON {same_key(arrival.interface)}"
    ).fetchone()
    known, same = counts or (0, 0)
    return Applied(created=partition.rows - known, updated=known - same, unchanged=same)


def keep_city_stats(rows: Iterable[tuple[Any, ...]], *, city: str, day: date) -> Applied:
    """Keep the figures that a city delivers about itself, in place of those of an earlier send."""
    kept = CityStat.objects.filter(city_code=city, day=day)
    before = {
        (code, dimension): value
        for code, dimension, value in kept.values_list("stat_code", "dimension", "value")
    }
    kept.delete()
    now = {(code[:60], (dimension or "")[:120]): value for code, dimension, value in rows}
    CityStat.objects.bulk_create(
        CityStat(city_code=city, day=day, stat_code=code, dimension=dimension, value=value)
        for (code, dimension), value in now.items()
    )
    created = sum(key not in before for key in now)
    same = sum(key in before and before[key] == value for key, value in now.items())
    return Applied(created=created, updated=len(now) - created - same, unchanged=same)


def parquet(files: Iterable[Path]) -> str:
    """Return the table function that reads files as they are."""
    return f"read_parquet({paths_sql(files)}, hive_partitioning = false)"


def same_key(interface: Interface) -> str:
    """Return the condition under which a new row ``n`` and another one ``o`` are the same row."""
    return " AND ".join(f'n."{name}" IS NOT DISTINCT FROM o."{name}"' for name in interface.key)
