"""Clocks of a thing: started by standards, paused with a reason, stopped by an answer."""

from collections.abc import Collection, Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Protocol

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from dakehu.audit.choices import ChangeVerb
from dakehu.audit.operations import create_records, record_changes, save_record, save_records
from dakehu.clocks.choices import ClockKind, ClockState, Stage
from dakehu.clocks.errors import UnableToRun
from dakehu.clocks.events import ClocksHandedOver
from dakehu.clocks.models import Clock, ClockNotice, ClockPause
from dakehu.clocks.operations.reckoning import reckon, store
from dakehu.clocks.queries.clocks import open_clocks_of
from dakehu.clocks.values import Promised, Standard, Timed
from dakehu.common import events

if TYPE_CHECKING:
    from dakehu.customers.models import Customer
    from dakehu.people.models import Staff, Unit

MOST_AMOUNT = 400
"""No promise is longer than so many of its unit; the calendar would not reach that far."""


class Promise(Protocol):
    """What :class:`~dakehu.clocks.values.Promised` and what a catalogue promises have alike."""

    @property
    def kind(self) -> ClockKind:
        """What is promised."""

    @property
    def standard(self) -> Standard:
        """Within which time."""

    @property
    def source(self) -> str:
        """By which standard and version."""


def start_clock(  # noqa: PLR0913 - a promise is of something, for somebody, by somebody
    *,
    subject: str,
    subject_id: int,
    kind: ClockKind,
    standard: Standard,
    source: str,
    unit: "Unit",
    owner: "Staff | None",
    customer: "Customer | None",
    at: datetime,
    by: "Staff | None",
) -> Clock:
    """
    Start one clock, as :func:`start_clocks` does.

    :raises UnableToRun: as there.
    """
    thing = Timed(subject, subject_id, unit, owner, customer)
    promises = [Promised(kind, standard, source)]
    return start_clocks(thing=thing, promises=promises, at=at, by=by)[0]


@transaction.atomic
def start_clocks(
    *, thing: Timed, promises: Sequence[Promise], at: datetime, by: "Staff | None"
) -> list[Clock]:
    """
    Start the clocks that standards promise for a thing, by the calendar of a unit.

    ``at`` is when the promise began, also some time ago: what is due since then is raised late by
    the next sweep. Standards and their words stay as they are now. Whoever calls has asked for
    the permission to do it.

    :raises UnableToRun: if a clock of the same kind runs for the thing, or the calendar has no
        working time or does not reach as far as a deadline.
    """
    clocks = [unstored(thing, promise, at=at) for promise in promises]
    if any(not 0 < clock.amount <= MOST_AMOUNT for clock in clocks):
        raise UnableToRun(
            _("A promised time is between 1 and %(most)s units.") % {"most": MOST_AMOUNT}
        )
    reckon(clocks, at=at)
    try:
        with transaction.atomic():
            Clock.objects.bulk_create(clocks)
    except IntegrityError as clash:
        raise UnableToRun(_("A clock of this kind runs for it already.")) from clash
    record_changes(
        verb=ChangeVerb.CREATED,
        changes=[(clock, beginning_of(clock)) for clock in clocks],
        by=by,
        at=at,
    )
    return clocks


def unstored(thing: Timed, promise: Promise, *, at: datetime) -> Clock:
    """Return a clock that is not stored yet."""
    return Clock(
        subject=thing.subject,
        subject_id=thing.subject_id,
        kind=promise.kind,
        amount=promise.standard.amount,
        time_unit=promise.standard.unit,
        source=promise.source,
        calendar=thing.unit,
        unit=thing.unit,
        owner=thing.owner,
        customer=thing.customer,
        started_at=at,
    )


def beginning_of(clock: Clock) -> dict[str, tuple[None, str | None]]:
    """Return what the log tells of a new clock; the thing for which it runs has its own entry."""
    return {
        "kind": (None, clock.kind),
        "source": (None, clock.source),
        "started_at": (None, clock.started_at.isoformat()),
        "due_at": (None, clock.due_at.isoformat() if clock.due_at else None),
    }


@transaction.atomic
def pause_clocks(
    *,
    subject: str,
    subject_id: int,
    reason: str,
    by: "Staff | None",
    at: datetime,
    kinds: Collection[ClockKind] | None = None,
) -> list[Clock]:
    """
    Let the running clocks of a thing stand still from ``at`` on, and return them.

    :raises UnableToRun: if none runs, or the pause would begin before the clock did, or within
        another pause.
    """
    clocks = held(subject, subject_id, kinds)
    running = [clock for clock in clocks if clock.state == ClockState.RUNNING]
    if not running:
        raise UnableToRun(
            _("The clock is paused already.") if clocks else _("No clock runs for it.")
        )
    create_records(
        [ClockPause(clock=clock, paused_at=at, reason=reason, paused_by=by) for clock in running],
        by=by,
        at=at,
        reason=reason,
    )
    for clock in running:
        clock.state = ClockState.PAUSED
    store(reckon(running, at=at), by=by, at=at, reason=reason)
    return running


