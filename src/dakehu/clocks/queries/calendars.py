"""The calendar of a unit: what holds above it until it, or a unit between, has its own."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q
from django.http import Http404

from dakehu.clocks import rules
from dakehu.clocks.errors import CalendarUnusable
from dakehu.clocks.models import CalendarDay, CalendarHours, DeadlineMove, Recount
from dakehu.clocks.queries.years import public_days
from dakehu.clocks.rules.public import FIRST_YEAR
from dakehu.clocks.values import Hours, Intervals, Override, WorkCalendar, WorkDay
from dakehu.people.policies import reach
from dakehu.people.queries import top_unit, units_within

if TYPE_CHECKING:
    from dakehu.people.models import Staff, Unit
    from dakehu.people.querysets import UnitQuerySet

YEARS_AHEAD = 2
RECOUNTS_SHOWN = 5
MOVES_SHOWN = 500


def units_with_calendars(actor: "Staff") -> "UnitQuerySet":
    """Return the units that concern the actor, with how much each set of its own."""
    present = Q(
        calendar_hours__removed_at__isnull=True, calendar_hours__published_at__isnull=False
    )
    waiting = Q(calendar_hours__removed_at__isnull=True, calendar_hours__published_at__isnull=True)
    by_hand = Q(calendar_days__removed_at__isnull=True)
    units: UnitQuerySet = units_within(actor).annotate(
        own_hours=Count("calendar_hours", filter=present, distinct=True),
        proposals=Count("calendar_hours", filter=waiting, distinct=True),
        own_days=Count("calendar_days", filter=by_hand, distinct=True),
    )
    return units


def calendar_of(unit: "Unit", *, on: date) -> WorkCalendar:
    """Return the calendar of a unit, with public days up to two years after ``on``."""
    return calendars_of([unit], on=on)[unit.pk]


def calendars_of(units: Iterable["Unit"], *, on: date) -> dict[int, WorkCalendar]:
    """Return the calendars of units by their numbers, with public days as :func:`calendar_of`."""
    lines = {unit.pk: line_of(unit) for unit in units}
    concerned = {pk for line in lines.values() for pk in line}
    hours = list(
        CalendarHours.objects.filter(
            unit_id__in=concerned, removed_at__isnull=True, published_at__isnull=False
        )
    )
    days = list(CalendarDay.objects.filter(unit_id__in=concerned, removed_at__isnull=True))
    public = public_days(on.year + YEARS_AHEAD)
    return {
        pk: WorkCalendar(merged(hours, line), public, overrides_of(days, line))
        for pk, line in lines.items()
    }


def work_days(units: Iterable["Unit"], first: date, last: date) -> dict[int, list[WorkDay]]:
    """Return the days of units from one to another by the units' numbers, each with its hours."""
    found = calendars_of(units, on=first)
    return {pk: rules.days_between(calendar, first, last) for pk, calendar in found.items()}


def overrides_of(days: Iterable[CalendarDay], line: tuple[int, ...]) -> dict[date, Override]:
    """Return the days set by hand of a unit; its own before those of the units above it."""
    own = sorted(
        (each for each in days if each.unit_id in line), key=lambda each: line.index(each.unit_id)
    )
    return {each.day: Override(intervals_of(each.intervals), each.reason) for each in own}


def line_of(unit: "Unit") -> tuple[int, ...]:
    """Return the numbers of the units above a unit, from the top, and its own."""
    return tuple(map(int, (unit.path or str(unit.pk)).strip("/").split("/")))


def merged(rows: Iterable[CalendarHours], line: tuple[int, ...]) -> tuple[tuple[date, Hours], ...]:
    """Return what holds from when on: a unit's own hours replace those above from their day."""
    known = sorted(rows, key=lambda each: (each.active_from, each.published_at))
    timeline: dict[date, Hours] = {date.min: Hours()}
    for pk in line:
        own = {each.active_from: hours_of(each) for each in known if each.unit_id == pk}
        if own:
            first = min(own)
            timeline = {day: hours for day, hours in timeline.items() if day < first} | own
    return tuple(sorted(timeline.items(), key=lambda each: each[0]))


def hours_of(row: CalendarHours) -> Hours:
    """Return stored hours as values."""
    week = tuple(intervals_of(each) for each in row.week)
    return Hours(intervals_of(row.ordinary), week, row.follows_holidays)


def intervals_of(stored: Any) -> Intervals:
    """Return stored intervals as values."""
    return tuple((start, end) for start, end in stored)


def hours_known(unit: "Unit") -> list[CalendarHours]:
    """Return the hours that a unit has, had or may get, the latest first."""
    found = CalendarHours.objects.filter(unit=unit, removed_at__isnull=True)
    return list(
        found.select_related("proposed_by", "published_by").order_by("-active_from", "-pk")
    )


def set_days_of(unit: "Unit", year: int) -> list[CalendarDay]:
    """Return the days of a year that were set by hand for a unit or a unit above it."""
    found = CalendarDay.objects.filter(
        unit_id__in=line_of(unit), day__year=year, removed_at__isnull=True
    )
    return list(found.select_related("unit").order_by("day", "unit__path"))


def get_hours(unit: "Unit", pk: int) -> CalendarHours:
    """
    Return hours of a unit.

    :raises Http404: if it has no such ones.
    """
    found = CalendarHours.objects.filter(unit=unit, pk=pk, removed_at__isnull=True).first()
    if found is None:
        raise Http404
    return found


def get_day(unit: "Unit", pk: int) -> CalendarDay:
    """
    Return a day that was set by hand for a unit.

    :raises Http404: if there is no such one.
    """
    found = CalendarDay.objects.filter(unit=unit, pk=pk, removed_at__isnull=True).first()
    if found is None:
        raise Http404
    return found


def default_days(first: date, last: date) -> list[WorkDay]:
    """
    Return every day from ``first`` to ``last`` by the calendar of the topmost unit.

    :raises CalendarUnusable: before 2010, of which no public days are known.
    """
    if first.year < FIRST_YEAR:
        raise CalendarUnusable("before the first year of the calendar")
    top = top_unit()
    calendar = calendar_of(top, on=last) if top else WorkCalendar(public=public_days(last.year))
    return rules.days_between(calendar, first, last)


def recounts_of(unit: "Unit") -> list[Recount]:
    """Return the last changes of a unit's calendar, or of one above it, that concerned clocks."""
    found = Recount.objects.filter(unit_id__in=line_of(unit)).select_related("asked_for_by")
    return list(found.order_by("-pk")[:RECOUNTS_SHOWN])


def moves_within(actor: "Staff", unit: "Unit", pk: int) -> tuple[Recount, list[DeadlineMove]]:
    """
    Return a recount of a unit's calendar, and the deadlines within reach that it moved.

    :raises Http404: if there is no such recount.
    """
    found = Recount.objects.filter(pk=pk, unit_id__in=line_of(unit)).first()
    if found is None:
        raise Http404
    within = reach(actor, unit="clock__unit", owner="clock__owner", customer="clock__customer")
    moves = found.moves.filter(within).select_related("clock__owner", "clock__unit")
    return found, list(moves.order_by("became", "pk")[:MOVES_SHOWN])
