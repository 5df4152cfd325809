"""
Strays: usage rows of managed subscribers that rest among those who are not managed.

They are the rows of the days before somebody became managed.  The full pass looks for them in
every file; the nightly run remembers what it found, and looks again only where it must: in files
that are new, and in the others for those who became managed since.

The memory is an index (``strays/index.json``) over batches of rows.  It names the usage
partitions it has covered, each with the first batch that speaks about it, and the roll: a file of
the subscribers they were searched for.  The index is replaced last, in one step, so a crash
leaves the old one in force and batches nobody refers to.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import duckdb

from dakehu.facts.engine import paths_sql, text_sql
from dakehu.facts.features import Feature
from dakehu.facts.frame import EVERYONE
from dakehu.facts.results import write_query
from dakehu.facts.rows import (
    STRAYS,
    Sources,
    date_sql,
    needed_days,
    read_parquet,
    stored_columns,
)
from dakehu.facts.store import FactStore, Partition

INDEX = "index.json"

BATCHES_KEPT = 12
"""Above this many files the batches are written together into one."""

Key = tuple[str, str, str]
"""Day, city and version of a usage partition."""


@dataclass(frozen=True)
class Index:
    """What was searched: columns kept, partitions with their first batch, batches and roll."""

    columns: tuple[str, ...] = ()
    covered: dict[Key, int] = field(default_factory=dict)
    batches: tuple[str, ...] = ()
    roll: str = ""
    next_batch: int = 1

    @classmethod
    def read(cls, path: Path) -> "Index":
        """The index at ``path``; an empty one when nothing was searched yet."""
        if not path.exists():
            return cls()
        stored = json.loads(path.read_text(encoding="utf-8"))
        return cls(
            columns=tuple(stored["columns"]),
            covered={(d, city, version): n for d, city, version, n in stored["covered"]},
            batches=tuple(stored["batches"]),
            roll=stored["roll"],
            next_batch=stored["next_batch"],
        )

    def write(self, path: Path) -> None:
        """Replace the index at ``path`` in one step."""
        stored = {
            "columns": self.columns,
            "covered": [[*key, first] for key, first in sorted(self.covered.items())],
            "batches": self.batches,
            "roll": self.roll,
            "next_batch": self.next_batch,
        }
        aside = path.with_name(f".{path.name}.new")
        aside.write_text(json.dumps(stored), encoding="utf-8")
        aside.replace(path)


def gather(
    con: duckdb.DuckDBPyConnection,
    store: FactStore,
    sources: Sources,
    features: Sequence[Feature],
) -> None:
    """Fill the table of strays by searching every file of the windows for everyone."""
    partitions = sources.usage(needed_days(features, sources.day))
    gather_from(con, store, partitions, stored_columns(features))


def gather_from(
    con: duckdb.DuckDBPyConnection,
    store: FactStore,
    partitions: Iterable[Partition],
    columns: Sequence[str],
) -> None:
    """Fill the table of strays with these columns by searching usage partitions for everyone."""
    files = store.files(partitions, "rest")
    found = _search(files, columns, EVERYONE) if files else _none(columns)
    con.execute(f"CREATE OR REPLACE TEMP TABLE {STRAYS} AS {found}")


def load(
    con: duckdb.DuckDBPyConnection,
    store: FactStore,
    sources: Sources,
    features: Sequence[Feature],
) -> None:
    """Fill the table of strays from the memory, which :func:`refresh` has brought up to date."""
    columns = stored_columns(features)
    index = Index.read(store.strays_folder / INDEX)
    found = _none(columns)
    if index.batches:
        remembered = _remembered(store, index)
        people = f"SELECT sub_id FROM {EVERYONE}"
        found = (
            f"SELECT day, city, sub_id{_listed(columns)} FROM ({remembered}) "
            f"WHERE sub_id IN ({people})"
        )
    con.execute(f"CREATE OR REPLACE TEMP TABLE {STRAYS} AS {found}")


def any_of(con: duckdb.DuckDBPyConnection) -> bool:
    """Whether there is any stray row."""
    return con.execute(f"SELECT 1 FROM {STRAYS} LIMIT 1").fetchone() is not None


def refresh(
    con: duckdb.DuckDBPyConnection,
    store: FactStore,
    sources: Sources,
    features: Sequence[Feature],
) -> None:
    """
    Search what was not searched yet, and remember what was found.

    1. Partitions no longer live or no longer in a window are forgotten.
    2. Partitions not covered are searched for everyone on the roll or managed now.
    3. Covered ones are searched for those managed now who are not on the roll.
    """
    store.strays_folder.mkdir(parents=True, exist_ok=True)
    wanted = sources.usage(needed_days(features, sources.day))
    _Search(con, store, stored_columns(features)).run(wanted)


@dataclass(frozen=True)
class _Search:
    con: duckdb.DuckDBPyConnection
    store: FactStore
    columns: tuple[str, ...]

    def run(self, wanted: Sequence[Partition]) -> None:
        index = self._index()
        live = {_key(partition): partition for partition in wanted}
        kept = {key: first for key, first in index.covered.items() if key in live}
        fresh = {key: index.next_batch for key in live if key not in kept}
        newcomers = self._enrol(index.roll)
        if not (fresh or newcomers or len(kept) < len(index.covered)):
            return
        searches = [
            (self.store.files([live[key] for key in fresh], "rest"), "roll"),
            (self.store.files([live[key] for key in kept], "rest"), "newcomers"),
        ]
        batch = self._write_batch(index.next_batch, searches if newcomers else searches[:1])
        index = Index(
            columns=self.columns,
            covered=kept | fresh,
            batches=(*index.batches, *batch),
            roll=self._write_roll(index.next_batch) if newcomers else index.roll,
            next_batch=index.next_batch + 1,
        )
        if len(index.batches) > BATCHES_KEPT:
            index = self._together(index)
        index.write(self.store.strays_folder / INDEX)
        self._tidy(index)

    def _index(self) -> Index:
        index = Index.read(self.store.strays_folder / INDEX)
        if index.columns == self.columns:
            return index
        # Other columns are wanted than were kept: everything is searched again.
        return Index(columns=self.columns, next_batch=index.next_batch)

    def _enrol(self, known: str) -> int:
        """Create the tables ``roll`` and ``newcomers``; return how many are new."""
        roll = f"SELECT CAST(NULL AS VARCHAR) AS sub_id FROM {EVERYONE} WHERE FALSE"
        if known:
            file = text_sql(str(self.store.strays_folder / known))
            roll = f"SELECT sub_id FROM read_parquet({file}, hive_partitioning = false)"
        self.con.execute(f"CREATE OR REPLACE TEMP TABLE roll AS {roll}")
        self.con.execute(
            "CREATE OR REPLACE TEMP TABLE newcomers AS "
            f"SELECT sub_id FROM {EVERYONE} WHERE sub_id NOT IN (SELECT sub_id FROM roll)"
        )
        row = self.con.execute("INSERT INTO roll SELECT sub_id FROM newcomers").fetchone()
        return int(row[0]) if row else 0

    def _write_batch(
        self, number: int, searches: Iterable[tuple[Sequence[Path], str]]
    ) -> list[str]:
        """Write what the searches find as batch ``number``; name the file unless it is empty."""
        version = r"regexp_extract(filename, '([^/]*)-rest\.parquet$', 1) AS version"
        more = (*self.columns, version, f"CAST({number} AS BIGINT) AS batch")
        found = [_search(files, more, people) for files, people in searches if files]
        if not found:
            return []
        self.con.execute(f"CREATE OR REPLACE TEMP TABLE batch AS {' UNION ALL '.join(found)}")
        if self.con.execute("SELECT 1 FROM batch LIMIT 1").fetchone() is None:
            return []
        return [self._write("SELECT * FROM batch", f"batch-{number}.parquet")]

    def _write_roll(self, number: int) -> str:
        return self._write("SELECT sub_id FROM roll", f"roll-{number}.parquet")

    def _together(self, index: Index) -> Index:
        name = f"batch-{index.next_batch}.parquet"
        self._write(_remembered(self.store, index), name)
        return replace(index, batches=(name,), next_batch=index.next_batch + 1)

    def _write(self, query: str, name: str) -> str:
        write_query(self.con, query, self.store.strays_folder / name)
        return name

    def _tidy(self, index: Index) -> None:
        """Delete what the index in force does not name, among it what a crash left behind."""
        named = {*index.batches, index.roll, INDEX}
        for path in self.store.strays_folder.iterdir():
            if path.name not in named:
                path.unlink()


def _key(partition: Partition) -> Key:
    return partition.day.isoformat(), partition.city, partition.version


def _search(files: Sequence[Path], columns: Iterable[str], people: str) -> str:
    return (
        f"SELECT day, city, sub_id{_listed(columns)} FROM {read_parquet(files)} "
        f"WHERE sub_id IN (SELECT sub_id FROM {people})"
    )


def _listed(columns: Iterable[str]) -> str:
    return "".join(f", {column}" for column in columns)


def _none(columns: Iterable[str]) -> str:
    typed = "".join(f", CAST(NULL AS BIGINT) AS {column}" for column in columns)
    return (
        "SELECT CAST(NULL AS DATE) AS day, CAST(NULL AS VARCHAR) AS city, "
        f"CAST(NULL AS VARCHAR) AS sub_id{typed} WHERE FALSE"
    )


def _remembered(store: FactStore, index: Index) -> str:
    """The remembered rows of the covered partitions, each from its first batch on."""
    files = paths_sql(store.strays_folder / name for name in index.batches)
    covered = ", ".join(
        f"({date_sql(date.fromisoformat(day))}, {text_sql(city)}, {text_sql(version)}, {first})"
        for (day, city, version), first in sorted(index.covered.items())
    )
    return (
        f"SELECT r.* FROM read_parquet({files}, hive_partitioning = false) AS r "
        f"JOIN (VALUES {covered}) AS c(day, city, version, first) ON r.day = c.day "
        "AND r.city = c.city AND r.version = c.version AND r.batch >= c.first"
    )