@transaction.atomic
def resume_clocks(
    *,
    subject: str,
    subject_id: int,
    reason: str,
    by: "Staff | None",
    at: datetime,
    kinds: Collection[ClockKind] | None = None,
) -> list[Clock]:
    """
    Let the paused clocks of a thing run on with the time that was left, and return them.

    :raises UnableToRun: if none is paused, or ``at`` lies before the pause began.
    """
    clocks = held(subject, subject_id, kinds)
    paused = [clock for clock in clocks if clock.state == ClockState.PAUSED]
    if not paused:
        raise UnableToRun(_("The clock is not paused.") if clocks else _("No clock runs for it."))
    end_pauses(paused, by=by, at=at, reason=reason)
    for clock in paused:
        clock.state = ClockState.RUNNING
    store(reckon(paused, at=at), by=by, at=at, reason=reason)
    return paused


@transaction.atomic
def stop_clock(
    *, subject: str, subject_id: int, kind: ClockKind, by: "Staff | None", at: datetime
) -> Clock | None:
    """
    Stop a clock because it was answered at ``at``; return it, or nothing if none was open.

    Whether it was met follows from the stored times alone. What the clock had to raise before and
    has not yet is put on record, without asking anybody any more.

    :raises UnableToRun: if the answer would lie before the clock began, or within its pause.
    """
    clocks = held(subject, subject_id, [kind])
    if not clocks:
        return None
    end(clocks, state=ClockState.STOPPED, by=by, at=at, reason="")
    return clocks[0]


@transaction.atomic
def drop_clocks(
    *, subject: str, subject_id: int, reason: str, by: "Staff | None", at: datetime
) -> list[Clock]:
    """
    Withdraw all open clocks of a thing, because nothing is owed any more; return them.

    :raises UnableToRun: if that would lie before a clock began.
    """
    clocks = held(subject, subject_id)
    end(clocks, state=ClockState.DROPPED, by=by, at=at, reason=reason)
    return clocks


@transaction.atomic
def hand_over_clocks(
    *,
    subject: str,
    subject_id: int,
    owner: "Staff | None",
    unit: "Unit",
    by: "Staff | None",
    at: datetime,
) -> list[Clock]:
    """
    Give the open clocks of a thing another owner and unit; return those that changed.

    The calendar stays that by which the promise was made. Warnings ask the new owner.
    """
    clocks = [
        clock
        for clock in held(subject, subject_id)
        if (clock.owner_id, clock.unit_id) != (owner and owner.pk, unit.pk)
    ]
    for clock in clocks:
        clock.owner, clock.unit = owner, unit
    if clocks:
        save_records(clocks, by=by, at=at)
        warnings = ClockNotice.objects.filter(
            clock__in=clocks, stage=Stage.WARN, asked_at__isnull=False, settled_at__isnull=True
        )
        asked = tuple(warnings.values_list("pk", flat=True))
        handed = ClocksHandedOver(asked, owner, by, at)
        transaction.on_commit(partial(events.announce, handed))
    return clocks


def held(subject: str, subject_id: int, kinds: Collection[ClockKind] | None = None) -> list[Clock]:
    """Return the open clocks of a thing, held against other writers until the transaction ends."""
    found = open_clocks_of(subject, subject_id).select_for_update(of=("self",))
    return [clock for clock in found if kinds is None or clock.kind in kinds]


def end(
    clocks: Sequence[Clock],
    *,
    state: ClockState,
    by: "Staff | None",
    at: datetime,
    reason: str,
) -> None:
    """Let clocks be over."""
    if any(at < clock.started_at for clock in clocks):
        raise UnableToRun(_("This lies before the clock began."))
    end_pauses(
        [clock for clock in clocks if clock.state == ClockState.PAUSED],
        by=by,
        at=at,
        reason=reason,
    )
    for clock in clocks:
        clock.state, clock.stopped_at, clock.stopped_by = state, at, by
    store(reckon(clocks, at=at), by=by, at=at, reason=reason)


def end_pauses(clocks: Sequence[Clock], *, by: "Staff | None", at: datetime, reason: str) -> None:
    """Let the pauses in which clocks are end.

    :raises UnableToRun: if one has not begun by then.
    """
    pauses = ClockPause.objects.select_for_update().filter(
        clock__in=clocks, resumed_at__isnull=True, removed_at__isnull=True
    )
    for pause in pauses:
        if at < pause.paused_at:
            raise UnableToRun(_("This lies before the pause began."))
        pause.resumed_at, pause.resumed_by = at, by
        save_record(pause, by=by, at=at, reason=reason)
