"""
What a clock's times follow from: start, standard, pauses and calendar, reckoned anew by one hand.

Whatever changes a clock changes one of these and lets the rest follow: when it is due, what has
to be raised, and which notices a correction has overtaken. The sweep does nothing else.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.db import connection, transaction
from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dakehu.audit.operations import save_records
from dakehu.clocks import rules
from dakehu.clocks.choices import OPEN_STATES, ClockState, Stage
from dakehu.clocks.errors import CalendarUnusable, PausesUnusable, UnableToRun
from dakehu.clocks.events import (
    ClockBreached,
    ClockEscalated,
    ClockWarned,
    NoticeFacts,
    NoticesSettled,
)
from dakehu.clocks.models import Clock, ClockNotice, ClockPause
from dakehu.clocks.queries.clocks import notices_of, pauses_of, timetables_for
from dakehu.clocks.queries.subjects import names_of
from dakehu.clocks.values import Moments
from dakehu.common import events

ROWS = 500
TELLS = {Stage.WARN: ClockWarned, Stage.BREACH: ClockBreached}


@dataclass(frozen=True)
class Reckoning:
    """A clock whose times follow from its facts, with the notices to raise and those void."""

    clock: Clock
    raised: tuple[ClockNotice, ...]
    voided: tuple[ClockNotice, ...]


def reckon(clocks: Sequence[Clock], *, at: datetime) -> list[Reckoning]:
    """
    Let the times of clocks follow from what is stored of them; nothing is stored yet.

    :raises UnableToRun: if a calendar has no working time or does not reach that far, or the
        pauses cannot have happened.
    """
    pauses, notices = pauses_of(clocks), notices_of(clocks)
    try:
        timetables = timetables_for(clocks, at=at)
        return [
            reckoned(
                clock,
                timetables[clock.calendar_id],
                pauses=pauses.get(clock.pk, ()),
                notices=notices.get(clock.pk, ()),
                at=at,
            )
            for clock in clocks
        ]
    except CalendarUnusable as unusable:
        raise UnableToRun(
            _(
                "The calendar has no working time, or does not reach as far as the deadline. "
                "Set working hours first, or choose a shorter standard."
            )
        ) from unusable
    except PausesUnusable as unusable:
        raise UnableToRun(
            _("These pauses cannot have happened: they overlap, or precede the start.")
        ) from unusable


def reckon_each(clocks: Sequence[Clock], *, at: datetime) -> tuple[list[Reckoning], list[Clock]]:
    """Reckon clocks as :func:`reckon` does; those that cannot be timed any more come second."""
    try:
        return reckon(clocks, at=at), []
    except UnableToRun:
        found: list[Reckoning] = []
        failed: list[Clock] = []
        for clock in clocks:
            try:
                found += reckon([clock], at=at)
            except UnableToRun:
                failed.append(clock)
        return found, failed


def reckoned(
    clock: Clock,
    timetable: rules.Timetable,
    *,
    pauses: Sequence[ClockPause],
    notices: Sequence[ClockNotice],
    at: datetime,
) -> Reckoning:
    """Set the times of a clock, and tell its notices that are missing and those overtaken."""
    until = clock.stopped_at or at
    spans = [pause.span for pause in pauses]
    moments = rules.moments_of(timetable, clock.started_at, clock.standard, spans, until=until)
    take_times(clock, moments)
    passed = dict(enumerate(passed_by(clock, moments), start=int(Stage.WARN)))
    known = {notice.stage: notice for notice in notices}
    return Reckoning(
        clock,
        raised=tuple(
            ClockNotice(clock=clock, stage=stage, due_at=due_at, raised_at=at)
            for stage, due_at in passed.items()
            if stage not in known
        ),
        voided=tuple(notice for stage, notice in known.items() if stage not in passed),
    )


def take_times(clock: Clock, moments: Moments) -> None:
    """Set what follows of a clock."""
    clock.due_at, clock.warn_at = moments.due, moments.warn
    clock.next_at = moments.next_at if clock.is_open else None
    clock.left_seconds = moments.left if clock.state == ClockState.PAUSED else None


def passed_by(clock: Clock, moments: Moments) -> tuple[datetime, ...]:
    """Return what lies behind a clock; what is answered on the second of its deadline is met."""
    stopped = clock.stopped_at
    return tuple(each for each in moments.passed if stopped is None or each < stopped)


@transaction.atomic
def store(reckonings: Sequence[Reckoning], *, by: Any, at: datetime, reason: str = "") -> int:
    """Store reckoned clocks, each on record; return how many of them changed.

    :raises EditedMeanwhile: if somebody else has changed one of the same facts of any of them.
    """
    clocks = [each.clock for each in reckonings]
    changed = save_records(clocks, by=by, at=at, reason=reason) if clocks else 0
    store_notices(reckonings, at=at)
    transaction.on_commit(partial(tell, at=at, clocks={clock.pk for clock in clocks}))
    return changed


def store_notices(reckonings: Sequence[Reckoning], *, at: datetime) -> None:
    """Store what is raised, void what is overtaken, and when each clock is looked at next."""
    voided = [notice.pk for each in reckonings for notice in each.voided]
    if voided:
        ClockNotice.objects.filter(pk__in=voided).update(voided_at=at)
    raised = [notice for each in reckonings for notice in each.raised]
    for notice in raised:
        if not notice.clock.is_open:
            # It was answered meanwhile: on record, but nobody is asked for anything.
            notice.asked_at = notice.settled_at = at
    ClockNotice.objects.bulk_create(raised, batch_size=ROWS)
    point([each.clock for each in reckonings])


def point(clocks: Iterable[Clock]) -> None:
    """Store when each clock is looked at next, by one prepared statement."""
    adapt = connection.ops.adapt_datetimefield_value
    rows = [(adapt(clock.next_at) if clock.next_at else None, clock.pk) for clock in clocks]
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(
                f"UPDATE {Clock._meta.db_table} SET next_at = %s WHERE id = %s", rows
            )


def tell(*, at: datetime, clocks: Collection[int] | None = None) -> int:
    """
    Tell listeners of notices of which nobody was asked yet, and of those that ask no more.

    Told once the notices are stored; a process that is killed in between leaves them untold, and
    the next sweep tells them. Listeners may therefore hear of the same notice twice.
    """
    told = 0
    while batch := untold(clocks):
        for event in events_about(batch, at=at):
            events.announce(event)
        ids = [notice.pk for notice in batch]
        ClockNotice.objects.filter(pk__in=ids).update(asked_at=at)
        told += len(batch)
    settle(at=at, clocks=clocks)
    return told


def untold(clocks: Collection[int] | None) -> list[ClockNotice]:
    """Return some notices of which nobody was asked yet."""
    found = ClockNotice.objects.filter(asked_at__isnull=True)
    if clocks is not None:
        found = found.filter(clock__in=clocks)
    return list(found.select_related("clock").order_by("pk")[:ROWS])


def events_about(notices: Sequence[ClockNotice], *, at: datetime) -> list[Any]:
    """Return what there is to tell about notices, one event for each kind of stage."""
    names = names_of(notice.clock for notice in notices)
    told: dict[Any, list[NoticeFacts]] = {ClockWarned: [], ClockBreached: [], ClockEscalated: []}
    for notice in notices:
        told[TELLS.get(Stage(notice.stage), ClockEscalated)].append(facts_of(notice, names))
    return [kind(tuple(facts), at) for kind, facts in told.items() if facts]


def facts_of(notice: ClockNotice, names: dict[tuple[str, int], str]) -> NoticeFacts:
    """Return a notice as listeners hear of it."""
    clock = notice.clock
    return NoticeFacts(
        notice_id=notice.pk,
        clock_id=clock.pk,
        subject=clock.subject,
        subject_id=clock.subject_id,
        name=names.get((clock.subject, clock.subject_id), ""),
        kind=clock.kind,
        stage=notice.stage,
        customer_id=clock.customer_id,
        owner_id=clock.owner_id,
        unit_id=clock.unit_id,
        due_day=localdate(clock.due_at or notice.due_at),
    )


def settle(*, at: datetime, clocks: Collection[int] | None = None) -> None:
    """Tell listeners of notices that ask nobody any more."""
    over = Q(voided_at__isnull=False) | ~Q(clock__state__in=OPEN_STATES)
    found = ClockNotice.objects.filter(over, settled_at__isnull=True, asked_at__isnull=False)
    if clocks is not None:
        found = found.filter(clock__in=clocks)
    while ids := list(found.order_by("pk").values_list("pk", flat=True)[:ROWS]):
        events.announce(NoticesSettled(tuple(ids), at))
        ClockNotice.objects.filter(pk__in=ids).update(settled_at=at)
