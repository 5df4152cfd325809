"""
One mechanism for all files of the cities: rows are staged, then merged by one statement (F5, F6).

A :class:`Load` describes, as a value, which columns of which table an interface fills, by which
key, and through which look-ups. Merging twice changes nothing; a row is rewritten only if a value
differs; a row that a newer data day wrote is never overwritten by an older one. Rows of the same
data day overwrite, which is what a re-send means.

The guard by data day knows when a row last *changed*, not when it was last delivered. Whoever
loads a late delivery therefore leaves out the rows that a newer live delivery also holds.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.backends.utils import CursorWrapper

from dakehu.customers.operations.staging import Row, Staging, staging
from dakehu.customers.values import Applied
from dakehu.facts.interfaces import Interface

STAGED = "staged"


@dataclass(frozen=True)
class Merge:
    """
    How staged rows (``s``) become rows of one table.

    ``columns`` gives each target column's SQL expression. ``owner`` joins what decides whether a
    row concerns the records at all; ``lookups`` are left joins that only add values. ``identity``
    is the column that says which record a written row belongs to.
    """

    table: str
    key: tuple[str, ...]
    columns: Mapping[str, str]
    owner: str = ""
    lookups: str = ""
    condition: str = "1 = 1"
    identity: str = "id"

    def counting(self) -> str:
        """Return the query of how many staged rows concern the table, and how many are in it."""
        match = " AND ".join(f"t.{name} = {self.columns[name]}" for name in self.key)
        return (
            f"SELECT count(*), count(t.source_day) FROM {STAGED} s {self.owner} "
            f"LEFT JOIN {self.table} t ON {match} WHERE {self.condition}"
        )

    def insertion(self) -> str:
        """Return the statement that adds new rows and rewrites the ones that differ."""
        written = [name for name in self.columns if name not in self.key]
        compared = [name for name in written if name != "source_day"]
        differs = " OR ".join(
            f"{self.table}.{name} IS DISTINCT FROM excluded.{name}" for name in compared
        )
        return (
            f"INSERT INTO {self.table} ({', '.join(self.columns)}) "
            f"SELECT {', '.join(self.columns.values())} "
            f"FROM {STAGED} s {self.owner} {self.lookups} WHERE {self.condition} "
            f"ON CONFLICT ({', '.join(self.key)}) DO UPDATE SET "
            + ", ".join(f"{name} = excluded.{name}" for name in written)
            + f" WHERE {self.table}.source_day <= excluded.source_day AND ({differs})"
        )


@dataclass(frozen=True)
class Delivered:
    """Which delivery rows come from: its city and data day, and what the statements may name."""

    city: str
    day: date
    values: Mapping[str, Any] = field(default_factory=dict)

    @property
    def parameters(self) -> dict[str, Any]:
        """The named parameters of the statements."""
        return {"city": self.city, "day": self.day, **self.values}


def as_delivered(row: Row) -> Row:
    """Return a row that needs nothing added."""
    return row


def nothing_first(cursor: CursorWrapper, delivered: Delivered) -> None:
    """Do nothing before a chunk is merged."""


@dataclass(frozen=True)
class Load:
    """
    How the rows of one interface are applied.

    ``complete`` adds the values of the ``added`` columns to a delivered row. ``prepare`` runs
    once, ``before_merge`` for every chunk while it is staged. ``merges`` run in their order; the
    first one's table says which rows are new.
    """

    interface: Interface
    merges: tuple[Merge, ...]
    added: Mapping[str, str] = field(default_factory=dict)
    complete: Callable[[Row], Row] = as_delivered
    prepare: Callable[[CursorWrapper, Delivered], None] = nothing_first
    before_merge: Callable[[CursorWrapper, Delivered], None] = nothing_first

    @property
    def staged_columns(self) -> dict[str, str]:
        """The columns of the temporary table with their SQL types."""
        delivered = {column.name: column.sql_type for column in self.interface.columns}
        return {**delivered, **self.added}


def apply(load: Load, rows: Iterable[Row], delivered: Delivered) -> Applied:
    """
    Merge delivered rows into the records, all or nothing, in bounded memory.

    Returns how many rows were created, updated and left unchanged.
    """
    applied = Applied()
    with staging(STAGED, load.staged_columns) as staged:
        load.prepare(staged.cursor, delivered)
        for count in staged.chunks(map(load.complete, rows)):
            load.before_merge(staged.cursor, delivered)
            applied += merged(load, staged, count, delivered)
    return applied


def merged(load: Load, staged: Staging, count: int, delivered: Delivered) -> Applied:
    """Merge the chunk of ``count`` rows that is staged now."""
    cursor, parameters = staged.cursor, delivered.parameters
    cursor.execute(load.merges[0].counting(), parameters)
    concerned, known = cursor.fetchone()
    written = rewritten(load.merges, cursor, parameters)
    created = concerned - known
    return Applied(created, written - created, count - written)


def rewritten(
    merges: tuple[Merge, ...], cursor: CursorWrapper, parameters: Mapping[str, Any]
) -> int:
    """Run the merges; return how many records were written by any of them."""
    if len(merges) == 1:
        cursor.execute(merges[0].insertion(), parameters)
        return int(cursor.rowcount)
    touched: set[tuple[int]] = set()
    for merge in merges:
        cursor.execute(f"{merge.insertion()} RETURNING {merge.identity}", parameters)
        touched.update(cursor.fetchall())
    return len(touched)
