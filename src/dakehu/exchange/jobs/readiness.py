"""The installation makes itself ready at its first use and after upgrades: folder, database."""

import fcntl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from dakehu.common.filespace import is_remote

SETUP_LOCK = "setup.lock"
OWN_FOLDERS = ("inbox", "outbox", "work")


def make_ready(home: Path, say: Callable[[str], None]) -> None:
    """Create the folder and bring the database up to date; quick when nothing is to be done."""
    for name in OWN_FOLDERS:
        (home / name).mkdir(parents=True, exist_ok=True)
    if not steps_missing():
        return
    with one_at_a_time(home):
        # Whoever held the lock before may have done it all.
        missing = steps_missing()
        if missing:
            say(_("Setting up the database (%(count)s steps) …") % {"count": missing})
            call_command("migrate", interactive=False, verbosity=0)
            say(_("The database is ready."))


def make_places(*urls: str) -> None:
    """Make the folders of an inbox or outbox on this machine, if only their last part lacks.

    A whole path that lacks is rather a mistake, or something that is not mounted.
    """
    for url in urls:
        folder = Path(url)
        if not is_remote(url) and folder.parent.is_dir():
            folder.mkdir(exist_ok=True)


def steps_missing() -> int:
    """Return how many migrations the database still needs."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


@contextmanager
def one_at_a_time(home: Path) -> Iterator[None]:
    """Wait for others who set up the same installation: the night and the web server may meet."""
    with open(home / SETUP_LOCK, "a", encoding="ascii") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
