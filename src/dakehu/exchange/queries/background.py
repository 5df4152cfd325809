"""The state of the background work, for those who keep it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from dakehu.exchange.models import Worker
from dakehu.people.policies import require

if TYPE_CHECKING:
    from dakehu.people.models import Staff

DONE_WITHIN = timedelta(hours=24)
WORKERS_SHOWN = 10
TASKS_SHOWN = 20


@dataclass(frozen=True)
class WorkCounts:
    """How many tasks wait, rest after a failure, are in hand, were done of late, were given up."""

    waiting: int
    resting: int
    running: int
    done: int
    failed: int


@dataclass(frozen=True)
class WorkState:
    """The counts, the workers that are there, and the tasks worth showing, the newest first."""

    counts: WorkCounts
    workers: Sequence[Worker]
    running: Sequence[Any]
    waiting: Sequence[Any]
    failed: Sequence[Any]


def work_state(actor: "Staff", *, at: datetime) -> WorkState:
    """
    Return what the workers do, what waits and what was given up.

    :raises PermissionDenied: if the actor does not keep the background work.
    """
    require(actor, "background.manage")
    tasks = DBTaskResult.objects.order_by("-enqueued_at", "pk")
    by_state = {
        state: tasks.filter(status=state)
        for state in (
            TaskResultStatus.RUNNING,
            TaskResultStatus.READY,
            TaskResultStatus.FAILED,
        )
    }
    return WorkState(
        counts=work_counts(at),
        workers=list(Worker.objects.filter(ended_at=None).order_by("pk")[:WORKERS_SHOWN]),
        running=list(by_state[TaskResultStatus.RUNNING][:TASKS_SHOWN]),
        waiting=list(by_state[TaskResultStatus.READY].order_by("enqueued_at")[:TASKS_SHOWN]),
        failed=list(by_state[TaskResultStatus.FAILED][:TASKS_SHOWN]),
    )


def work_counts(at: datetime) -> WorkCounts:
    """Return how many tasks are in which state."""
    ready, tried = Q(status=TaskResultStatus.READY), ~Q(worker_ids=[])
    counted = DBTaskResult.objects.order_by().aggregate(
        waiting=Count("pk", filter=ready & ~tried),
        resting=Count("pk", filter=ready & tried),
        running=Count("pk", filter=Q(status=TaskResultStatus.RUNNING)),
        done=Count(
            "pk",
            filter=Q(status=TaskResultStatus.SUCCESSFUL, finished_at__gte=at - DONE_WITHIN),
        ),
        failed=Count("pk", filter=Q(status=TaskResultStatus.FAILED)),
    )
    return WorkCounts(**counted)
