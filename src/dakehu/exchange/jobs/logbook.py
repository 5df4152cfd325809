"""The logbook of one run: every step is timed, measured, counted, shown and written down."""

from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Any

from django.db import DatabaseError, connection
from django.utils import timezone

from dakehu.exchange.choices import RunState, StepName
from dakehu.exchange.jobs import memory, reporting
from dakehu.exchange.models import Run, RunStep
from dakehu.exchange.operations import runs

SECONDS_BETWEEN_NOTES = 0.5


class Meter:
    """Counts of the step under way; moves the bar at once and the run's page twice a second."""

    def __init__(self, step: RunStep, reporter: reporting.Reporter) -> None:
        self.step = step
        self.reporter = reporter
        self.noted = 0.0

    def expect(self, total: int) -> None:
        """Say how many units of work the step has."""
        self.step.total = total
        self.show()

    def advance(self, units: int = 1) -> None:
        """Say that some more units are done."""
        self.step.done += units
        self.show()

    def count(self, *, rows_in: int = 0, rows_out: int = 0, rejected: int = 0) -> None:
        """Add to the step's rows."""
        self.step.rows_in += rows_in
        self.step.rows_out += rows_out
        self.step.rows_rejected += rejected

    def show(self) -> None:
        """Move the bar, and the page if it was not moved just now."""
        self.reporter.move(self.step.done, self.step.total)
        # Inside a transaction nobody else could see the note, and SQLite has only one writer.
        if monotonic() - self.noted < SECONDS_BETWEEN_NOTES or connection.in_atomic_block:
            return
        self.noted = monotonic()
        runs.note_progress(step=self.step, done=self.step.done, total=self.step.total)


class Logbook:
    """Opens and closes the steps of one run."""

    def __init__(self, run: Run, reporter: reporting.Reporter) -> None:
        self.run = run
        self.reporter = reporter
        self.position = 0
        self.steps: list[dict[str, Any]] = []

    @contextmanager
    def step(self, name: StepName) -> Iterator[Meter]:
        """Run one step; a step that raises is marked as failed, and the error goes on."""
        self.position += 1
        memory.reset_peak()
        step = runs.begin_step(run=self.run, position=self.position, name=name, at=timezone.now())
        self.reporter.begin(name)
        try:
            yield Meter(step, self.reporter)
        except BaseException:
            self.close_failed(step)
            raise
        self.close(step, RunState.DONE)
        self.reporter.end(
            reporting.in_words(
                rows_in=step.rows_in, rows_out=step.rows_out, rows_rejected=step.rows_rejected
            )
        )

    def close(self, step: RunStep, state: RunState) -> None:
        """Write a step's end and keep its figures for the summary."""
        step.peak_kb = memory.peak_kb()
        if state == RunState.DONE:
            step.done = step.total = max(step.total, step.done)
        ended = timezone.now()
        runs.end_step(step=step, state=state, at=ended)
        self.steps.append(
            {
                "step": step.name,
                "state": str(state),
                "seconds": round((ended - step.started_at).total_seconds(), 3),
                "rows_in": step.rows_in,
                "rows_out": step.rows_out,
                "rejected": step.rows_rejected,
                "peak_kb": step.peak_kb,
            }
        )

    def close_failed(self, step: RunStep) -> None:
        """Write that a step failed, unless the database itself is what failed."""
        try:
            self.close(step, RunState.FAILED)
        except DatabaseError:
            # The next run finds the step open and marks it as interrupted.
            return
