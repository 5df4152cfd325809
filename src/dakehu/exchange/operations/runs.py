"""The book of runs: who started what, which step stands where, and what came of it (F7)."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from dakehu.exchange.choices import RunKind, RunState, StepName
from dakehu.exchange.models import Run, RunStep


def mark_interrupted(*, at: datetime) -> int:
    """Mark every run still open as interrupted, and return how many there were.

    Only the holder of the lock may call this: whatever is still open then has died.
    """
    with transaction.atomic():
        RunStep.objects.filter(state=RunState.RUNNING).update(
            state=RunState.INTERRUPTED, ended_at=at
        )
        return Run.objects.filter(state=RunState.RUNNING).update(
            state=RunState.INTERRUPTED, ended_at=at
        )


def start_run(
    *, kind: RunKind, first_day: date, last_day: date, holder: dict[str, Any], at: datetime
) -> Run:
    """Open a run; ``holder`` says who started it, on which host, as which process."""
    return Run.objects.create(
        kind=kind,
        first_day=first_day,
        last_day=last_day,
        started_at=at,
        started_by=holder["who"],
        host=holder["host"],
        pid=holder["pid"],
    )


def begin_step(*, run: Run, position: int, name: StepName, at: datetime) -> RunStep:
    """Open the next step of a run."""
    return RunStep.objects.create(run=run, position=position, name=name, started_at=at)


def note_progress(*, step: RunStep, done: int, total: int) -> None:
    """Write how far a step has come, for whoever watches the run's page."""
    RunStep.objects.filter(pk=step.pk).update(done=done, total=total)


def end_step(*, step: RunStep, state: RunState, at: datetime) -> None:
    """Close a step with the counts that stand on it."""
    step.state = state
    step.ended_at = at
    step.save()


def end_run(
    *, run: Run, state: RunState, summary: dict[str, Any], error: str, at: datetime
) -> None:
    """Close a run with its summary, or with the words of what stopped it."""
    run.state = state
    run.summary = summary
    run.error = error
    run.ended_at = at
    run.save()
