"""
Months that came while nobody managed a customer, brought in once somebody does (V1).

Only the money of managed individuals is kept among the records; that of all others rests as facts
until it is wanted.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from dakehu.common.batches import batched
from dakehu.customers.operations import APPLY
from dakehu.customers.queries.numbers import managed_among
from dakehu.exchange.operations.records import Arrival, parquet
from dakehu.exchange.queries.facts import live_partitions
from dakehu.facts.engine import paths_sql
from dakehu.facts.interfaces import MONTH, SUBSCRIBER

NUMBERS_AT_ONCE = 500


def awaiting_months(arrival: Arrival) -> list[str]:
    """Return whom arriving rows call managed and the records do not: before the rows are applied.

    Nobody while no month has been delivered, as in a first load.
    """
    files = arrival.store.files([arrival.partition])
    if arrival.interface is not SUBSCRIBER or not files:
        return []
    if not live_partitions([MONTH.name]):
        return []
    found = arrival.engine.execute(f"SELECT sub_id FROM {parquet(files)} WHERE managed = 1")
    numbers = [number for (number,) in found.fetchall()]
    pieces = batched(numbers, NUMBERS_AT_ONCE)
    return [number for some in pieces for number in sorted(set(some) - managed_among(some))]


def bring_months(arrival: Arrival, awaited: Sequence[str], *, at: datetime) -> None:
    """Bring in the delivered months of those among ``awaited`` who are managed by now."""
    for some in batched(awaited, NUMBERS_AT_ONCE):
        if managed := managed_among(some):
            bring_months_of(sorted(managed), arrival, at=at)


def bring_months_of(numbers: Sequence[str], arrival: Arrival, *, at: datetime) -> None:
    """Apply the months of a few customers as they were delivered, the oldest delivery first."""
    partitions = [each for each in live_partitions([MONTH.name]) if each.rows]
    files = {file: each for each in partitions for file in arrival.store.files([each])}
    if not files:
        return
    columns = ", ".join(f'"{name}"' for name in MONTH.names)
    found = arrival.engine.execute(
        f"SELECT filename, {columns} FROM read_parquet({paths_sql(files)}, "
        "hive_partitioning = false, filename = true) WHERE sub_id IN (SELECT unnest(?))",
        [list(numbers)],
    )
    rows: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
    for file, *row in found.fetchall():
        rows[file].append(tuple(row))
    for file, partition in files.items():
        if found_here := rows[str(file)]:
            apply = APPLY[MONTH.name]
            apply(sorted(found_here), city_code=partition.city, day=partition.day, at=at)
