"""
The subscriber master as of a day, and who is known to a city: both derived, both rebuildable.

As of day D a subscriber is what the newest row about it says: newest by data day ≤ D, then by
city code.  Deliveries may hold all subscribers or only the changed ones, and may come late; so the
truth is always the whole set of live subscriber partitions, and a shorter way is taken only where
it gives the same (capability F5).
"""

from collections.abc import Iterable, Sequence
from datetime import date
from os import fsync
from pathlib import Path

import duckdb

from dakehu.facts.engine import EngineLimits, connect, paths_sql, text_sql
from dakehu.facts.interfaces import SUBSCRIBER
from dakehu.facts.store import FactStore, Partition

_COLUMNS = ", ".join(f'"{name}"' for name in SUBSCRIBER.names)
_SETTINGS = "(FORMAT parquet, COMPRESSION zstd, PARQUET_VERSION v2)"


def build_master(
    store: FactStore,
    partitions: Iterable[Partition],
    *,
    day: date,
    token: str,
    limits: EngineLimits,
) -> Path:
    """
    Build the master as of ``day`` from all live subscriber partitions.

    The file ``<token>.parquet`` holds the columns of the interface and ``src_day``, the data day
    of the row, one row per subscriber, sorted by ``sub_id``.  Repeating it writes the same rows.
    """
    path = store.master_folder(day) / f"{token}.parquet"
    with connect(limits) as connection:
        files = _register(connection, store, _subscribers(partitions, after=None, until=day))
        if not files:
            _write(connection, _empty_sql(), path)
        else:
            _find_newest(connection, files)
            _write(connection, f"SELECT {_COLUMNS}, src_day FROM {_newest_rows(files)}", path)
    return path


def advance_master(
    store: FactStore,
    previous: Path,
    partitions: Iterable[Partition],
    *,
    days: tuple[date, date],
    token: str,
    limits: EngineLimits,
) -> Path:
    """
    Advance a master from the first of ``days`` to the second.

    Gives the same rows as :func:`build_master`, provided that no partition up to the first day
    changed since ``previous`` was built; only the partitions after it are read.
    """
    after, until = days
    path = store.master_folder(until) / f"{token}.parquet"
    with connect(limits) as connection:
        files = _register(connection, store, _subscribers(partitions, after=after, until=until))
        # The day in the path is the master's, not a column of its rows.
        scan = f"read_parquet({text_sql(str(previous))}, hive_partitioning=false)"
        earlier = f"SELECT * FROM {scan}"
        if not files:
            _write(connection, earlier, path)
        else:
            _find_newest(connection, files)
            _write(
                connection,
                f"SELECT {_COLUMNS}, src_day FROM {_newest_rows(files)} UNION ALL "
                f"SELECT earlier.* FROM ({earlier}) AS earlier "
                "ANTI JOIN newest ON newest.sub_id = earlier.sub_id",
                path,
            )
    return path


def known_subscribers(
    store: FactStore,
    partitions: Iterable[Partition],
    *,
    into: Path,
    limits: EngineLimits,
    base: Path | None = None,
) -> int:
    """
    Write who is known to one city, from its subscriber partitions of any day; return how many.

    ``sub_id``, ``managed`` and ``src_day`` by the newest row, sorted.  ``base`` is an earlier
    answer to build on, if no partition it was built from was replaced since; ``partitions`` are
    then the ones it has not seen, the one being taken in among them.
    """
    sources = []
    with connect(limits) as connection:
        files = _register(connection, store, _subscribers(partitions, after=None, until=None))
        if files:
            sources.append(f"SELECT sub_id, managed, src_day, rank FROM {_ranked(files)}")
        if base is not None:
            sources.append(
                "SELECT sub_id, managed, src_day, -1 AS rank "
                f"FROM read_parquet({text_sql(str(base))})"
            )
        if not sources:
            sources.append(
                "SELECT '' AS sub_id, 0::BIGINT AS managed, DATE '1970-01-01' AS src_day, "
                "0 AS rank WHERE false"
            )
        return _write(
            connection,
            "SELECT sub_id, arg_max_null(managed, (src_day, rank)) AS managed, "
            f"max(src_day) AS src_day FROM ({' UNION ALL '.join(sources)}) GROUP BY sub_id",
            into,
        )


def _subscribers(
    partitions: Iterable[Partition], *, after: date | None, until: date | None
) -> list[Partition]:
    chosen = (
        partition
        for partition in partitions
        if partition.interface == SUBSCRIBER.name
        and (after is None or partition.day > after)
        and (until is None or partition.day <= until)
    )
    return sorted(chosen, key=lambda partition: (partition.day, partition.city))


def _register(
    connection: duckdb.DuckDBPyConnection, store: FactStore, partitions: Sequence[Partition]
) -> list[Path]:
    """Tell the engine day and rank of each existing file; a later rank is a newer row."""
    connection.execute("CREATE TEMP TABLE ranks (filename VARCHAR, src_day DATE, rank INTEGER)")
    files: list[Path] = []
    ranks = []
    for rank, partition in enumerate(partitions):
        for path in store.files([partition]):
            files.append(path)
            ranks.append((str(path), partition.day, rank))
    if ranks:
        connection.executemany("INSERT INTO ranks VALUES (?, ?, ?)", ranks)
    return files


def _ranked(files: Sequence[Path]) -> str:
    scan = f"read_parquet({paths_sql(files)}, filename=true, hive_partitioning=false)"
    return f"{scan} JOIN ranks USING (filename)"


def _find_newest(connection: duckdb.DuckDBPyConnection, files: Sequence[Path]) -> None:
    # Only the keys are grouped; the wide rows are fetched by a join afterwards.
    connection.execute(
        "CREATE TEMP TABLE newest AS SELECT sub_id, max(rank) AS rank "
        f"FROM {_ranked(files)} GROUP BY sub_id"
    )


def _newest_rows(files: Sequence[Path]) -> str:
    return f"{_ranked(files)} JOIN newest USING (sub_id, rank)"


def _empty_sql() -> str:
    columns = ", ".join(
        f'CAST(NULL AS {column.sql_type}) AS "{column.name}"' for column in SUBSCRIBER.columns
    )
    return f"SELECT {columns}, CAST(NULL AS DATE) AS src_day WHERE false"


def _write(connection: duckdb.DuckDBPyConnection, rows: str, path: Path) -> int:
    """Write rows sorted by subscriber, aside first, so that the path is whole or not there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.part")
    written = connection.execute(
        f"COPY (SELECT * FROM ({rows}) ORDER BY sub_id) TO {text_sql(str(aside))} {_SETTINGS}"
    ).fetchone()
    with aside.open("rb") as settled:
        fsync(settled.fileno())
    aside.replace(path)
    return int(written[0]) if written else 0
