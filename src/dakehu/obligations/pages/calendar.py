"""A month of planned days: what is owed to somebody's customers, to be moved by hand."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.formats import date_format

from dakehu.clocks.choices import DayKind
from dakehu.clocks.queries import default_days
from dakehu.obligations.choices import STATE_TONES, State
from dakehu.obligations.policies import EDIT
from dakehu.obligations.queries import boards
from dakehu.obligations.queries.wording import service_names

if TYPE_CHECKING:
    from dakehu.people.models import Staff

DAYS_OF_WEEK = 7
SHOWN = 6
"""So many are shown on a day; the others are folded away."""


@dataclass(frozen=True)
class Entry:
    """One thing planned for a day."""

    obligation: Any
    service: str
    tone: str
    move_url: str


@dataclass(frozen=True)
class PlanDay:
    """One day of the month, and what is planned for it."""

    day: date
    is_inside: bool
    is_today: bool
    is_off: bool
    is_past: bool
    entries: tuple[Entry, ...]
    folded: tuple[Entry, ...]


@dataclass(frozen=True)
class PlanPage:
    """A month of somebody's planned days, and the ways to others."""

    title: str
    person: Any
    weeks: tuple[tuple[PlanDay, ...], ...]
    before: str
    after: str
    here: str
    count: int
    may_move: bool


def plan_page(actor: "Staff", person: "Staff", month: date, *, on: date) -> PlanPage:
    """Gather a month of planned days of somebody whom the actor may see."""
    following = (month + timedelta(days=31)).replace(day=1)
    first = month - timedelta(days=month.weekday())
    last = following + timedelta(days=-following.weekday() % DAYS_OF_WEEK - 1)
    by_day = entries_by_day(actor, person, first=first, last=last)
    off = {each.day for each in default_days(first, last) if each.kind == DayKind.HOLIDAY}
    days = [
        plan_day(first + timedelta(days=n), month, by_day, off, on=on)
        for n in range((last - first).days + 1)
    ]
    return PlanPage(
        title=date_format(month, "YEAR_MONTH_FORMAT"),
        person=person,
        weeks=tuple(tuple(days[n : n + DAYS_OF_WEEK]) for n in range(0, len(days), DAYS_OF_WEEK)),
        before=month_url(month - timedelta(days=1), actor, person),
        after=month_url(following, actor, person),
        here=month_url(month, actor, person),
        count=sum(len(day.entries) + len(day.folded) for day in days if day.is_inside),
        may_move=actor.may(EDIT),
    )


def entries_by_day(
    actor: "Staff", person: "Staff", *, first: date, last: date
) -> dict[date, list[Entry]]:
    """Return what is planned for somebody's customers, by day."""
    names = service_names()
    by_day: dict[date, list[Entry]] = {}
    for day, each in boards.planned_between(actor, person, first=first, last=last):
        entry = Entry(
            each,
            names.get(each.service, each.service),
            STATE_TONES[State(each.state)],
            reverse("obligations:move", args=[each.pk]),
        )
        by_day.setdefault(day, []).append(entry)
    return by_day


def plan_day(
    day: date, month: date, by_day: Mapping[date, list[Entry]], off: set[date], *, on: date
) -> PlanDay:
    """Return one day of a month."""
    found = tuple(by_day.get(day, ()))
    return PlanDay(
        day, day.month == month.month, day == on, day in off, day < on,
        found[:SHOWN], found[SHOWN:],
    )  # fmt: skip


def month_url(day: date, actor: "Staff", person: "Staff") -> str:
    """Return the address of a month of somebody's planned days."""
    told = {"month": f"{day:%Y-%m}"}
    if person.pk != actor.pk:
        told["staff"] = str(person.pk)
    return f"{reverse('obligations:calendar')}?{urlencode(told)}"
