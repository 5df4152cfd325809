"""
When a promise is due: from its start, its standard and the pauses, by one timetable.

A standard becomes an allotment of time, and the allotment runs off while the clock is not paused.
Whatever is asked of a clock, when it is due, when to warn, when to escalate, is the instant at
which a share of the allotment has run off.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from dakehu.clocks.choices import TimeUnit
from dakehu.clocks.errors import PausesUnusable
from dakehu.clocks.rules.timetable import MINUTE, SECOND, Timetable, instant_of, ticks_of
from dakehu.clocks.values import Deadline, Pause, Standard

WARN_PERCENT = 80
"""The share of the allotment after which the owner is warned."""

Span = tuple[int, int | None]


@dataclass(frozen=True)
class Allotment:
    """A promised length of time in ticks; of all time if it runs round the clock."""

    ticks: int
    round_the_clock: bool


def allotment_of(timetable: Timetable, started: int, standard: Standard) -> Allotment:
    """Return how much time a standard allots to what began at ``started``."""
    unit, amount = standard.unit, standard.amount
    if unit == TimeUnit.HOUR:
        return Allotment(amount * 60 * MINUTE, round_the_clock=True)
    if unit == TimeUnit.WORKING_HOUR:
        return Allotment(amount * 60 * MINUTE, round_the_clock=False)
    if unit == TimeUnit.HALF_WORKING_DAY:
        day = instant_of(started).astimezone(timetable.zone).date()
        daily = timetable.calendar.hours_on(day).daily_minutes
        return Allotment(amount * daily * MINUTE // 2, round_the_clock=False)
    days = 0 if unit == TimeUnit.SAME_DAY else amount
    closing = timetable.closing_after(started, days)
    return Allotment(timetable.worked(started, closing), round_the_clock=False)


def running_spans(started: int, pauses: Sequence[Pause]) -> list[Span]:
    """
    Return the times in which a clock ran; the last one has no end unless it is paused now.

    :raises PausesUnusable: if pauses overlap, run backwards, precede the start, or follow one that
        has no end.
    """
    spans: list[Span] = []
    since: int | None = started
    for pause in pauses:
        start = ticks_of(pause.start)
        if since is None or start < since:
            raise PausesUnusable("pauses overlap or precede the start")
        spans.append((since, start))
        since = None if pause.end is None else ticks_of(pause.end)
        if since is not None and since < start:
            raise PausesUnusable("a pause ends before it begins")
    return spans if since is None else [*spans, (since, None)]


def reached(
    timetable: Timetable, spans: Sequence[Span], amount: int, *, round_the_clock: bool
) -> int | None:
    """Return the instant at which ``amount`` has run off; none if the clock stopped before."""
    left = amount
    for start, end in spans:
        if end is not None:
            length = end - start if round_the_clock else timetable.worked(start, end)
            if length < left:
                left -= length
                continue
        return start + left if round_the_clock else timetable.later(start, left)
    return None


def used_in(timetable: Timetable, spans: Sequence[Span], *, round_the_clock: bool) -> int:
    """Return what ran off in those spans that have ended."""
    return sum(
        end - start if round_the_clock else timetable.worked(start, end)
        for start, end in spans
        if end is not None
    )


def deadline_of(
    timetable: Timetable, started: datetime, standard: Standard, pauses: Sequence[Pause] = ()
) -> Deadline:
    """
    Return when a promise is due and when its owner is to be warned.

    :raises CalendarUnusable: if the timetable does not reach that far.
    :raises PausesUnusable: if the pauses cannot have happened.
    """
    start = ticks_of(started)
    allotment = allotment_of(timetable, start, standard)
    clock = allotment.round_the_clock
    spans = running_spans(start, pauses)
    early = -(-allotment.ticks * WARN_PERCENT // 100)
    due = reached(timetable, spans, allotment.ticks, round_the_clock=clock)
    warn = reached(timetable, spans, early, round_the_clock=clock)
    return Deadline(
        started=started,
        counts_from=started if clock else instant_of(timetable.next_moment(start)),
        due=None if due is None else instant_of(due),
        warn=None if warn is None else instant_of(warn),
        allotted=allotment.ticks // SECOND,
        used=used_in(timetable, spans, round_the_clock=clock) // SECOND,
        round_the_clock=clock,
    )


def escalation_at(
    timetable: Timetable,
    started: datetime,
    standard: Standard,
    pauses: Sequence[Pause] = (),
    *,
    periods: int,
) -> datetime | None:
    """Return when a clock is overdue by ``periods`` full allotments; zero is the deadline."""
    start = ticks_of(started)
    allotment = allotment_of(timetable, start, standard)
    at = reached(
        timetable,
        running_spans(start, pauses),
        allotment.ticks * (1 + periods),
        round_the_clock=allotment.round_the_clock,
    )
    return None if at is None else instant_of(at)


def kept_standard(
    timetable: Timetable, started: datetime, old: Standard, new: Standard
) -> Standard:
    """
    Return which standard an open clock has after its customer's tier changed.

    It is counted from the original start. A promise already made is never lengthened, so the old
    standard stays unless the new one is due earlier.
    """
    start = ticks_of(started)

    def due(standard: Standard) -> int | None:
        allotment = allotment_of(timetable, start, standard)
        return reached(
            timetable,
            [(start, None)],
            allotment.ticks,
            round_the_clock=allotment.round_the_clock,
        )

    before, after = due(old), due(new)
    return new if after is not None and before is not None and after < before else old
