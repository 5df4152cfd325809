"""Tasks for tests of the background work, and workers in processes of their own."""

import os
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import quote

from django.db import connection
from django_tasks import task

ROOT = Path(__file__).parents[2]
PATIENCE = 60.0


@task()
def write_line(path: str, line: str) -> None:
    """Add a line to a file."""
    with open(path, "a", encoding="utf-8") as file:
        file.write(line + "\n")


@task()
def fail(path: str) -> None:
    """Add a line to a file, and fail."""
    write_line.func(path, "tried")
    raise ValueError("the plain number 13812345678 is wrong")


@task(takes_context=True)
def write_slowly(context, folder: str) -> None:
    """Begin a file; end it at once the second time, and only much later the first time."""
    begun, whole = Path(folder) / "begun", Path(folder) / "whole"
    begun.write_text(str(context.attempt), encoding="utf-8")
    if context.attempt == 1:
        time.sleep(PATIENCE)
    begun.rename(whole)


def database_url() -> str:
    """Return the address of the test database, for another process."""
    known = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{quote(str(known['NAME']))}"
    user, password = quote(known["USER"], safe=""), quote(known["PASSWORD"] or "", safe="")
    place = f"{known['HOST'] or 'localhost'}:{known['PORT'] or 5432}"
    return f"postgresql://{user}:{password}@{place}/{known['NAME']}"


def start_worker(home: Path, *arguments: str) -> subprocess.Popen:
    """Start a worker over the test database."""
    return subprocess.Popen(
        [sys.executable, "-m", "django", "worker", *arguments],
        cwd=ROOT,
        env={
            **os.environ,
            "DAKEHU_HOME": str(home),
            "DAKEHU_DATABASE_URL": database_url(),
            "DJANGO_SETTINGS_MODULE": "dakehu.config.settings",
            "PYTHONPATH": str(ROOT),
        },
    )


def wait_for(path: Path) -> None:
    """Wait until a file is there."""
    until = time.monotonic() + PATIENCE
    while not path.exists():
        assert time.monotonic() < until, f"{path} does not come"
        time.sleep(0.05)
