"""Which workers are still there: each holds a lock that the system releases when it dies.

Of workers on other machines only their heart-beat tells.
"""

import fcntl
import platform
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from dakehu.exchange.models import Worker

SILENCE = timedelta(minutes=2)
"""A worker of another machine that was not heard of for so long is taken for dead."""


def lock_path(home: Path, code: str) -> Path:
    """Return the file that the worker of this code holds locked."""
    return home / "work" / f"worker-{code}.lock"


@contextmanager
def present(home: Path, code: str) -> Iterator[None]:
    """Hold the lock of a worker while the block runs; a killed one leaves it free."""
    path = lock_path(home, code)
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "a", encoding="ascii") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
        path.unlink(missing_ok=True)


def is_gone(home: Path, worker: Worker, *, at: datetime) -> bool:
    """Tell whether a worker that never said goodbye is dead."""
    if worker.host != platform.node():
        return worker.seen_at < at - SILENCE
    path = lock_path(home, worker.code)
    try:
        with open(path, encoding="ascii") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except FileNotFoundError:
        return True
    except BlockingIOError:
        return False
    path.unlink(missing_ok=True)
    return True
