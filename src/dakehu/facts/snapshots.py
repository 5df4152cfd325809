"""
Month-to-date figures of managed rows, one file per city and delivered day.

The snapshot of a day adds up, for every subscriber, the managed rows of the city from the first of
the month to that day; any window is then a difference of a few snapshots.  Adding up starts anew
each month, so a late or re-sent delivery touches the snapshots of its own month only.

A snapshot's file name is a digest of the columns kept and of the deliveries it adds up.  A late or
re-sent delivery changes the digests from its day on, so obsolete files are never mistaken for
valid ones, and nothing has to be marked or deleted in the right order.  A new snapshot takes the
place of the obsolete one; those too old for any window are removed.
"""

import hashlib
import shutil
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import duckdb

from dakehu.facts.features import Feature, UsageSum, cities_of, summed_columns
from dakehu.facts.results import PARQUET, write_query
from dakehu.facts.rows import Range, Sources, read_parquet, select_rows
from dakehu.facts.store import FactStore, Partition
from dakehu.facts.sums import snapshot_days, summed
from dakehu.facts.windows import Span

KEPT_DAYS = 430
"""Reaches from D to last year's month, and for two months of days that are evaluated again."""

MOVED = "moved"
"""The temporary table of subscribers with rows of two cities in one month."""

LAYOUT = "1"
"""Stands in every digest: a change of what a snapshot holds makes all old ones obsolete."""


@dataclass(frozen=True)
class Snapshot:
    """The figures of one city up to one delivered day: the deliveries added up, and the file."""

    deliveries: tuple[Partition, ...]
    path: Path


@dataclass(frozen=True)
class Snapshots:
    """The snapshots that the live deliveries call for."""

    store: FactStore
    sources: Sources

    def at(self, day: date, columns: Sequence[str]) -> list[Snapshot]:
        """The snapshot of every city at its last delivered day of the month up to ``day``."""
        month = self.sources.usage(Span(day.replace(day=1), day))
        by_city = ([p for p in month if p.city == city] for city in cities_of(month))
        return [self._of(deliveries, columns) for deliveries in by_city]

    def _of(self, deliveries: Sequence[Partition], columns: Sequence[str]) -> Snapshot:
        newest = deliveries[-1]
        folder = self.store.snapshot_folder(day=newest.day, city=newest.city)
        kept, added = digest(columns), digest(f"{p.day} {p.version}" for p in deliveries)
        return Snapshot(tuple(deliveries), folder / f"{kept}-{added}.parquet")

    def extend(self, con: duckdb.DuckDBPyConnection, features: Iterable[Feature]) -> int:
        """Write the missing snapshots that ``features`` need; return how many."""
        sums = [feature for feature in features if isinstance(feature, UsageSum)]
        columns = summed_columns(sums)
        # In the order of days, so that a later one of a month builds on an earlier one; two
        # boundaries can share one snapshot when nothing was delivered in between.
        needed = {
            snapshot.path: snapshot
            for boundary in sorted(snapshot_days(sums, day=self.sources.day))
            for snapshot in self.at(boundary, columns)
        }
        missing = [snapshot for path, snapshot in needed.items() if not path.exists()]
        self._write_all(con, missing, columns)
        for path in needed:
            _remove_obsolete(path)
        self._forget()
        return len(missing)

    def _write_all(
        self, con: duckdb.DuckDBPyConnection, missing: Sequence[Snapshot], columns: Sequence[str]
    ) -> None:
        """Write snapshots; cities side by side, because one city's file keeps one thread busy."""
        by_city: dict[str, list[Snapshot]] = {}
        for snapshot in missing:
            by_city.setdefault(snapshot.deliveries[-1].city, []).append(snapshot)

        def write_city(of_city: list[Snapshot]) -> None:
            with con.cursor() as own:
                for snapshot in of_city:
                    self._write(own, snapshot, columns)

        with ThreadPoolExecutor(max_workers=threads_of(con)) as writers:
            list(writers.map(write_city, by_city.values()))

    def _write(
        self, con: duckdb.DuckDBPyConnection, snapshot: Snapshot, columns: Sequence[str]
    ) -> None:
        base = next(self._earlier(snapshot.deliveries, columns), None)
        known = len(base.deliveries) if base else 0
        files = self.store.files(snapshot.deliveries[known:], "managed")
        parts = [f"{select_rows(columns)} FROM {read_parquet(files)}"] if files else []
        if base:
            parts.append(f"{_plain(columns)} FROM {read_parquet([base.path])}")
        rows = " UNION ALL ".join(parts) or _no_rows(columns)
        query = f"{summed(rows, columns)} ORDER BY sub_id"
        write_query(con, query, snapshot.path, form=PARQUET)

    def _forget(self) -> None:
        """Remove the snapshots of days that no window reaches back to."""
        oldest = self.sources.day - timedelta(days=KEPT_DAYS)
        for folder in self.store.snapshots.glob("day=*"):
            if folder.name < f"day={oldest.isoformat()}":
                shutil.rmtree(folder)

    def _earlier(
        self, deliveries: Sequence[Partition], columns: Sequence[str]
    ) -> Iterator[Snapshot]:
        """Snapshots of the same month that are there already, the latest first."""
        for count in range(len(deliveries) - 1, 0, -1):
            snapshot = self._of(deliveries[:count], columns)
            if snapshot.path.exists():
                yield snapshot


