"""
Background work: who takes which task, and what becomes of it.

A task waits as a row that the transaction which wants it wrote. It is taken by exactly one
worker, tried a few times, and given up in words. A task whose worker was killed is taken back and
done again, so tasks must bear being done twice.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from traceback import format_exception
from typing import TYPE_CHECKING, Any, TypeAlias

from django.db import transaction
from django.db.models import F, QuerySet
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from dakehu.common.events import announce
from dakehu.common.work import WorkGivenUp
from dakehu.exchange.errors import WorkerLost
from dakehu.exchange.models import Worker
from dakehu.exchange.rules import retrying
from dakehu.people.policies import require

if TYPE_CHECKING:
    from dakehu.people.models import Staff

Task: TypeAlias = DBTaskResult[Any, Any]

KEPT_DAYS = 14
"""For so long it can be seen what became of a task, and which workers there were."""


def sign_on(*, code: str, host: str, pid: int, at: datetime) -> Worker:
    """Record that a worker begins; it holds its lock already."""
    return Worker.objects.create(code=code, host=host, pid=pid, started_at=at, seen_at=at)


def beat(*, code: str, at: datetime) -> None:
    """Record that a worker is alive."""
    Worker.objects.filter(code=code).update(seen_at=at)


def sign_off(*, code: str, at: datetime) -> None:
    """Record that a worker ended, by itself or not."""
    Worker.objects.filter(code=code, ended_at=None).update(ended_at=at)


def take_task(*, code: str, at: datetime) -> Task | None:
    """Return the next task, taken for the worker of this code; nothing if none is due."""
    due = Task.objects.filter(status=TaskResultStatus.READY, run_after__lte=at) | (
        Task.objects.filter(status=TaskResultStatus.READY, run_after=get_date_max())
    )
    # Asked first without a lock, as most often there is none.
    if not due.exists():
        return None
    with transaction.atomic():
        task: Task | None = due.select_for_update(skip_locked=True).first()
        if task is not None:
            task.status = TaskResultStatus.RUNNING
            task.started_at = at
            task.worker_ids = [*task.worker_ids, code]
            task.save(update_fields=["status", "started_at", "worker_ids"])
        return task


def finish_task(*, task: Task, at: datetime) -> None:
    """Record that a task is done; one that was taken back meanwhile belongs to another worker."""
    found = held(task)
    if found.update(
        status=TaskResultStatus.SUCCESSFUL,
        finished_at=at,
        exception_class_path="",
        traceback="",
    ):
        Worker.objects.filter(code=task.worker_ids[-1]).update(done=F("done") + 1)


def fail_task(*, task: Task, error: BaseException, at: datetime) -> bool:
    """Record a failed attempt; return whether the task is tried again, after a pause."""
    Worker.objects.filter(code=task.worker_ids[-1]).update(failed=F("failed") + 1)
    attempt = len(task.worker_ids)
    if retrying.is_last(attempt):
        give_up(task=task, error=error, at=at)
        return False
    held(task).update(
        status=TaskResultStatus.READY,
        run_after=at + timedelta(seconds=retrying.pause_after(attempt)),
        **what_failed(error),
    )
    return True


@transaction.atomic
def give_up(*, task: Task, error: BaseException, at: datetime) -> None:
    """Record that a task failed for good, and tell those who wait for it."""
    found = held(task)
    if found.update(status=TaskResultStatus.FAILED, finished_at=at, **what_failed(error)):
        given = task.args_kwargs
        announce(WorkGivenUp(task.task_path, given["args"], given["kwargs"], at))


def take_back(*, gone: Iterable[str], at: datetime) -> int:
    """
    Let what dead workers had in hand be done by others; return how many tasks that were.

    ``gone`` are the codes of workers that were found dead; those that ended count as well.
    """
    Worker.objects.filter(code__in=list(gone), ended_at=None).update(ended_at=at)
    there = set(Worker.objects.filter(ended_at=None).values_list("code", flat=True))
    running = Task.objects.filter(status=TaskResultStatus.RUNNING)
    orphans = [task for task in running if not there.intersection(task.worker_ids[-1:])]
    for task in orphans:
        if retrying.is_last(len(task.worker_ids)):
            give_up(task=task, error=WorkerLost(), at=at)
        else:
            held(task).update(
                status=TaskResultStatus.READY, run_after=at, **what_failed(WorkerLost())
            )
    return len(orphans)


def try_again(*, task_ids: Iterable[str], by: "Staff", at: datetime) -> int:
    """
    Let given-up tasks be tried from the start; return how many.

    :raises PermissionDenied: if ``by`` does not keep the background work.
    """
    require(by, "background.manage")
    found = Task.objects.filter(status=TaskResultStatus.FAILED, pk__in=list(task_ids))
    count: int = found.update(
        status=TaskResultStatus.READY, run_after=at, worker_ids=[], finished_at=None
    )
    return count


def forget_old(*, at: datetime) -> None:
    """Remove what is finished for long: tasks, and workers that ended."""
    before = at - timedelta(days=KEPT_DAYS)
    Task.objects.filter(finished_at__lt=before).delete()
    Worker.objects.filter(ended_at__lt=before).delete()


def held(task: Task) -> QuerySet[Task]:
    """Return the task as a filter, as long as the worker that took it still has it."""
    return Task.objects.filter(
        pk=task.pk, status=TaskResultStatus.RUNNING, started_at=task.started_at
    )


def what_failed(error: BaseException) -> dict[str, str]:
    """Return the columns that tell of an error."""
    return {
        "exception_class_path": f"{type(error).__module__}.{type(error).__qualname__}",
        "traceback": "".join(format_exception(error)),
    }
