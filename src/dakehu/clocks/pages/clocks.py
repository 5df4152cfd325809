"""A promise explained: how the deadline of a clock came about, day by day."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from dakehu.clocks import queries, rules
from dakehu.clocks.choices import DayKind
from dakehu.clocks.queries.clocks import (
    chip_of,
    may_correct,
    notices_of,
    pauses_of,
    timetables_for,
)
from dakehu.clocks.rules.timetable import instant_of, ticks_of
from dakehu.clocks.values import Chip, Pause, TrailDay

TONES = {
    DayKind.HOLIDAY: "danger",
    DayKind.MAKE_UP: "info",
    DayKind.OVERRIDE: "accent",
    DayKind.REST: "neutral",
}


@dataclass(frozen=True)
class TrailLine:
    """One day of the trail: what it is, its hours, what of them counted, and all until its end."""

    day: TrailDay
    tone: str
    words: str
    hours: str
    is_provisional: bool


@dataclass(frozen=True)
class ClockPage:
    """A clock with everything that its deadline follows from."""

    clock: Any
    chip: Chip
    title: str
    name: str
    url: str
    allotted: int
    counts_from: datetime
    trail: list[TrailLine]
    pauses: list[Any]
    notices: list[Any]
    is_provisional: bool
    round_the_clock: bool
    may_correct: bool


def clock_page(actor: Any, clock: Any, *, at: datetime) -> ClockPage:
    """Return a clock as the actor may see and correct it."""
    timetable = timetables_for([clock], at=at)[clock.calendar_id]
    pauses = pauses_of([clock]).get(clock.pk, [])
    spans = [pause.span for pause in pauses]
    subject = queries.subject_of(clock.subject)
    names = queries.names_of([clock])
    reckoned = rules.deadline_of(timetable, clock.started_at, clock.standard, spans)
    trail = trail_lines(timetable, clock, spans, until=clock.due_at or clock.stopped_at or at)
    return ClockPage(
        clock=clock,
        chip=chip_of(clock, timetable, at=at),
        title=str(subject.title),
        name=names.get((clock.subject, clock.subject_id), ""),
        url=subject.url(clock.subject_id),
        allotted=reckoned.allotted,
        counts_from=counting_from(timetable, reckoned),
        trail=trail,
        pauses=pauses,
        notices=notices_of([clock]).get(clock.pk, []),
        is_provisional=any(line.is_provisional for line in trail),
        round_the_clock=reckoned.round_the_clock,
        may_correct=clock.state != "DROPPED" and may_correct(actor, clock),
    )


def counting_from(timetable: rules.Timetable, reckoned: Any) -> datetime:
    """Return from when on time counts: the start, or the next working moment."""
    start = ticks_of(reckoned.started)
    return instant_of(start if reckoned.round_the_clock else timetable.next_moment(start))


def trail_lines(
    timetable: rules.Timetable, clock: Any, pauses: list[Pause], *, until: datetime
) -> list[TrailLine]:
    """Return the days from a clock's start until an instant as lines."""
    until = max(until, clock.started_at)
    days = rules.trail_of(timetable, clock.started_at, clock.standard, pauses, until)
    return [line_of(day) for day in days]


def line_of(day: TrailDay) -> TrailLine:
    """Return a day as a line."""
    kind = day.day.kind
    words = " · ".join(filter(None, [str(kind.label), day.day.note]))
    hours = rules.text_of(day.day.intervals) or _("closed")
    return TrailLine(day, TONES.get(kind, "success"), words, hours, day.day.is_provisional)


@dataclass(frozen=True)
class MoveLine:
    """A deadline that a recount moved: of what, from when to when."""

    name: str
    move: Any


def move_lines(moves: list[Any]) -> list[MoveLine]:
    """Return moved deadlines as lines."""
    names = queries.names_of(move.clock for move in moves)
    return [
        MoveLine(names.get((move.clock.subject, move.clock.subject_id), ""), move)
        for move in moves
    ]
