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
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.db import DataError, IntegrityError, transaction
from django.db.backends.utils import CursorWrapper

from dakehu.customers.operations.staging import (
    Row,
    Staging,
    read_ahead,
    staging,
    write_rows,
)
from dakehu.customers.values import Applied
from dakehu.facts.interfaces import Interface

STAGED = "staged"
# Longer keys are left out: cut, two of them might become one.
KEY_LENGTH = 64
NOTHING = "''"
# Columns that follow from others, or say nothing about a customer.
UNNOTED = frozenset({"search", "city_code", "delivered_manager_id", "source_day"})


@dataclass(frozen=True)
class Merge:
    """
    How staged rows (``s``) become rows of one table.

    ``columns`` gives each target column's SQL expression. ``owner`` joins the customer (``c``)
    without whom a row does not concern the records; ``lookups`` are left joins that only add
    values. ``identity`` is the column that says which record a written row belongs to;
    ``watching`` is the condition under which every change of a known record (``t``) is worth a
    note; changes of the column ``watched`` are so anyway. ``kept`` gives, for columns that
    people may set too, what a row that meets a known record (``t``) makes of them.

    ``nearby`` bounds the records (``t``) that a chunk can be about. Rows rest in the order of
    their key, so the bounds are narrow, and the database reads a stretch of the table instead of
    all of it.
    """

    table: str
    key: tuple[str, ...]
    columns: Mapping[str, str]
    nearby: str
    owner: str = ""
    lookups: str = ""
    condition: str = "1 = 1"
    identity: str = "id"
    watched: str = ""
    watching: str = ""
    kept: Mapping[str, str] = field(default_factory=dict)

    @property
    def meeting(self) -> str:
        """The staged rows that concern the table, each beside the record it is about."""
        match = " AND ".join(f"t.{name} = {self.columns[name]}" for name in self.key)
        return (
            f"{STAGED} s {self.owner} "
            f"LEFT JOIN {self.table} t ON {match} AND {self.nearby} {self.lookups}"
        )

    @property
    def notable(self) -> str:
        """The condition under which a known record changes in a way that is worth a note."""
        if not self.watching:
            return "1 = 0"
        always = self.differs(self.watched) if self.watched else "1 = 0"
        others = self.differs(*self.noted)
        changes = f"{always} OR ({self.watching} AND ({others}))"
        # A plain condition on the record would let SQLite walk the records and look for each one
        # among the staged rows, which have no index.
        return f"CASE WHEN t.source_day <= %(day)s THEN {changes} ELSE 1 = 0 END"

    def differs(self, *names: str) -> str:
        """Return the condition under which one of the columns of a known record changes."""
        return " OR ".join(f"t.{name} IS DISTINCT FROM {self.met[name]}" for name in names)

    @property
    def written(self) -> list[str]:
        """The columns that a known record may get anew."""
        return [name for name in self.columns if name not in self.key]

    @property
    def noted(self) -> list[str]:
        """The columns whose changes are worth a note."""
        constant = {name for name, new in self.columns.items() if new == NOTHING}
        return [name for name in self.written if name not in UNNOTED | constant]

    @property
    def met(self) -> dict[str, str]:
        """Each column's expression where a row may meet a known record."""
        return {**self.columns, **self.kept}

    def bounds(self) -> str:
        """Return the query of the lowest and highest customer a chunk is about."""
        return (
            f"SELECT min(c.id) AS low, max(c.id) AS high FROM {STAGED} s {self.owner} "
            f"WHERE {self.condition}"
        )

    def counting(self) -> str:
        """Return the query of how many rows concern the table, are in it, change it notably."""
        return (
            "SELECT count(*), count(t.source_day), "
            f"count(*) FILTER (WHERE {self.notable}) "
            f"FROM {self.meeting} WHERE {self.condition}"
        )

    def insertion(self) -> str:
        """Return the statement that adds rows none of which is known yet."""
        return (
            f"INSERT INTO {self.table} ({', '.join(self.columns)}) "
            f"SELECT {', '.join(self.columns.values())} "
            f"FROM {STAGED} s {self.owner} {self.lookups} WHERE {self.condition}"
        )

    def merging(self) -> str:
        """
        Return the statement that adds new rows and rewrites known ones that differ.

        Rows that do not differ are left out by the query, not by ON CONFLICT: PostgreSQL locks,
        that is writes, every row that conflicts.
        """
        differs = self.differs(*(name for name in self.written if name != "source_day"))
        return (
            f"INSERT INTO {self.table} ({', '.join(self.columns)}) "
            f"SELECT {', '.join(self.met.values())} FROM {self.meeting} "
            f"WHERE {self.condition} AND (t.source_day IS NULL "
            f"OR (t.source_day <= %(day)s AND ({differs}))) "
            f"ON CONFLICT ({', '.join(self.key)}) DO UPDATE SET "
            + ", ".join(f"{name} = excluded.{name}" for name in self.written)
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
class Straight:
    """
    How rows none of which is known are written without a stage.

    ``nearby`` is the condition that a record's key lies between ``first`` and ``last``. ``rows``
    gives what the merge's columns would hold, for every row of a chunk.
    """

    nearby: str
    rows: Callable[[CursorWrapper, Delivered, list[Row]], Iterable[Row]]


@dataclass(frozen=True)
class Load:
    """
    How the rows of one interface are applied.

    ``complete`` adds the values of the ``added`` columns to a delivered row. ``prepare`` runs
    once, ``before_merge`` for every chunk while it is staged. ``merges`` run in their order; the
    first one's table says which rows are new. ``note`` records the changes
    that are worth it while the records still hold the old values. ``straight`` is a quicker way
    for interfaces whose first load is large. ``by_hash`` is off where look-ups jump about a large
    table instead of walking along it.
    """

    interface: Interface
    merges: tuple[Merge, ...]
    added: Mapping[str, str] = field(default_factory=dict)
    complete: Callable[[Row], Row] = as_delivered
    prepare: Callable[[CursorWrapper, Delivered], None] = nothing_first
    before_merge: Callable[[CursorWrapper, Delivered], None] = nothing_first
    note: Callable[[CursorWrapper, Delivered], None] = nothing_first
    straight: Straight | None = None
    by_hash: bool = True

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
    with staging(STAGED, load.staged_columns, by_hash=load.by_hash) as staged:
        load.prepare(staged.cursor, delivered)
        for chunk in read_ahead(map(load.complete, rows)):
            if goes_straight(load, staged.cursor, chunk, delivered):
                applied += Applied(created=len(chunk))
                continue
            with staged.holding(chunk):
                load.before_merge(staged.cursor, delivered)
                applied += merged(load, staged, len(chunk), delivered)
    return applied


def goes_straight(
    load: Load, cursor: CursorWrapper, chunk: list[Row], delivered: Delivered
) -> bool:
    """
    Write a chunk of nothing but new rows straight into the table, if the load knows how.

    A first load is such chunks only, and twice as quick without the stage between. Whether a key
    is known is asked of the stretch between the lowest and the highest; where the database sorts
    otherwise, its constraint tells, and the chunk takes the way of all others.
    """
    if load.straight is None:
        return False
    merge = load.merges[0]
    keys = [row[0] for row in chunk]
    if max(map(len, keys)) > KEY_LENGTH:
        return False
    stretch = {"first": min(keys), "last": max(keys)}
    cursor.execute(f"SELECT 1 FROM {merge.table} t WHERE {load.straight.nearby} LIMIT 1", stretch)
    if cursor.fetchone():
        return False
    try:
        with transaction.atomic():
            rows = load.straight.rows(cursor, delivered, chunk)
            write_rows(cursor, merge.table, merge.columns, rows)
    except (DataError, IntegrityError):
        return False
    return True


def merged(load: Load, staged: Staging, count: int, delivered: Delivered) -> Applied:
    """Merge the chunk of ``count`` rows that is staged now."""
    cursor = staged.cursor
    bounded = with_bounds(load, cursor, delivered)
    cursor.execute(load.merges[0].counting(), bounded.parameters)
    concerned, known, notable = cursor.fetchone()
    # What merges after the first change is not counted beforehand.
    if notable or (known and len(load.merges) > 1):
        load.note(cursor, bounded)
    if known == 0 and len(load.merges) == 1:
        cursor.execute(load.merges[0].insertion(), bounded.parameters)
        return Applied(created=concerned, unchanged=count - concerned)
    written = rewritten(load.merges, cursor, bounded)
    created = concerned - known
    return Applied(created, written - created, count - written)


def with_bounds(load: Load, cursor: CursorWrapper, delivered: Delivered) -> Delivered:
    """Return the delivery with the lowest and highest key, and customer, of the staged rows."""
    key = load.interface.key[0]
    cursor.execute(f"SELECT min(s.{key}), max(s.{key}) FROM {STAGED} s")
    values = dict(zip(("first", "last"), cursor.fetchone(), strict=True))
    bounded = replace(delivered, values={**delivered.values, **values})
    owned = next((merge for merge in load.merges if merge.owner), None)
    if owned is None:
        return bounded
    cursor.execute(owned.bounds(), bounded.parameters)
    owners = dict(zip(("low", "high"), cursor.fetchone(), strict=True))
    return replace(bounded, values={**bounded.values, **owners})


def rewritten(merges: tuple[Merge, ...], cursor: CursorWrapper, delivered: Delivered) -> int:
    """Run the merges; return how many records were written by any of them."""
    if len(merges) == 1:
        cursor.execute(merges[0].merging(), delivered.parameters)
        return int(cursor.rowcount)
    touched: set[tuple[int]] = set()
    for merge in merges:
        cursor.execute(f"{merge.merging()} RETURNING {merge.identity}", delivered.parameters)
        touched.update(cursor.fetchall())
    return len(touched)
