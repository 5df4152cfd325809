"""Which hours of a day are worked: by hand before public days, those before the week."""

from datetime import date, timedelta

from dakehu.clocks.choices import DayKind
from dakehu.clocks.values import DAY_MINUTES, WEEKDAYS, Hours, Intervals, WorkCalendar, WorkDay


def day_of(calendar: WorkCalendar, day: date) -> WorkDay:
    """Return what ``day`` is in a calendar, and why."""
    hours = calendar.hours_on(day)
    intervals, kind, note = public_day(calendar, hours, day)
    override = calendar.overrides.get(day)
    if override is not None:
        intervals, kind, note = override.intervals, DayKind.OVERRIDE, override.reason
    is_open = hours.follows_holidays and day.year not in calendar.public.official
    return WorkDay(day, intervals, kind, note, is_open and override is None)


def public_day(calendar: WorkCalendar, hours: Hours, day: date) -> tuple[Intervals, DayKind, str]:
    """Return hours, kind and name of a day that nobody set by hand."""
    public = calendar.public
    if hours.follows_holidays and day in public.make_up:
        return hours.ordinary, DayKind.MAKE_UP, public.make_up[day]
    if hours.follows_holidays and day in public.free:
        return (), DayKind.HOLIDAY, public.free[day]
    intervals = hours.week[day.weekday()]
    return intervals, DayKind.ORDINARY if intervals else DayKind.REST, ""


def days_between(calendar: WorkCalendar, first: date, last: date) -> list[WorkDay]:
    """Return every day from ``first`` to ``last``, both included."""
    count = (last - first).days + 1
    return [day_of(calendar, first + timedelta(days=number)) for number in range(count)]


def misfits_of(hours: Hours) -> list[str]:
    """Return the names of what cannot be in hours; nothing if they can hold.

    ``"ordinary"`` and ``"week"`` stand for intervals that overlap, run backwards or leave the day,
    ``"empty"`` for a week without working time.
    """
    found = []
    if not hours.ordinary or not are_apart(hours.ordinary):
        found.append("ordinary")
    if len(hours.week) != WEEKDAYS or not all(map(are_apart, hours.week)):
        found.append("week")
    if not any(hours.week):
        found.append("empty")
    return found


def are_apart(intervals: Intervals) -> bool:
    """Tell whether intervals ascend, do not overlap, and stay within a day."""
    edges = [minute for interval in intervals for minute in interval]
    ascend = all(start < end for start, end in intervals) and edges == sorted(edges)
    return ascend and all(0 <= minute <= DAY_MINUTES for minute in edges)
