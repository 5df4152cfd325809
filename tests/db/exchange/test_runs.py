"""The lock, the logbook, what the terminal hears, and troubles in words."""

import errno
import fcntl
import io
import json
import subprocess
import sys

import duckdb
import pytest
from django.db import DatabaseError, OperationalError
from rich.console import Console
from tests.factories.exchange import RunFactory

from dakehu.common.filespace import Cause, FilespaceUnreachable, FileVanished
from dakehu.exchange.choices import CAUSES, REASONS, REFUSALS, StepName, refusal_in_words
from dakehu.exchange.errors import (
    AnotherRunUnderWay,
    DatabaseUnwritable,
    HomeUnwritable,
    PlaceUnreachable,
)
from dakehu.exchange.jobs import lock, reporting
from dakehu.exchange.jobs.logbook import Logbook
from dakehu.exchange.jobs.troubles import told_in_words
from dakehu.exchange.models import RunStep
from dakehu.exchange.values import EnvelopeRefusal
from dakehu.facts.intake.values import FileRefusal, RowReason

HOLDER = {"who": "li", "host": "h", "pid": 1, "kind": "NIGHTLY", "date": "2026-03-01"}


def test_the_lock_is_free_again_after_the_run(tmp_path):
    with lock.only_run(tmp_path, HOLDER):
        assert json.loads((tmp_path / lock.LOCK_NAME).read_text())["who"] == "li"

    with lock.only_run(tmp_path, HOLDER):
        pass


def test_what_a_dead_run_left_in_the_lock_file_does_not_count(tmp_path):
    (tmp_path / lock.LOCK_NAME).write_text(json.dumps(HOLDER))

    with lock.only_run(tmp_path, HOLDER):
        pass


@pytest.mark.parametrize("content", ["", "{", "[]"])
def test_a_lock_that_is_just_being_taken_is_told_so(tmp_path, content):
    with open(tmp_path / lock.LOCK_NAME, "w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.write(content)
        file.flush()

        with pytest.raises(AnotherRunUnderWay, match="刚刚启动"), lock.only_run(tmp_path, HOLDER):
            pass


MEASURED = """
from dakehu.exchange.jobs import memory

memory.reset_peak()
before = memory.peak_kb()
block = bytearray(64 * 1024 * 1024)
block[::4096] = b"x" * len(block[::4096])
grown = memory.peak_kb()
del block
memory.reset_peak()
print(grown - before, grown - memory.peak_kb())
"""


def test_memory_is_measured_anew_for_each_step():
    # Alone in a process: other tests' threads may give memory back at any moment.
    told = subprocess.run(
        [sys.executable, "-c", MEASURED], capture_output=True, text=True, check=True
    )

    grown, given_back = map(int, told.stdout.split())
    assert grown > 50_000
    assert given_back > 50_000


def fail_after_four_of_ten(meter):
    """Do some of a step's work, then fail."""
    meter.expect(10)
    meter.advance(4)
    raise ZeroDivisionError


@pytest.mark.django_db
def test_a_step_that_fails_is_written_down_and_the_error_goes_on():
    logbook = Logbook(RunFactory(), reporting.no_reporter())

    with pytest.raises(ZeroDivisionError), logbook.step(StepName.LOAD) as meter:
        fail_after_four_of_ten(meter)

    step = RunStep.objects.get()
    assert (step.state, step.done, step.total) == ("FAILED", 4, 10)
    assert [each["state"] for each in logbook.steps] == ["FAILED"]


@pytest.mark.django_db(transaction=True)
def test_progress_is_written_at_most_twice_a_second(django_assert_max_num_queries):
    logbook = Logbook(RunFactory(), reporting.no_reporter())

    with logbook.step(StepName.LOAD) as meter, django_assert_max_num_queries(2):
        for _ in range(1000):
            meter.advance()


def test_a_log_file_gets_a_line_for_each_step():
    stream = io.StringIO()
    reporter = reporting.reporter_for(stream)

    with reporter.open():
        reporter.say("开始")
        reporter.begin(StepName.TIDY)
        reporter.move(1, 2)
        reporter.end("输入 1，输出 2")

    assert stream.getvalue() == "开始\n清理: 输入 1，输出 2\n"


def test_a_terminal_gets_a_bar_for_each_step():
    stream = io.StringIO()
    stream.isatty = lambda: True
    reporter = reporting.Bars(Console(file=stream, force_terminal=True, width=120))

    with reporter.open():
        reporter.begin(StepName.TIDY)
        reporter.move(1, 2)
        reporter.end("完毕")
        reporter.say("再见")

    assert "清理" in stream.getvalue()
    assert "2/2" in stream.getvalue()


@pytest.mark.parametrize(
    ("trouble", "refusal", "words"),
    [
        (OperationalError("attempt to write a readonly database"), DatabaseUnwritable, "写权限"),
        (OperationalError("database or disk is full"), DatabaseUnwritable, "腾出空间"),
        (OperationalError("database is locked"), DatabaseUnwritable, "占用"),
        (OperationalError("connection refused"), DatabaseUnwritable, "可访问"),
        (
            DatabaseError("cannot execute UPDATE in a read-only transaction"),
            DatabaseUnwritable,
            "写权限",
        ),
        (OSError(errno.ENOSPC, "No space left on device"), HomeUnwritable, "腾出空间"),
        (duckdb.IOException("Could not write: No space left on device"), HomeUnwritable, "写权限"),
        (FilespaceUnreachable("sftp://h/in", Cause.LOGIN, "no"), PlaceUnreachable, "sftp://h/in"),
        (FileVanished("/in", "01/x.csv.gz"), PlaceUnreachable, "01/x.csv.gz"),
    ],
)
def test_troubles_from_below_are_told_in_words(trouble, refusal, words):
    with pytest.raises(refusal, match=words), told_in_words():
        raise trouble


@pytest.mark.parametrize(
    "mistake",
    [
        OperationalError("no such column: x"),
        DatabaseError("bad"),
        OSError(errno.ENOENT, "gone"),
        duckdb.IOException("No files found that match"),
    ],
)
def test_our_own_mistakes_are_not_blamed_on_the_machine(mistake):
    with pytest.raises(type(mistake)), told_in_words():
        raise mistake


def test_every_refusal_reason_and_cause_has_words():
    assert {*EnvelopeRefusal, *FileRefusal} <= REFUSALS.keys()
    assert set(RowReason) <= REASONS.keys()
    assert set(Cause) <= CAUSES.keys()


def test_a_refusal_without_its_figures_is_still_a_sentence():
    assert refusal_in_words("rows_differ", {}) == REFUSALS["rows_differ"]
    assert refusal_in_words("of_tomorrow", {}) == "of_tomorrow"


def test_the_summary_names_the_file_before_what_ails_it():
    from dakehu.exchange.jobs.wording import placed

    entry = {"city": "01", "day": "2026-03-01", "file": "usage_01.csv.gz", "words": "too large"}

    assert placed(entry) == "01/20260301/usage_01.csv.gz: too large"
    assert placed({**entry, "words": "usage_01.csv.gz is not named so"}).startswith("usage_01")
    assert (
        placed({"city": "01", "day": "2026-03-01", "file": "", "words": "w"}) == "01/20260301: w"
    )
