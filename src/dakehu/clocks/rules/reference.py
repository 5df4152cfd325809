"""
The deadlines once more, minute by minute: the second opinion that the tests ask.

Nothing here is shared with :mod:`dakehu.clocks.rules.deadlines`: it walks a wall clock, asks for
every minute whether it is worked, and counts. It knows instants of whole minutes only.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from dakehu.clocks.choices import TimeUnit
from dakehu.clocks.values import Pause, Standard, WorkCalendar

STEP = timedelta(minutes=1)
PATIENCE = 400 * 24 * 60


def is_worked(calendar: WorkCalendar, at: datetime) -> bool:
    """Tell whether the minute that begins at ``at`` is worked."""
    local = at.astimezone(ZoneInfo(calendar.zone))
    minute = local.hour * 60 + local.minute
    return any(start <= minute < end for start, end in hours_of(calendar, local.date()))


def hours_of(calendar: WorkCalendar, day: date) -> tuple[tuple[int, int], ...]:
    """Return the hours of a day, looked up the plain way."""
    if day in calendar.overrides:
        return calendar.overrides[day].intervals
    hours = [hours for since, hours in calendar.hours if since <= day][-1]
    if hours.follows_holidays:
        if day in calendar.public.make_up:
            return hours.ordinary
        if day in calendar.public.free:
            return ()
    return hours.week[day.weekday()]


def is_paused(at: datetime, pauses: Sequence[Pause]) -> bool:
    """Tell whether a clock stands still in the minute that begins at ``at``."""
    return any(pause.start <= at and (pause.end is None or at < pause.end) for pause in pauses)


def promised_minutes(calendar: WorkCalendar, started: datetime, standard: Standard) -> int:
    """Return how many minutes a standard promises to what began at ``started``."""
    if standard.unit in {TimeUnit.HOUR, TimeUnit.WORKING_HOUR}:
        return standard.amount * 60
    if standard.unit == TimeUnit.HALF_WORKING_DAY:
        local = started.astimezone(ZoneInfo(calendar.zone)).date()
        ordinary = [hours for since, hours in calendar.hours if since <= local][-1].ordinary
        return standard.amount * sum(end - start for start, end in ordinary) // 2
    wanted = 0 if standard.unit == TimeUnit.SAME_DAY else standard.amount
    zone = ZoneInfo(calendar.zone)
    at, days, minutes, today = started, -1, 0, None
    for _minute in range(PATIENCE):
        if is_worked(calendar, at):
            day = at.astimezone(zone).date()
            if day != today:
                today, days = day, days + 1
                if days > wanted:
                    return minutes
            minutes += 1
        at += STEP
    raise LookupError("no such day in sight")


def reference_deadline(
    calendar: WorkCalendar,
    started: datetime,
    standard: Standard,
    pauses: Sequence[Pause] = (),
    *,
    percent: int = 100,
) -> datetime | None:
    """Return when ``percent`` of a promise has run off; None if it never does."""
    promised = promised_minutes(calendar, started, standard)
    wanted = -(-promised * percent // 100)
    at, used = started.astimezone(UTC), 0
    for _minute in range(PATIENCE):
        counts = standard.unit == TimeUnit.HOUR or is_worked(calendar, at)
        if counts and not is_paused(at, pauses):
            used += 1
            if used == wanted:
                return at + STEP
        at += STEP
    return None
