"""
A worker: takes tasks one after the other until it is told to stop.

1. It holds a lock and lets its heart beat in a thread of its own, so that others see it is there
   also while a task takes long.
2. Before it looks for a task it does the duties that are due, among them taking back what killed
   workers had in hand.
3. A first signal lets the task in hand be finished; a second one ends at once, and the task is
   done again by the next worker.
"""

import logging
import os
import platform
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from time import monotonic

from django.conf import settings
from django.db import DatabaseError, close_old_connections, connection
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks import TaskContext
from django_tasks_db.models import DBTaskResult

from dakehu.common.work import Duty, duties
from dakehu.exchange.jobs import attendance
from dakehu.exchange.models import Worker
from dakehu.exchange.operations import work

INTERVAL = 1.0
"""Seconds between two looks for tasks when there was none."""

HEART_BEAT = 10.0
LOG = logging.getLogger("dakehu.work")
Say = Callable[[str], None]


class Shift:
    """The time of one worker, from its start to its end."""

    def __init__(self, *, home: Path, beside: int | None = None) -> None:
        self.code = get_random_string(32)
        self.home = home
        # The process to which the worker belongs; without it the worker ends as well.
        self.beside = beside
        self.stopping = threading.Event()
        self.duty_times: dict[str, float] = {}

    def stop(self) -> None:
        """End after the task in hand."""
        self.stopping.set()

    def work(self, *, until_idle: bool = False) -> None:
        """Work until told to stop, or until nothing is left to do."""
        with self.attending(), self.beating():
            while not self.stopping.is_set():
                close_old_connections()
                if self.look_for_work():
                    continue
                if until_idle:
                    break
                self.stopping.wait(INTERVAL)

    def look_for_work(self) -> bool:
        """Do the duties that are due and one task; return whether there was a task."""
        try:
            self.do_duties()
            return do_next(self.code)
        except DatabaseError:
            # Busy or away for a moment: everything stays as it is until it is back.
            LOG.exception("The records database cannot be used")
            connection.close()
            return False

    @contextmanager
    def attending(self) -> Iterator[None]:
        """Be known as a worker while the block runs."""
        with attendance.present(self.home, self.code):
            place = {"host": platform.node(), "pid": os.getpid()}
            work.sign_on(code=self.code, **place, at=timezone.now())
            try:
                yield
            finally:
                work.sign_off(code=self.code, at=timezone.now())

    @contextmanager
    def beating(self) -> Iterator[None]:
        """Let the heart beat while the block runs."""
        over = threading.Event()
        heart = threading.Thread(target=self.beat, args=(over,), daemon=True)
        heart.start()
        try:
            yield
        finally:
            over.set()
            heart.join(HEART_BEAT)

    def beat(self, over: threading.Event) -> None:
        """Tell again and again that the worker is there, and see whether it still belongs here."""
        while not over.wait(HEART_BEAT):
            if self.beside is not None and os.getppid() != self.beside:
                self.stop()
            try:
                work.beat(code=self.code, at=timezone.now())
            except DatabaseError:
                # One beat less; whether the worker is there is told by its lock as well.
                LOG.warning("The records database cannot be used")
            finally:
                connection.close()

    def do_duties(self) -> None:
        """Do what is due of the things that come again and again."""
        for duty in (*OWN_DUTIES, *duties()):
            due_at = self.duty_times.get(duty.name)
            if due_at is None or due_at <= monotonic():
                self.duty_times[duty.name] = monotonic() + duty.every.total_seconds()
                do_duty(duty)


def do_next(code: str) -> bool:
    """Do the next task that is due; return whether there was one."""
    task = work.take_task(code=code, at=timezone.now())
    if task is not None:
        carry_out(task)
    return task is not None


def carry_out(task: DBTaskResult) -> None:
    """Do a task that was taken, and record what came of it."""
    try:
        wanted, given = task.task, task.args_kwargs
        context = (TaskContext(task_result=task.task_result),) if wanted.takes_context else ()
        wanted.call(*context, *given["args"], **given["kwargs"])
    except Exception as error:
        # The text of an error may hold what people typed; the log says only what kind it was.
        LOG.warning("%s failed: %s", task.task_path, type(error).__name__)
        work.fail_task(task=task, error=error, at=timezone.now())
    else:
        work.finish_task(task=task, at=timezone.now())


def do_duty(duty: Duty) -> None:
    """Do one of the things that come again and again; a failure waits for its next turn."""
    try:
        duty.function(timezone.now())
    except DatabaseError:
        raise
    except Exception:
        LOG.exception("%s failed", duty.name)


def take_back(at: datetime) -> int:
    """Let what killed workers had in hand be done by others."""
    open_ones = Worker.objects.filter(ended_at=None)
    gone = [each.code for each in open_ones if attendance.is_gone(settings.HOME, each, at=at)]
    return work.take_back(gone=gone, at=at)


def forget_old(at: datetime) -> None:
    """Remove what is finished for long."""
    work.forget_old(at=at)


OWN_DUTIES = (
    Duty("exchange.take_back", take_back, timedelta(seconds=30)),
    Duty("exchange.forget_old", forget_old, timedelta(hours=6)),
)
