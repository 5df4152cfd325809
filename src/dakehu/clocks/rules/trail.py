"""A promise explained: what every day from its start to its deadline added to the clock."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta

from dakehu.clocks.choices import TimeUnit
from dakehu.clocks.rules.deadlines import running_spans
from dakehu.clocks.rules.timetable import SECOND, Timetable, instant_of, ticks_of
from dakehu.clocks.rules.workdays import day_of
from dakehu.clocks.values import Pause, Standard, TrailDay, WorkDay


def trail_of(
    timetable: Timetable,
    started: datetime,
    standard: Standard,
    pauses: Sequence[Pause],
    until: datetime,
) -> list[TrailDay]:
    """
    Return the days from a clock's start to ``until``, its deadline or now.

    The seconds of a day add up, in ``total``, to what had run off at its end.
    """
    spans = running_spans(ticks_of(started), pauses)
    last = ticks_of(until)
    total = 0
    trail = []
    for day in days_of(timetable, started, until):
        if standard.unit == TimeUnit.HOUR:
            open_hours = [bounds_of(timetable, day.day)]
        else:
            open_hours = list(intervals_of(timetable, day))
        ran = [
            shared
            for opens, closes in open_hours
            for start, end in spans
            if (shared := overlap((opens, closes), (start, last if end is None else end), last))
        ]
        seconds = sum(end - start for start, end in ran) // SECOND
        total += seconds
        trail.append(
            TrailDay(
                day,
                tuple((instant_of(start), instant_of(end)) for start, end in ran),
                tuple(pauses_in(timetable, day.day, pauses)),
                seconds,
                total,
            )
        )
    return trail


def days_of(timetable: Timetable, started: datetime, until: datetime) -> Iterator[WorkDay]:
    """Go through the days that an interval touches, in the calendar's own zone."""
    day = started.astimezone(timetable.zone).date()
    last = until.astimezone(timetable.zone).date()
    while day <= last:
        yield day_of(timetable.calendar, day)
        day += timedelta(days=1)


def bounds_of(timetable: Timetable, day: date) -> tuple[int, int]:
    """Return where a day begins and ends."""
    midnights = (
        datetime.combine(each, time(), timetable.zone) for each in (day, day + timedelta(days=1))
    )
    start, end = map(ticks_of, midnights)
    return start, end


def intervals_of(timetable: Timetable, day: WorkDay) -> Iterator[tuple[int, int]]:
    """Return the worked intervals of a day as ticks."""
    midnight = datetime.combine(day.day, time())
    for interval in day.intervals:
        start, end = (
            ticks_of((midnight + timedelta(minutes=minute)).replace(tzinfo=timetable.zone))
            for minute in interval
        )
        yield start, end


def overlap(one: tuple[int, int], other: tuple[int, int], last: int) -> tuple[int, int] | None:
    """Return what two intervals share before ``last``."""
    start, end = max(one[0], other[0]), min(one[1], other[1], last)
    return (start, end) if start < end else None


def pauses_in(
    timetable: Timetable, day: date, pauses: Sequence[Pause]
) -> Iterator[tuple[datetime, datetime | None]]:
    """Return the pauses that touch a day."""
    begins, ends = bounds_of(timetable, day)
    for pause in pauses:
        start = ticks_of(pause.start)
        is_over = pause.end is not None and ticks_of(pause.end) <= begins
        if start < ends and not is_over:
            yield pause.start, pause.end
