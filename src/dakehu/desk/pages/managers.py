"""What every manager has and does, side by side: customers, alerts, contacts, to-dos (M6)."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.timezone import make_aware

from dakehu.alerts import queries as alerts
from dakehu.customers.choices import CardLevel
from dakehu.ownership import queries as ownership
from dakehu.ui.lists.addresses import whole_number
from dakehu.worklist import queries as worklist

DAYS = 30
PER_PAGE = 50


@dataclass(frozen=True)
class Figure:
    """A number and the list that it counts; some are of no list."""

    count: int
    url: str = ""


@dataclass(frozen=True)
class ManagerLine:
    """One person with their figures, in the order of the columns."""

    person: Any
    figures: tuple[Figure, ...]


@dataclass(frozen=True)
class ManagersPage:
    """The figures of one page of people; ``levels`` are the names of their columns."""

    lines: tuple[ManagerLine, ...]
    levels: tuple[str, ...]
    days: int
    page: int
    pages: int


def managers_page(actor: Any, asked: Any, *, on: date) -> ManagersPage:
    """Gather the figures of those who look after customers within the actor's reach."""
    people = ownership.owners_shown_to(actor)
    pages = max(1, -(-len(people) // PER_PAGE))
    page = min(max(1, whole_number(asked.get("page", "")) or 1), pages)
    shown = people[(page - 1) * PER_PAGE : page * PER_PAGE]
    counted = Counted(actor, shown, on=on)
    return ManagersPage(
        lines=tuple(ManagerLine(person, counted.figures_of(person.pk)) for person in shown),
        levels=tuple(str(CardLevel(rank).label) for rank in reversed(CardLevel.values)),
        days=DAYS,
        page=page,
        pages=pages,
    )


class Counted:
    """All counts at once, so that the number of queries does not grow with the people."""

    def __init__(self, actor: Any, people: list[Any], *, on: date) -> None:
        self.first = on - timedelta(days=DAYS - 1)
        since = make_aware(datetime.combine(self.first, time.min))
        self.loads = ownership.loads_of(actor, people, on=on)
        self.holding = {each.owner_id: each.going_on for each in alerts.counts_by_owner(actor)}
        self.handled = alerts.handled_by_owner(actor)
        self.contacts = alerts.handled_by_person(actor, since=since)
        self.open = worklist.open_by_owner(actor)
        self.done = worklist.done_by_owner(actor, since=since)

    def figures_of(self, pk: int) -> tuple[Figure, ...]:
        """Return one person's figures, each with the list that it counts."""
        load = self.loads[pk]
        levels = zip(reversed(CardLevel.values), reversed(load.ranks), strict=True)
        return (
            Figure(load.total, listed("customers:list", manager=pk)),
            *(
                Figure(count, listed("customers:list", manager=pk, level=rank))
                for rank, count in levels
            ),
            Figure(load.groups, listed("customers:list", manager=pk, kind="GROUP")),
            Figure(self.holding.get(pk, 0), listed("alerts:list", owner=pk, active="true")),
            Figure(self.handled.get(pk, 0), listed("alerts:list", owner=pk, state="HANDLED")),
            Figure(self.contacts.get(pk, 0)),
            Figure(self.open.get(pk, 0), listed("worklist:list", owner=pk, state="OPEN")),
            Figure(
                self.done.get(pk, 0),
                listed("worklist:list", owner=pk, state="DONE", closed_after=self.first),
            ),
        )


def listed(url_name: str, **filters: Any) -> str:
    """Return the address of a filtered list."""
    return f"{reverse(url_name)}?{urlencode(filters)}"