@dataclass(frozen=True)
class SnapshotRows:
    """
    Reads the snapshots of a day, one row per subscriber.

    A subscriber who moved within a month stands in the snapshots of two cities; only the rows of
    those in the table :data:`MOVED` have to be added up.
    """

    snapshots: Snapshots
    columns: tuple[str, ...]
    range: Range
    someone_moved: bool = True

    def select(self, day: date, columns: Sequence[str]) -> str | None:
        """SQL for ``sub_id`` and ``columns`` of all cities at ``day``; ``None`` without any."""
        files = [snapshot.path for snapshot in self.snapshots.at(day, self.columns)]
        if not files:
            return None
        rows = f"{_plain(columns)} FROM {read_parquet(files)} WHERE {self.range.where()}"
        if not self.someone_moved:
            return rows
        moved = summed(f"{rows} AND sub_id IN (FROM {MOVED})", columns)
        return f"{rows} AND sub_id NOT IN (FROM {MOVED}) UNION ALL {moved}"

    def find_moved(self, con: duckdb.DuckDBPyConnection, days: Iterable[date]) -> "SnapshotRows":
        """Fill the table :data:`MOVED` for the months of ``days``; know if anybody is in it."""
        # The last snapshot of a month lists everybody whom the earlier ones list.
        newest = {(day.year, day.month): day for day in sorted(days)}
        months = [
            [snapshot.path for snapshot in self.snapshots.at(day, self.columns)]
            for day in newest.values()
        ]
        twice = " UNION ".join(
            f"SELECT sub_id FROM {read_parquet(files)} WHERE {self.range.where()} "
            "GROUP BY sub_id HAVING count(*) > 1"
            for files in months
            if len(files) > 1
        )
        nobody = "SELECT CAST(NULL AS VARCHAR) AS sub_id WHERE FALSE"
        con.execute(f"CREATE OR REPLACE TEMP TABLE {MOVED} AS {twice or nobody}")
        someone = con.execute(f"SELECT 1 FROM {MOVED} LIMIT 1").fetchone() is not None
        return replace(self, someone_moved=someone)


def threads_of(con: duckdb.DuckDBPyConnection) -> int:
    """How many threads a connection may use."""
    row = con.execute("SELECT current_setting('threads')").fetchone()
    return int(row[0]) if row else 1


def _remove_obsolete(path: Path) -> None:
    """
    Remove earlier snapshots of the same columns beside ``path``, and what a crash left there.

    Done for all snapshots in use and not only for new ones: a night can be killed in between.
    """
    kept, _, _ = path.name.partition("-")
    for other in path.parent.iterdir():
        if other != path and other.name.startswith((f"{kept}-", ".")):
            other.unlink()


def digest(said: Iterable[str]) -> str:
    """A short name that differs whenever anything said differs."""
    return hashlib.sha256("\n".join([LAYOUT, *said]).encode()).hexdigest()[:16]


def _plain(columns: Iterable[str]) -> str:
    return f"SELECT {', '.join(['sub_id', *columns])}"


def _no_rows(columns: Iterable[str]) -> str:
    typed = (f"CAST(NULL AS BIGINT) AS {column}" for column in columns)
    return f"SELECT {', '.join(['CAST(NULL AS VARCHAR) AS sub_id', *typed])} WHERE FALSE"
