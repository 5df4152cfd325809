"""What the page of the background work shows: workers, counts, and failures in words."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from dakehu.common.work import title_of
from dakehu.exchange.queries.background import WorkCounts, work_state

if TYPE_CHECKING:
    from dakehu.people.models import Staff

QUIET = timedelta(minutes=1)
"""A worker whose heart did not beat for so long is shown as silent."""


@dataclass(frozen=True)
class WorkerLine:
    """One worker: where, since when, how it does, and what it did."""

    place: str
    started_at: datetime
    seen_at: datetime
    is_silent: bool
    done: int
    failed: int


@dataclass(frozen=True)
class TaskLine:
    """One task: what it does, since when it waits, how often it was tried, why it failed."""

    pk: str
    title: str
    enqueued_at: datetime
    started_at: datetime | None
    attempts: int
    due_at: datetime | None
    trouble: str


@dataclass(frozen=True)
class BackgroundPage:
    """Everything the page shows."""

    counts: WorkCounts
    workers: tuple[WorkerLine, ...]
    running: tuple[TaskLine, ...]
    waiting: tuple[TaskLine, ...]
    failed: tuple[TaskLine, ...]

    @property
    def nobody_works(self) -> bool:
        """Tell whether something waits and nobody is there to do it."""
        is_there = any(not worker.is_silent for worker in self.workers)
        return not is_there and bool(self.counts.waiting + self.counts.resting)


def background_page(actor: "Staff", *, at: datetime) -> BackgroundPage:
    """Gather the state of the background work."""
    state = work_state(actor, at=at)
    return BackgroundPage(
        counts=state.counts,
        workers=tuple(worker_line(worker, at) for worker in state.workers),
        running=tuple(task_line(task, at) for task in state.running),
        waiting=tuple(task_line(task, at) for task in state.waiting),
        failed=tuple(task_line(task, at) for task in state.failed),
    )


def worker_line(worker: Any, at: datetime) -> WorkerLine:
    """Return a worker as a line."""
    return WorkerLine(
        place=f"{worker.host} · {worker.pid}",
        started_at=worker.started_at,
        seen_at=worker.seen_at,
        is_silent=worker.seen_at < at - QUIET,
        done=worker.done,
        failed=worker.failed,
    )


def task_line(task: Any, at: datetime) -> TaskLine:
    """Return a task as a line; numbers in its name tell which record it is about."""
    numbers = [str(each) for each in task.args_kwargs["args"] if isinstance(each, int)]
    numbers += [str(each) for each in task.args_kwargs["kwargs"].values() if type(each) is int]
    title = title_of(task.task_path)
    return TaskLine(
        pk=str(task.pk),
        title=f"{title} · {' · '.join(numbers)}" if numbers else title,
        enqueued_at=task.enqueued_at,
        started_at=task.started_at,
        attempts=len(task.worker_ids),
        due_at=task.run_after if task.worker_ids and task.run_after > at else None,
        trouble=trouble_in_words(task.exception_class_path, task.traceback),
    )


def trouble_in_words(kind: str, trace: str) -> str:
    """
    Say why an attempt failed.

    What Dakehu itself refuses comes with its own sentence. The text of other errors may hold what
    somebody typed, so only their kind is told.
    """
    module, _dot, name = kind.rpartition(".")
    if not name:
        return ""
    if name == "WorkerLost":
        return _("The worker was killed, or its machine went away, while it was at it.")
    if name in {"OperationalError", "InterfaceError"}:
        return _("The records database was busy or could not be reached.")
    if module == "builtins" and name in {"OSError", "PermissionError", "FileNotFoundError"}:
        return _("A file could not be read or written; the disk may be full.")
    if name == "MemoryError":
        return _("The machine had no memory left.")
    said = trace.rstrip().rpartition("\n")[2].partition(": ")[2]
    if module.startswith("dakehu.") and module.endswith(".errors") and said:
        return said
    return _("Something unexpected: %(kind)s.") % {"kind": name}
