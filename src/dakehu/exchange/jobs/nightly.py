"""
The nightly run, and the loading of history (F5, F7, W1 to W12).

A run is a chain of steps, each of which leaves the installation in a state from which a later run
can go on: facts become live together with their records in one transaction per delivery, results
become valid by a switch, receipts are owed until they are sent. A run that was killed at any
instant is finished by the next one, which does again whatever was not committed.
"""

import getpass
import os
import platform
from datetime import datetime
from time import monotonic
from typing import Any

from django.conf import settings
from django.db import DatabaseError
from django.utils import timezone

from dakehu.common.filespace import FilespaceUnreachable, FileVanished
from dakehu.exchange.choices import RunKind, RunState
from dakehu.exchange.jobs import (
    evaluating,
    following,
    owning,
    ranking,
    readiness,
    receiving,
    recognising,
    sealing,
    tidying,
    timing,
)
from dakehu.exchange.jobs.lock import only_run
from dakehu.exchange.jobs.logbook import Logbook
from dakehu.exchange.jobs.orders import RunOrder
from dakehu.exchange.jobs.reporting import Reporter
from dakehu.exchange.jobs.tally import Tally
from dakehu.exchange.jobs.troubles import told_in_words
from dakehu.exchange.models import Run
from dakehu.exchange.operations import runs
from dakehu.exchange.operations.evaluation import want_day


def run(order: RunOrder, *, reporter: Reporter) -> dict[str, Any]:
    """Carry out one run and return its summary.

    :raises AnotherRunUnderWay: if one is under way.
    :raises PlaceUnreachable: if the inbox or the outbox cannot be reached, or vanished.
    :raises DatabaseUnwritable: if the records database cannot be written.
    :raises HomeUnwritable: if the installation's folder cannot be written.
    """
    began = timezone.now()
    holder = holder_of(order, began)
    with told_in_words(), only_run(settings.HOME, holder), reporter.open():
        readiness.make_ready(settings.HOME, reporter.say)
        runs.mark_interrupted(at=began)
        record = runs.start_run(
            kind=order.kind,
            first_day=order.first_day,
            last_day=order.last_day,
            holder=holder,
            at=began,
        )
        return carry_out(order, record, reporter)


def holder_of(order: RunOrder, began: datetime) -> dict[str, Any]:
    """Say who runs what, for the lock file and the book of runs."""
    return {
        "who": getpass.getuser(),
        "host": platform.node(),
        "pid": os.getpid(),
        "started": timezone.localtime(began).isoformat(timespec="seconds"),
        "kind": order.kind.value,
        "date": order.last_day.isoformat(),
    }


def carry_out(order: RunOrder, record: Run, reporter: Reporter) -> dict[str, Any]:
    """Run all steps of an opened run and close it, whatever happens."""
    started = monotonic()
    logbook, tally = Logbook(record, reporter), Tally()
    try:
        with told_in_words():
            readiness.make_places(order.places.outbox)
            take_steps(order, logbook, tally)
    except KeyboardInterrupt:
        close_unfinished(record, logbook, tally, state=RunState.INTERRUPTED)
        raise
    except Exception as error:
        words = str(error) or type(error).__name__
        close_unfinished(record, logbook, tally, state=RunState.FAILED, words=words)
        raise
    summary = summary_of(record, logbook, tally, state=RunState.DONE)
    summary["seconds"] = round(monotonic() - started, 3)
    runs.end_run(run=record, state=RunState.DONE, summary=summary, error="", at=timezone.now())
    return summary


def take_steps(order: RunOrder, logbook: Logbook, tally: Tally) -> None:
    """Take the steps in their order; nothing of a history is evaluated.

    :raises FilespaceUnreachable: at once if it is the inbox, at the end if it is the outbox.
    """
    if order.kind == RunKind.NIGHTLY:
        want_day(day=order.last_day, run=logbook.run)
    with tidying.workroom(settings.HOME) as workroom:
        receiving.receive(order, logbook, tally, workroom=workroom)
    late: Exception | None = None
    try:
        receiving.send_receipts(order, logbook, tally)
    except (FilespaceUnreachable, FileVanished) as unreachable:
        # Nobody's alerts wait for an outbox; the receipts stay owed, and the run ends as failed.
        late = unreachable
    if order.kind == RunKind.NIGHTLY:
        owning.change_owners(order.last_day, logbook, tally)
        evaluating.evaluate(order.last_day, logbook, tally)
        following.follow(order.last_day, logbook, tally)
        ranking.rank(logbook, tally)
        timing.look_at_clocks(tally)
    recognising.tell_words(logbook, tally)
    if order.kind == RunKind.NIGHTLY:
        recognising.find_duplicates(order.last_day, logbook, tally)
    tidying.tidy(order.last_day, logbook, tally)
    sealing.seal(logbook)
    if late is not None:
        raise late


def close_unfinished(
    record: Run, logbook: Logbook, tally: Tally, *, state: RunState, words: str = ""
) -> None:
    """Write that the run did not get to its end, unless the database itself is what failed."""
    summary = summary_of(record, logbook, tally, state=state)
    try:
        runs.end_run(run=record, state=state, summary=summary, error=words, at=timezone.now())
    except DatabaseError:
        # The next run finds it open and marks it as interrupted.
        return


def summary_of(record: Run, logbook: Logbook, tally: Tally, *, state: RunState) -> dict[str, Any]:
    """Put the summary together."""
    return {
        "run": record.pk,
        "kind": str(record.kind),
        "date": record.last_day.isoformat(),
        "from": record.first_day.isoformat(),
        "state": str(state),
        **tally.as_summary(),
        "steps": logbook.steps,
        "peak_kb": max((step["peak_kb"] for step in logbook.steps), default=0),
    }
