"""Where provinces keep their records whose nights run in processes of their own.

On SQLite that is a file in the province's folder. On PostgreSQL every province has a database of
its own on the suite's server; it goes away with the server.
"""

import hashlib
import shutil
import sqlite3
from contextlib import AbstractContextManager, closing
from pathlib import Path
from typing import Any, Protocol

PERMISSIONS = "django.contrib.auth.management.create_permissions"


class Databases(Protocol):
    """One kind of database; ``read_only`` are options of a connection that may not write."""

    read_only: dict[str, str]

    def name(self, home: Path) -> str:
        """Return what the connection of an installation calls its database."""
        ...

    def create(self, home: Path, prepared: Path) -> None:
        """Give a new installation its records, from a copy as :mod:`tests.factories.prepared`."""
        ...

    def copy(self, home: Path, target: Path) -> None:
        """Copy the records of an installation, whose folder has been copied already."""
        ...

    def connect(self, home: Path) -> AbstractContextManager[Any]:
        """Return a connection that answers ``execute(query).fetchall()``."""
        ...


class Files:
    """SQLite: the records are part of the folder."""

    read_only = {"init_command": "PRAGMA query_only=ON"}

    def name(self, home: Path) -> str:
        return str(home / "db.sqlite3")

    def create(self, home: Path, prepared: Path) -> None:
        shutil.copyfile(prepared, self.name(home))

    def copy(self, home: Path, target: Path) -> None:
        """The file came with the folder."""

    def connect(self, home: Path) -> AbstractContextManager[sqlite3.Connection]:
        return closing(sqlite3.connect(self.name(home)))


class ServerDatabases:
    """PostgreSQL: the records are a database that is named after the folder."""

    read_only = {"options": "-c default_transaction_read_only=on"}

    def __init__(self, options: dict[str, Any]) -> None:
        self.place = {
            "host": options["HOST"],
            "port": options["PORT"],
            "user": options["USER"],
            "password": options["PASSWORD"],
        }

    def name(self, home: Path) -> str:
        return f"night_{hashlib.sha256(bytes(home)).hexdigest()[:20]}"

    def create(self, home: Path, prepared: Path) -> None:
        from tests.factories.prepared import fill

        fill(prepared, self.name(home))

    def copy(self, home: Path, target: Path) -> None:
        source = self.name(home)
        self.order(f"CREATE DATABASE {self.name(target)} TEMPLATE {source} STRATEGY FILE_COPY")

    def connect(self, home: Path) -> AbstractContextManager[Any]:
        return self.open(self.name(home))

    def order(self, command: str) -> None:
        """Have the server do something about a whole database."""
        with self.open("postgres") as server:
            server.execute(command)

    def open(self, name: str) -> AbstractContextManager[Any]:
        """Connect to a database."""
        import psycopg

        return psycopg.connect(**self.place, dbname=name, autocommit=True)


def databases() -> Databases:
    """Return the kind of database on which the suite runs."""
    from django.conf import settings

    options = settings.DATABASES["default"]
    return Files() if options["ENGINE"].endswith("sqlite3") else ServerDatabases(options)


def make_flushes_quick() -> None:
    """
    Let emptying the database after a test cost what is in it.

    Django truncates every table, for each of which PostgreSQL makes new files, and then writes
    its own permissions, which Dakehu does not use.
    """
    from django.contrib.auth.management import create_permissions
    from django.db import connection
    from django.db.models.signals import post_migrate

    post_migrate.disconnect(create_permissions, dispatch_uid=PERMISSIONS)
    if connection.vendor == "postgresql":
        type(connection.ops).sql_flush = delete_rows


def delete_rows(operations: Any, _style: Any, tables: list[str], **_options: Any) -> list[str]:
    """Return the statements that empty the tables which have rows."""
    quoted = operations.quote_name
    probes = (f"SELECT '{name}' WHERE EXISTS (SELECT FROM {quoted(name)})" for name in tables)
    with operations.connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(probes))
        return [f"DELETE FROM {quoted(name)}" for (name,) in cursor.fetchall()]
