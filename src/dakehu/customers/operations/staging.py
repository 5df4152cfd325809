"""
A temporary table that receives rows by the chunk, so that one statement can merge them.

PostgreSQL takes a chunk by COPY, SQLite by one prepared INSERT; both keep the table out of the
write-ahead log, and a chunk bounds the memory however long the file is.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

Row = tuple[Any, ...]

CHUNK_ROWS = 20_000


@dataclass(frozen=True)
class Staging:
    """The temporary table ``name`` and its columns with their SQL types."""

    cursor: CursorWrapper
    name: str
    columns: Mapping[str, str]

    def chunks(self, rows: Iterable[Row]) -> Iterator[int]:
        """Hold the rows chunk after chunk; yields how many are held now."""
        remaining = iter(rows)
        while chunk := list(islice(remaining, CHUNK_ROWS)):
            self.fill(chunk)
            yield len(chunk)
            self.cursor.execute(f"DELETE FROM {self.name}")

    def fill(self, chunk: list[Row]) -> None:
        """Add rows to the table."""
        if connection.vendor == "postgresql":
            self.copy(chunk)
        else:
            places = ", ".join(["%s"] * len(self.columns))
            self.cursor.executemany(f"INSERT INTO {self.name} VALUES ({places})", chunk)

    def copy(self, chunk: list[Row]) -> None:
        """Add rows by COPY; a character that PostgreSQL cannot hold is left out."""
        from psycopg import DataError

        try:
            with transaction.atomic():
                self.write(chunk)
        except DataError:
            self.write(without_nul(row) for row in chunk)

    def write(self, rows: Iterable[Row]) -> None:
        """Send rows to PostgreSQL."""
        with self.cursor.copy(f"COPY {self.name} FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)


@contextmanager
def staging(name: str, columns: Mapping[str, str]) -> Iterator[Staging]:
    """
    Give a temporary table for the length of a block inside a transaction.

    A failing block leaves the table to the roll-back of its transaction.
    """
    described = ", ".join(f'"{column}" {kind}' for column, kind in columns.items())
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE {name} ({described})")
        yield Staging(cursor, name, columns)
        cursor.execute(f"DROP TABLE {name}")


def without_nul(row: Row) -> Row:
    """Return a row whose texts hold no NUL character."""
    return tuple(value.replace("\0", "") if isinstance(value, str) else value for value in row)
