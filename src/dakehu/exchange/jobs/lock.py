"""One run at a time: a lock that the system itself releases when its holder dies."""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from django.utils.translation import gettext as _

from dakehu.exchange.choices import RunKind
from dakehu.exchange.errors import AnotherRunUnderWay

LOCK_NAME = "nightly.lock"


@contextmanager
def only_run(home: Path, holder: dict[str, Any]) -> Iterator[None]:
    """Hold the lock of the installation while the block runs.

    ``holder`` (who, host, pid, started, kind, date) is written into the file for whoever comes
    second. The file stays; only the lock on it counts, so a killed run leaves nothing to clean.

    :raises AnotherRunUnderWay: if another process holds it, saying who and since when.
    """
    home.mkdir(parents=True, exist_ok=True)
    with open(home / LOCK_NAME, "a+", encoding="utf-8") as file:
        seize(file)
        write_holder(file, holder)
        try:
            yield
        finally:
            write_holder(file, {})


def seize(file: IO[str]) -> None:
    """Take the lock at once.

    :raises AnotherRunUnderWay: if it is held.
    """
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as busy:
        raise AnotherRunUnderWay(in_words(read_holder(file))) from busy


def write_holder(file: IO[str], holder: dict[str, Any]) -> None:
    """Replace what the lock file says."""
    file.seek(0)
    file.truncate()
    json.dump(holder, file, ensure_ascii=False)
    file.flush()
    os.fsync(file.fileno())


def read_holder(file: IO[str]) -> dict[str, Any]:
    """Return what the lock file says; nothing while its holder is just writing it."""
    file.seek(0)
    try:
        holder = json.loads(file.read() or "{}")
    except ValueError:
        return {}
    return holder if isinstance(holder, dict) else {}


def in_words(holder: dict[str, Any]) -> str:
    """Say who runs since when."""
    if not holder:
        return _("Another run is just starting. Wait for it to end, then try again.")
    return _(
        "Another run is under way: %(kind)s for %(date)s, started %(started)s by %(who)s on "
        "%(host)s (process %(pid)s). Wait for it to end, then try again."
    ) % {
        **{key: holder.get(key, "?") for key in ("date", "who", "host", "pid")},
        "kind": dict(RunKind.choices).get(str(holder.get("kind")), "?"),
        "started": str(holder.get("started", "?")).replace("T", " "),
    }
