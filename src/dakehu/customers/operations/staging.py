"""
A temporary table that receives rows by the chunk, so that one statement can merge them.

PostgreSQL takes a chunk by COPY, SQLite by one prepared INSERT; both keep the table out of the
write-ahead log, and a chunk bounds the memory however long the file is.
"""

from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db import DataError, connection, transaction
from django.db.backends.utils import CursorWrapper

Row = tuple[Any, ...]

# Joins rows to what is staged. SQLite would rather walk the whole range of numbers and look for
# each among the staged rows, which have no index; its CROSS JOIN keeps the order of the tables as
# written. PostgreSQL weighs by itself.
STAGED_FIRST = "CROSS JOIN" if connection.vendor == "sqlite" else "JOIN"
CHUNK_ROWS = 20_000


@dataclass(frozen=True)
class Staging:
    """The temporary table ``name`` and its columns with their SQL types."""

    cursor: CursorWrapper
    name: str
    columns: Mapping[str, str]

    def chunks(self, rows: Iterable[Row]) -> Iterator[int]:
        """Hold the rows chunk after chunk; yields how many are held now."""
        for chunk in read_ahead(rows):
            with self.holding(chunk):
                yield len(chunk)

    @contextmanager
    def holding(self, chunk: list[Row]) -> Iterator[None]:
        """Hold a chunk for the length of a block; a NUL, which PostgreSQL lacks, is left out."""
        try:
            with transaction.atomic():
                write_rows(self.cursor, self.name, self.columns, chunk)
        except DataError:
            write_rows(self.cursor, self.name, self.columns, map(without_nul, chunk))
        yield
        # Deleted rows would stay in PostgreSQL's way until the transaction ends.
        verb = "TRUNCATE" if connection.vendor == "postgresql" else "DELETE FROM"
        self.cursor.execute(f"{verb} {self.name}")


def write_rows(
    cursor: CursorWrapper, table: str, columns: Iterable[str], rows: Iterable[Row]
) -> None:
    """
    Add rows to a table in the quickest way of the database.

    :raises DataError: if PostgreSQL cannot hold a value.
    :raises IntegrityError: if a row breaks a constraint.
    """
    names = [f'"{name}"' for name in columns]
    if connection.vendor == "postgresql":
        # Reached beside Django's wrapper, which translates the driver's errors.
        with (
            connection.wrap_database_errors,
            cursor.copy(f"COPY {table} ({', '.join(names)}) FROM STDIN") as copy,
        ):
            for row in rows:
                copy.write_row(row)
    else:
        places = ", ".join(["%s"] * len(names))
        cursor.executemany(
            f"INSERT INTO {table} ({', '.join(names)}) VALUES ({places})", list(rows)
        )


def read_ahead(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Yield rows by the chunk; the next one is read while the database works on the last."""
    remaining = iter(rows)

    def take() -> list[Row]:
        return list(islice(remaining, CHUNK_ROWS))

    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="staging") as reader:
        upcoming = reader.submit(take)
        while chunk := upcoming.result():
            upcoming = reader.submit(take)
            yield chunk


@contextmanager
def staging(name: str, columns: Mapping[str, str], *, by_hash: bool = True) -> Iterator[Staging]:
    """
    Give a temporary table for the length of a block inside a transaction.

    With ``by_hash`` PostgreSQL joins it with other tables by hash or by merging. Of tables that
    fill up in the same transaction it has no figures, takes them for small, and would compare
    every row with every other. A failing block leaves everything to its transaction's roll-back.
    """
    described = ", ".join(f'"{column}" {kind}' for column, kind in columns.items())
    is_led = by_hash and connection.vendor == "postgresql"
    with transaction.atomic(), connection.cursor() as cursor:
        if is_led:
            cursor.execute("SET LOCAL enable_nestloop TO off")
        cursor.execute(f"CREATE TEMPORARY TABLE {name} ({described})")
        yield Staging(cursor, name, columns)
        cursor.execute(f"DROP TABLE {name}")
        if is_led:
            cursor.execute("SET LOCAL enable_nestloop TO DEFAULT")


def without_nul(row: Row) -> Row:
    """Return a row whose texts hold no NUL character."""
    return tuple(value.replace("\0", "") if isinstance(value, str) else value for value in row)
