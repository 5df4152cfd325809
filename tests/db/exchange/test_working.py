"""Background work: taken once, tried again, given up in words, finished after a kill."""

import os
import platform
import signal
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from tests.factories.tasks import fail, start_worker, wait_for, write_line, write_slowly

from dakehu.common import work as registry
from dakehu.common.events import listen, listeners
from dakehu.common.work import Duty, WorkGivenUp
from dakehu.exchange.jobs import attendance, beside, working
from dakehu.exchange.models import Worker
from dakehu.exchange.operations import work
from dakehu.exchange.rules import retrying

pytestmark = pytest.mark.django_db
CODE = "worker-of-this-test"


@pytest.fixture
def lines(tmp_path):
    """A file that tasks write to."""
    return tmp_path / "lines"


@pytest.fixture
def given_up():
    """The tasks that were given up."""
    seen = []
    listen(WorkGivenUp, seen.append)
    yield seen
    listeners[WorkGivenUp].remove(seen.append)


def sign_on(code=CODE, *, host=None, at=None):
    at = at or timezone.now()
    return work.sign_on(code=code, host=host or platform.node(), pid=1, at=at)


def stored():
    return DBTaskResult.objects.get()


def make_due():
    """Let what rests after a failure be due."""
    DBTaskResult.objects.update(run_after=timezone.now())


def test_tasks_are_done_in_their_order(lines):
    for name in ("first", "second"):
        write_line.enqueue(str(lines), name)

    while working.do_next(CODE):
        pass

    assert lines.read_text().split() == ["first", "second"]
    assert set(DBTaskResult.objects.values_list("status", flat=True)) == {"SUCCESSFUL"}


def test_what_is_wanted_by_a_transaction_that_fails_is_not_done(lines):
    with transaction.atomic():
        write_line.enqueue(str(lines), "never")
        transaction.set_rollback(True)

    assert not working.do_next(CODE)


def test_a_task_that_is_not_due_waits(lines):
    write_line.using(run_after=timezone.now() + timedelta(hours=1)).enqueue(str(lines), "later")

    assert not working.do_next(CODE)


def test_a_taken_task_is_not_taken_twice(lines):
    write_line.enqueue(str(lines), "once")

    first = work.take_task(code="a", at=timezone.now())
    second = work.take_task(code="b", at=timezone.now())

    assert first is not None
    assert second is None


def test_a_failed_task_rests_and_is_tried_again_until_it_is_given_up(lines, given_up):
    fail.enqueue(str(lines))

    assert working.do_next(CODE)
    assert stored().status == "READY"
    assert stored().run_after > timezone.now() + timedelta(seconds=20)
    assert not working.do_next(CODE)
    for _attempt in range(1, retrying.ATTEMPTS):
        make_due()
        assert working.do_next(CODE)

    assert lines.read_text().split() == ["tried"] * retrying.ATTEMPTS
    assert stored().status == "FAILED"
    assert [(event.path, list(event.args)) for event in given_up] == [
        (fail.module_path, [str(lines)])
    ]


def test_a_failure_is_logged_without_its_text(lines, caplog):
    fail.enqueue(str(lines))

    working.do_next(CODE)

    assert "ValueError" in caplog.text
    assert "13812345678" not in caplog.text


def test_a_task_that_no_longer_exists_is_given_up(lines):
    fail.enqueue(str(lines))
    DBTaskResult.objects.update(task_path="dakehu.nowhere.at_all")

    for _attempt in range(retrying.ATTEMPTS):
        make_due()
        working.do_next(CODE)

    assert stored().status == "FAILED"


def test_a_worker_counts_what_it_did(lines):
    sign_on()
    write_line.enqueue(str(lines), "done")
    fail.enqueue(str(lines))

    while working.do_next(CODE):
        pass

    assert Worker.objects.values_list("done", "failed").get() == (1, 1)


def test_the_task_of_a_dead_worker_is_taken_back(home, lines):
    sign_on()
    write_line.enqueue(str(lines), "x")
    work.take_task(code=CODE, at=timezone.now())

    assert working.take_back(timezone.now()) == 1

    assert stored().status == "READY"
    assert Worker.objects.get().ended_at is not None
    assert working.do_next("another")
    assert lines.read_text() == "x\n"


def test_the_task_of_a_living_worker_is_left_alone(home, lines):
    write_line.enqueue(str(lines), "x")
    with attendance.present(home, CODE):
        sign_on()
        work.take_task(code=CODE, at=timezone.now())

        assert working.take_back(timezone.now()) == 0

    assert stored().status == "RUNNING"


def test_a_worker_elsewhere_is_dead_after_a_long_silence(home, lines):
    now = timezone.now()
    sign_on(host="elsewhere.example.com", at=now - timedelta(minutes=5))
    write_line.enqueue(str(lines), "x")
    work.take_task(code=CODE, at=now)

    work.beat(code=CODE, at=now)
    assert working.take_back(now + timedelta(minutes=1)) == 0
    assert working.take_back(now + timedelta(minutes=3)) == 1


def test_a_task_that_kills_its_workers_is_given_up(home, lines, given_up):
    write_line.enqueue(str(lines), "x")
    for attempt in range(retrying.ATTEMPTS):
        sign_on(f"worker-{attempt}")
        work.take_task(code=f"worker-{attempt}", at=timezone.now())
        working.take_back(timezone.now())

    assert stored().status == "FAILED"
    assert stored().exception_class_path.endswith("WorkerLost")
    assert len(given_up) == 1


