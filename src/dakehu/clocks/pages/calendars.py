"""A unit's calendar as a page: a year of days, the hours that hold, and what was set by hand."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from dakehu.clocks import queries, rules
from dakehu.clocks.choices import WEEK, DayKind
from dakehu.clocks.queries import FIRST_YEAR
from dakehu.clocks.queries.calendars import YEARS_AHEAD, hours_of, intervals_of
from dakehu.clocks.values import Hours, WorkDay
from dakehu.people.policies import may
from dakehu.people.queries import top_unit

TONES = {
    DayKind.ORDINARY: "calendar-work",
    DayKind.REST: "calendar-rest",
    DayKind.HOLIDAY: "tone-danger",
    DayKind.MAKE_UP: "tone-info",
    DayKind.OVERRIDE: "tone-success",
}
CLOSED = "tone-warning"


@dataclass(frozen=True)
class DayCell:
    """One day of a month: its number, how it is drawn, and what it is in words."""

    number: int
    tone: str
    words: str
    is_today: bool


@dataclass(frozen=True)
class Month:
    """One month: weeks from Monday to Sunday, days of other months empty; days worked."""

    name: str
    weeks: list[list[DayCell | None]]
    worked: int


@dataclass(frozen=True)
class HoursLine:
    """Hours of a week in words, where they stand, and what the reader may do with them."""

    row: Any
    days: list[tuple[str, str]]
    state: str
    tone: str
    may_publish: bool
    may_withdraw: bool
    is_mine: bool


@dataclass(frozen=True)
class SetDay:
    """A day set by hand: its hours in words; ``is_own`` if for this unit and not one above."""

    row: Any
    words: str
    is_own: bool


@dataclass(frozen=True)
class YearLine:
    """Announced days of a year: in words, where they stand, what the reader may do with them."""

    row: Any
    free: list[str]
    make_up: str
    may_publish: bool
    may_withdraw: bool
    is_mine: bool


@dataclass(frozen=True)
class CalendarPage:
    """A year of a unit's calendar."""

    unit: Any
    year: int
    years: list[int]
    weekdays: list[tuple[str, str]]
    months: list[Month]
    worked: int
    is_provisional: bool
    present: list[tuple[str, str]]
    hours: list[HoursLine]
    set_days: list[SetDay]
    recounts: list[Any]
    announced: list[YearLine]
    may_announce: bool
    may_propose: bool
    may_set: bool


def calendar_page(actor: Any, unit: Any, year: int, *, on: date) -> CalendarPage:
    """Return a year of a unit's calendar as the actor may see and change it."""
    calendar = queries.calendar_of(unit, on=on)
    days = rules.days_between(calendar, date(year, 1, 1), date(year, 12, 31))
    may_propose, may_set = may(actor, "clocks.rules"), may(actor, "clocks.edit")
    return CalendarPage(
        unit=unit,
        year=year,
        years=[each for each in (year - 1, year, year + 1) if known_year(each, on=on) == each],
        weekdays=[(short_name(str(label)), str(label)) for _name, label in WEEK],
        months=[month_of(year, number, days, on=on) for number in range(1, 13)],
        worked=sum(each.is_worked for each in days),
        is_provisional=any(each.is_provisional for each in days),
        present=week_words(calendar.hours_on(on)),
        hours=[hours_line(actor, row, on=on) for row in queries.hours_known(unit)],
        set_days=[
            SetDay(row, hours_words(intervals_of(row.intervals)), row.unit_id == unit.pk)
            for row in queries.set_days_of(unit, year)
        ],
        recounts=queries.recounts_of(unit),
        announced=[year_line(actor, row, on=on) for row in queries.years_entered(year)],
        may_announce=may_propose and unit.pk == top_number() and year >= on.year,
        may_propose=may_propose,
        may_set=may_set,
    )


def top_number() -> int | None:
    """Return the number of the topmost unit, on whose page announced days are entered."""
    top = top_unit()
    return top.pk if top else None


def year_line(actor: Any, row: Any, *, on: date) -> YearLine:
    """Return announced days as a line."""
    announced = queries.announced_of(row)
    may_set = may(actor, "clocks.rules")
    is_open = row.published_at is None
    is_mine = is_open and row.proposed_by_id == actor.pk
    return YearLine(
        row=row,
        free=rules.text_of_days(announced.free).splitlines(),
        make_up=_(", ").join(day.isoformat() for day in sorted(announced.make_up)),
        may_publish=may_set and is_open and not is_mine,
        may_withdraw=may_set and (is_open or row.year > on.year),
        is_mine=is_mine,
    )


def short_name(weekday: str) -> str:
    """Return what heads a column of a month: the last sign in Chinese, the first letters else."""
    return weekday[:2] if weekday.isascii() else weekday[-1]


def known_year(asked: int | None, *, on: date) -> int:
    """Return a year that the calendar reaches: the one asked for, or this one."""
    return asked if asked and FIRST_YEAR <= asked <= on.year + YEARS_AHEAD else on.year


def month_of(year: int, number: int, days: list[WorkDay], *, on: date) -> Month:
    """Return a month as weeks."""
    of_month = [each for each in days if each.day.month == number]
    cells: list[DayCell | None] = [None] * of_month[0].day.weekday()
    cells += [cell_of(each, on=on) for each in of_month]
    cells += [None] * (-len(cells) % 7)
    weeks = [cells[start : start + 7] for start in range(0, len(cells), 7)]
    name = date_format(date(year, number, 1), "F")
    return Month(name, weeks, sum(each.is_worked for each in of_month))


def cell_of(day: WorkDay, *, on: date) -> DayCell:
    """Return a day as a cell of its month."""
    tone = TONES[day.kind] if day.is_worked or day.kind != DayKind.OVERRIDE else CLOSED
    parts = [str(day.kind.label), day.note, hours_words(day.intervals)]
    words = " · ".join([day.day.isoformat(), *filter(None, parts)])
    return DayCell(day.day.day, tone, words, day.day == on)


def hours_words(intervals: Any) -> str:
    """Return hours in words."""
    return rules.text_of(intervals) or _("closed")


def week_words(hours: Hours) -> list[tuple[str, str]]:
    """Return the days of a week with their hours, alike neighbours together."""
    lines: list[tuple[str, str, str]] = []
    for (_name, label), intervals in zip(WEEK, hours.week, strict=True):
        words = hours_words(intervals)
        if lines and lines[-1][2] == words:
            lines[-1] = (lines[-1][0], str(label), words)
        else:
            lines.append((str(label), "", words))
    return [(f"{first} – {last}" if last else first, words) for first, last, words in lines]


def hours_line(actor: Any, row: Any, *, on: date) -> HoursLine:
    """Return stored hours as a line."""
    may_set = may(actor, "clocks.rules")
    is_open = row.published_at is None
    is_mine = row.proposed_by_id == actor.pk
    if is_open:
        state, tone = _("Proposed"), "warning"
    elif row.active_from > on:
        state, tone = _("Published, to come"), "info"
    else:
        state, tone = _("Published"), "success"
    return HoursLine(
        row=row,
        days=week_words(hours_of(row)),
        state=state,
        tone=tone,
        may_publish=may_set and is_open and not is_mine,
        may_withdraw=may_set and (is_open or row.active_from > on),
        is_mine=is_open and is_mine,
    )
