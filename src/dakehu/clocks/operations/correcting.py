"""What was entered wrongly or has become better for the customer: on record, with a reason."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from dakehu.audit.operations import create_record, remove_record, save_record
from dakehu.clocks import rules
from dakehu.clocks.choices import ClockKind, ClockState
from dakehu.clocks.errors import UnableToRun
from dakehu.clocks.models import Clock, ClockPause
from dakehu.clocks.operations.reckoning import reckon, store
from dakehu.clocks.operations.recounting import announce_moved
from dakehu.clocks.operations.running import held
from dakehu.clocks.queries.clocks import CORRECT, may_correct, timetables_for
from dakehu.clocks.values import Standard

if TYPE_CHECKING:
    from dakehu.people.models import Staff


@transaction.atomic
def rebase_clocks(
    *,
    subject: str,
    subject_id: int,
    promised: Mapping[ClockKind, tuple[Standard, str]],
    reason: str,
    by: "Staff | None",
    at: datetime,
) -> list[Clock]:
    """
    Give open clocks the standards of another tier where these are due earlier; return those.

    They are counted from the original start. A promise already made is never lengthened.
    ``promised`` has standards and their words by the kind of clock.

    :raises UnableToRun: if the calendar does not reach as far as a deadline.
    """
    clocks = [clock for clock in held(subject, subject_id) if clock.kind in promised]
    timetables = timetables_for(clocks, at=at)
    better = []
    for clock in clocks:
        standard, source = promised[ClockKind(clock.kind)]
        timetable = timetables[clock.calendar_id]
        kept = rules.kept_standard(timetable, clock.started_at, clock.standard, standard)
        if kept != clock.standard:
            clock.amount, clock.time_unit, clock.source = kept.amount, kept.unit, source
            better.append(clock)
    store(reckon(better, at=at), by=by, at=at, reason=reason)
    return better


@transaction.atomic
def move_start(
    *, clock: Clock, started_at: datetime, reason: str, by: "Staff", at: datetime
) -> Clock:
    """
    Correct when a promise began; also of a clock that was answered.

    :raises PermissionDenied: if ``by`` may not correct clocks, or this one lies beyond reach.
    :raises UnableToRun: if it would begin in the future, after its answer, or within a pause.
    """
    found = required(clock, by=by, at=at, moments=[started_at])
    found.started_at = started_at
    recount(found, by=by, at=at, reason=reason)
    return found


@transaction.atomic
def correct_pause(
    *,
    pause: ClockPause,
    paused_at: datetime,
    resumed_at: datetime | None,
    reason: str,
    by: "Staff",
    at: datetime,
) -> Clock:
    """
    Correct when a pause began and ended; one that lasts still goes on lasting.

    :raises PermissionDenied: if ``by`` may not correct clocks, or this one lies beyond reach.
    :raises UnableToRun: if it cannot have been so.
    """
    found = required(pause.clock, by=by, at=at, moments=[paused_at, resumed_at])
    pause = as_stored(pause)
    if (resumed_at is None) != (pause.resumed_at is None):
        raise UnableToRun(_("A pause that has ended needs an end; one that lasts has none."))
    require_forward(paused_at, resumed_at)
    pause.paused_at, pause.resumed_at = paused_at, resumed_at
    save_record(pause, by=by, at=at, reason=reason)
    recount(found, by=by, at=at, reason=reason)
    return found


@transaction.atomic
def add_pause(
    *,
    clock: Clock,
    paused_at: datetime,
    resumed_at: datetime,
    reason: str,
    by: "Staff",
    at: datetime,
) -> Clock:
    """
    Enter a pause that nobody entered in its time.

    :raises PermissionDenied: if ``by`` may not correct clocks, or this one lies beyond reach.
    :raises UnableToRun: if it cannot have been so.
    """
    found = required(clock, by=by, at=at, moments=[paused_at, resumed_at])
    require_forward(paused_at, resumed_at)
    pause = ClockPause(
        clock=found,
        paused_at=paused_at,
        resumed_at=resumed_at,
        reason=reason,
        paused_by=by,
        resumed_by=by,
    )
    create_record(pause, by=by, at=at, reason=reason)
    recount(found, by=by, at=at, reason=reason)
    return found


@transaction.atomic
def remove_pause(*, pause: ClockPause, reason: str, by: "Staff", at: datetime) -> Clock:
    """
    Take back a pause that never was; a clock that is in it runs on.

    :raises PermissionDenied: if ``by`` may not correct clocks, or this one lies beyond reach.
    :raises UnableToRun: if the clock was withdrawn, or the pause was taken back already.
    """
    found = required(pause.clock, by=by, at=at, moments=[])
    pause = as_stored(pause)
    if pause.resumed_at is None:
        found.state = ClockState.RUNNING
    remove_record(pause, by=by, at=at, reason=reason)
    recount(found, by=by, at=at, reason=reason)
    return found


def recount(clock: Clock, *, by: "Staff", at: datetime, reason: str) -> None:
    """Let a corrected clock's times follow."""
    if clock.stopped_at and clock.stopped_at < clock.started_at:
        raise UnableToRun(_("The clock would begin after its answer."))
    store(reckon([clock], at=at), by=by, at=at, reason=reason)
    announce_moved([clock], at=at)


def required(clock: Clock, *, by: "Staff", at: datetime, moments: list[datetime | None]) -> Clock:
    """Return the stored clock, held against other writers, if ``by`` may correct it."""
    if not may_correct(by, clock):
        raise PermissionDenied(CORRECT)
    rows = Clock.objects.select_related("calendar").select_for_update(of=("self",))
    found = rows.get(pk=clock.pk)
    if found.state == ClockState.DROPPED:
        raise UnableToRun(_("This clock was withdrawn; nothing of it counts."))
    if any(moment is not None and moment > at for moment in moments):
        raise UnableToRun(_("This lies in the future. Enter what has happened."))
    return found


def as_stored(pause: ClockPause) -> ClockPause:
    """Return a pause as it is once its clock is held: it may have ended while one waited.

    :raises UnableToRun: if it was taken back.
    """
    found = ClockPause.objects.select_for_update().get(pk=pause.pk)
    if found.removed_at is not None:
        raise UnableToRun(_("This pause was taken back already. Look again."))
    return found


def require_forward(paused_at: datetime, resumed_at: datetime | None) -> None:
    """Pass in silence if a pause ends after it began.

    :raises UnableToRun: otherwise.
    """
    if resumed_at is not None and resumed_at < paused_at:
        raise UnableToRun(_("The pause would end before it begins."))
