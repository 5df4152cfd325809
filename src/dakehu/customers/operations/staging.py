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
        for chunk in read_ahead(rows):
            self.fill(chunk)
            yield len(chunk)
            self.clear()

    def fill(self, chunk: list[Row]) -> None:
        """Add rows to the table."""
        if connection.vendor == "postgresql":
            self.copy(chunk)
        else:
            places = ", ".join(["%s"] * len(self.columns))
            self.cursor.executemany(f"INSERT INTO {self.name} VALUES ({places})", chunk)

    def clear(self) -> None:
        """Forget the rows held now; deleting would leave them in PostgreSQL's way."""
        verb = "TRUNCATE" if connection.vendor == "postgresql" else "DELETE FROM"
        self.cursor.execute(f"{verb} {self.name}")

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