def test_a_worker_that_was_taken_for_dead_changes_nothing_any_more(home, lines):
    sign_on()
    write_line.enqueue(str(lines), "x")
    slow = work.take_task(code=CODE, at=timezone.now())
    working.take_back(timezone.now())
    again = work.take_task(code="another", at=timezone.now())

    work.finish_task(task=slow, at=timezone.now())
    work.fail_task(task=slow, error=ValueError(), at=timezone.now())

    assert stored().status == "RUNNING"
    assert stored().worker_ids == [CODE, "another"]
    assert again.pk == stored().pk


def test_a_given_up_task_can_be_tried_again_by_an_administrator_only(
    lines, administrator, supervisor
):
    fail.enqueue(str(lines))
    DBTaskResult.objects.update(status="FAILED", worker_ids=["a", "b", "c"])
    numbers = [str(stored().pk)]

    with pytest.raises(PermissionDenied):
        work.try_again(task_ids=numbers, by=supervisor, at=timezone.now())
    assert work.try_again(task_ids=numbers, by=administrator, at=timezone.now()) == 1

    assert (stored().status, stored().worker_ids) == ("READY", [])


def test_what_is_finished_for_long_is_forgotten(lines):
    now = timezone.now()
    write_line.enqueue(str(lines), "x")
    DBTaskResult.objects.update(status="SUCCESSFUL", finished_at=now - timedelta(days=15))
    sign_on(at=now - timedelta(days=30))
    work.sign_off(code=CODE, at=now - timedelta(days=15))

    working.forget_old(now)

    assert not DBTaskResult.objects.exists()
    assert not Worker.objects.exists()


def test_duties_are_done_when_they_are_due(home, monkeypatch):
    done = []
    monkeypatch.setattr(registry, "_duties", {})
    registry.register(Duty("now", done.append, timedelta(0)))
    registry.register(Duty("seldom", lambda at: done.append("seldom"), timedelta(hours=1)))
    shift = working.Shift(home=home)

    shift.do_duties()
    shift.do_duties()

    assert len(done) == 3
    assert done.count("seldom") == 1


def test_a_duty_that_fails_stops_nobody(home, monkeypatch, lines):
    def stumble(at):
        raise ValueError

    monkeypatch.setattr(registry, "_duties", {})
    registry.register(Duty("stumbling", stumble, timedelta(0)))
    write_line.enqueue(str(lines), "x")

    working.Shift(home=home).look_for_work()

    assert lines.read_text() == "x\n"


@pytest.mark.django_db(transaction=True)
def test_the_command_works_until_nothing_is_left(home, lines, capsys):
    write_line.enqueue(str(lines), "x")

    call_command("worker", "--until-idle")

    assert lines.read_text() == "x\n"
    worker = Worker.objects.get()
    assert worker.ended_at is not None
    assert not attendance.lock_path(home, worker.code).exists()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_task_whose_worker_was_killed_is_finished_by_the_next(home, tmp_path):
    write_slowly.enqueue(str(tmp_path))
    first = start_worker(home)
    wait_for(tmp_path / "begun")
    first.send_signal(signal.SIGKILL)
    first.wait()

    assert not (tmp_path / "whole").exists()
    assert start_worker(home, "--until-idle").wait(60) == 0

    assert (tmp_path / "whole").read_text() == "2"
    assert stored().status == "SUCCESSFUL"
    assert len(stored().worker_ids) == 2


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_workers_share_the_tasks(home, lines):
    for number in range(40):
        write_line.enqueue(str(lines), str(number))

    both = [start_worker(home, "--until-idle") for _ in range(2)]

    assert [process.wait(60) for process in both] == [0, 0]
    assert sorted(map(int, lines.read_text().split())) == list(range(40))
    assert not DBTaskResult.objects.exclude(status="SUCCESSFUL").exists()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_worker_finishes_the_task_in_hand_and_ends(home, tmp_path, number):
    write_slowly.enqueue(str(tmp_path))
    DBTaskResult.objects.update(worker_ids=["earlier"])
    process = start_worker(home)
    wait_for(tmp_path / "whole")

    process.send_signal(number)

    assert process.wait(60) == 0
    assert not Worker.objects.filter(ended_at=None).exists()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_worker_ends_with_the_process_it_belongs_to(home, monkeypatch):
    # The parent is this process, never number 1.
    process = start_worker(home, "--beside", "1")

    assert process.wait(60) == 0


class Sleeper:
    """Stands in for a worker process."""

    def __init__(self, code=None):
        self.code, self.told = code, []

    def poll(self):
        return self.code

    def terminate(self):
        self.told.append("terminate")

    def wait(self, timeout=None):
        return 0


def test_a_worker_that_died_beside_the_server_is_started_again(monkeypatch):
    started = []

    def start(self):
        started.append(Sleeper(code=1 if not started else None))
        return started[-1]

    monkeypatch.setattr(beside.Beside, "start", start)

    with beside.Beside("worker", pause=0.01):
        while len(started) < 2:
            pass

    assert started[-1].told == ["terminate"]


def test_the_worker_beside_the_server_is_this_installations(monkeypatch):
    called = []
    monkeypatch.setattr(beside.subprocess, "Popen", lambda *a, **o: called.append((a, o)))

    beside.Beside("worker").start()

    ((command,), options) = called[0]
    assert command[-3:] == ["worker", "--beside", str(os.getpid())]
    assert options == {"start_new_session": True, "pass_fds": ()}
    assert Path(command[0]).exists()
