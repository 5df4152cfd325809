"""Who carries how much: every manager's customers by level against the capacity (M6)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from dakehu.customers.choices import CardLevel
from dakehu.ownership import queries
from dakehu.ownership.choices import STANDING_TONES, Standing
from dakehu.people.queries import units_within
from dakehu.ui.lists.addresses import whole_number

PER_PAGE = 50
BARS = {"OVER": "bar-danger", "GOOD": "bar-good", "UNDER": ""}


@dataclass(frozen=True)
class LoadLine:
    """One person: customers by level, what they weigh, the capacity, and the very list."""

    person: Any
    load: Any
    standing: str
    tone: str
    bar: str
    width: int
    url: str
    levels: tuple[int, ...]


@dataclass(frozen=True)
class LoadPage:
    """The lines of one page with the figures of all, and what can be chosen."""

    lines: tuple[LoadLine, ...]
    levels: tuple[str, ...]
    people: int
    total: int
    load: int
    capacity: int
    over: int
    good: int
    under: int
    units: tuple[Any, ...]
    unit: Any
    standing: str
    page: int
    pages: int

    @property
    def percent(self) -> int:
        """The whole load in per cent of the whole capacity."""
        return 100 * self.load // self.capacity if self.capacity else 0


def load_page(actor: Any, asked: Any, *, on: date) -> LoadPage:
    """Gather the loads within the actor's reach, the heaviest first; ``asked`` is the address."""
    units = tuple(units_within(actor))
    unit = next((each for each in units if each.pk == whole_number(asked.get("unit", ""))), None)
    people = [
        person
        for person in queries.owners_shown_to(actor)
        if unit is None or person.unit.path.startswith(unit.path)
    ]
    loads = queries.loads_of(actor, people, on=on)
    people.sort(key=lambda person: (-loads[person.pk].percent, person.pk))
    standing = asked.get("standing", "")
    shown = [
        person
        for person in people
        if standing not in Standing.values or loads[person.pk].standing == standing
    ]
    pages = max(1, -(-len(shown) // PER_PAGE))
    page = min(max(1, whole_number(asked.get("page", "")) or 1), pages)
    first = (page - 1) * PER_PAGE
    standings = [load.standing for load in loads.values()]
    return LoadPage(
        lines=tuple(
            load_line(person, loads[person.pk]) for person in shown[first : first + PER_PAGE]
        ),
        levels=tuple(str(CardLevel(rank).label) for rank in reversed(CardLevel.values)),
        people=len(people),
        total=sum(load.total for load in loads.values()),
        load=sum(load.load for load in loads.values()),
        capacity=sum(load.capacity for load in loads.values()),
        over=standings.count("OVER"),
        good=standings.count("GOOD"),
        under=standings.count("UNDER"),
        units=units,
        unit=unit,
        standing=standing if standing in Standing.values else "",
        page=page,
        pages=pages,
    )


def load_line(person: Any, load: queries.Load) -> LoadLine:
    """Return one person's line."""
    return LoadLine(
        person=person,
        load=load,
        standing=str(Standing(load.standing).label),
        tone=STANDING_TONES[load.standing],
        bar=BARS[load.standing],
        width=min(load.percent, 100),
        url=f"{reverse('customers:list')}?manager={person.pk}",
        levels=tuple(reversed(load.ranks)),
    )


def level_words(load: queries.Load) -> list[tuple[str, int]]:
    """Return how many customers of each card level somebody has, the best first; none left out."""
    ranked = zip(CardLevel.labels, load.ranks, strict=True)
    return [(str(words), count) for words, count in ranked if count][::-1]
