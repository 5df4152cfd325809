"""What a version would cost, for the customers as they stand today."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from dakehu.catalogue.choices import Population
from dakehu.catalogue.queries.populations import within_population
from dakehu.catalogue.rules import loads
from dakehu.catalogue.rules.bodies import body_from_data
from dakehu.people.queries import units_within
from dakehu.tiering.queries.standings import counts_by_unit, level_words
from dakehu.tiering.queries.wording import name_of

if TYPE_CHECKING:
    from dakehu.catalogue.models import ServiceVersion
    from dakehu.people.models import Staff


@dataclass(frozen=True)
class LoadRow:
    """A unit and a level: customers, and sessions a year before and after."""

    unit: str
    level: str
    line: loads.LoadLine


@dataclass(frozen=True)
class LoadPage:
    """What publishing would change within the actor's reach."""

    rows: tuple[LoadRow, ...]
    before: int
    after: int
    promises: dict[str, int]
    customers: int

    @property
    def change(self) -> int:
        """How many more sessions a year; fewer are negative."""
        return self.after - self.before

    @property
    def by_unit(self) -> list[tuple[str, int]]:
        """How many more sessions a year each unit would have; the most changed first."""
        found: dict[str, int] = {}
        for row in self.rows:
            found[row.unit] = found.get(row.unit, 0) + row.line.change
        changed = [(unit, change) for unit, change in found.items() if change]
        return sorted(changed, key=lambda each: -abs(each[1]))

    @property
    def touches_promises(self) -> bool:
        """Whether a promised time changes for anybody."""
        return any(self.promises.values())


def load_page(
    actor: "Staff", old: "ServiceVersion | None", new: "ServiceVersion", *, on: date
) -> LoadPage:
    """Work out the load of a version beside another one, by unit and level."""
    was = body_from_data(old.body if old else {})
    now = body_from_data(new.body)
    wanted = {Population.ALL} | {
        loads.population_of(terms)
        for body in (was, now)
        for levels in body.standards.values()
        for terms in levels.values()
    }
    counts = [
        loads.PlaceCount(unit, scheme, rank, population, count)
        for population in sorted(wanted)
        for unit, scheme, rank, count in counts_by_unit(
            actor, on=on, only=within_population(population, "customer__")
        )
        if scheme in was.standards or scheme in now.standards
    ]
    by_place: dict[tuple[str, int], int] = {}
    for each in counts:
        if each.population == Population.ALL:
            place = (each.scheme, each.rank)
            by_place[place] = by_place.get(place, 0) + each.count
    lines = loads.load_lines(was, now, counts)
    return LoadPage(
        rows=rows_of(actor, lines),
        before=sum(line.before for line in lines),
        after=sum(line.after for line in lines),
        promises=loads.promise_changes(was, now, by_place),
        customers=sum(by_place.values()),
    )


def rows_of(actor: "Staff", lines: list[loads.LoadLine]) -> tuple[LoadRow, ...]:
    """Return lines with the names of unit and level, in the order of the tree."""
    units = {unit.pk: (place, str(unit)) for place, unit in enumerate(units_within(actor))}
    levels = {place: name_of(level) for place, level in level_words().items()}
    last = (len(units), "–")
    ordered = sorted(
        lines, key=lambda each: (units.get(each.unit, last)[0], each.scheme, -each.rank)
    )
    return tuple(
        LoadRow(units.get(each.unit, last)[1], levels.get((each.scheme, each.rank), "–"), each)
        for each in ordered
    )
