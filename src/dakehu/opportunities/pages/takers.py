"""Who could take an opportunity over, by place and channel, and why the others cannot (OP12)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from dakehu.channels.queries import body_of
from dakehu.opportunities.pages.center import Taker, takers_in_words
from dakehu.opportunities.pages.intake import wants_of
from dakehu.opportunities.queries.candidates import Proposed, city_path, takers_for
from dakehu.opportunities.rules.proposing import Ground, ground_of
from dakehu.people.choices import PARTNER, ROLES, UnitKind
from dakehu.people.policies import role_of
from dakehu.people.queries import areas_of, units_within

if TYPE_CHECKING:
    from dakehu.people.models import Staff

COLUMNS = ("ACCOUNT_MANAGER", "CHIEF_REPRESENTATIVE", "TELEPHONE_MANAGER", PARTNER)
"""The kinds of people who sell, as the columns of the map."""
TONES = {
    Ground.GOOD: "good",
    Ground.FAIR: "fair",
    Ground.HINDERED: "hindered",
    Ground.BARE: "bare",
}


@dataclass(frozen=True)
class Cell:
    """One place and one kind of people: how many there are, and how many could take it."""

    anchor: str
    column: str
    tone: str
    fit: int
    words: str
    takers: list[Taker]


@dataclass(frozen=True)
class Line:
    """One place with its cells."""

    unit: Any
    is_own: bool
    cells: list[Cell]


@dataclass(frozen=True)
class TakerMap:
    """The map of an opportunity: places by kinds of people."""

    opportunity: Any
    wants: str
    columns: list[str]
    lines: list[Line]

    @property
    def fit(self) -> int:
        """How many places and kinds have somebody who could take it."""
        return sum(cell.fit > 0 for line in self.lines for cell in line.cells)


def map_for(actor: "Staff", opportunity: Any, *, at: datetime) -> TakerMap:
    """Gather who could take an opportunity over: its district first, then all of its city."""
    body = body_of(opportunity.matrix_id)
    found = takers_for([opportunity], {opportunity.matrix_id: body}, at=at)[opportunity.pk]
    city = city_path(opportunity)
    kinds = (UnitKind.CITY, UnitKind.DISTRICT)
    units = list(units_within(actor).filter(path__startswith=city, kind__in=kinds))
    areas = areas_of(each.person.pk for each in found)
    places = {each.person.pk: places_of(each.person, units, areas) for each in found}
    own = opportunity.unit.path or ""
    here = {
        unit.pk: [each for each in found if unit.pk in places[each.person.pk]] for unit in units
    }
    lines = [
        Line(
            unit=unit,
            is_own=own.startswith(str(unit.path)) and unit.kind != UnitKind.CITY,
            cells=cells_of(unit, here[unit.pk]),
        )
        for unit in units
    ]
    return TakerMap(
        opportunity=opportunity,
        wants=wants_of(body, opportunity),
        columns=[str(ROLES[kind].name) for kind in COLUMNS],
        # Nearly always somebody near the customer is chosen.
        lines=sorted(lines, key=lambda line: not line.is_own),
    )


def places_of(person: Any, units: Sequence[Any], areas: Mapping[int, set[int]]) -> set[int]:
    """Return the places of the map where somebody works or serves."""
    path = person.unit.path or ""
    near = [unit for unit in units if path.startswith(str(unit.path))]
    home = {max(near, key=lambda unit: len(unit.path)).pk} if near else set()
    return home | (areas.get(person.pk, set()) & {unit.pk for unit in units})


def cells_of(unit: Any, found: Sequence[Proposed]) -> list[Cell]:
    """Return the cells of one place."""
    return [
        cell_of(unit, kind, [each for each in found if kind_of(each) == kind]) for kind in COLUMNS
    ]


def kind_of(each: Proposed) -> str:
    """Return the kind of people to which somebody belongs."""
    return str(role_of(each.person).kind)


def cell_of(unit: Any, kind: str, found: Sequence[Proposed]) -> Cell:
    """Return one cell: its people in the order of their fitness."""
    fit = sum(each.judged.is_fit for each in found)
    words = _("%(fit)s of %(count)s could take it") if found else _("Nobody")
    return Cell(
        anchor=f"takers-{unit.pk}-{COLUMNS.index(kind)}",
        column=str(ROLES[kind].name),
        tone=TONES[ground_of([each.judged for each in found])],
        fit=fit,
        words=words % {"fit": fit, "count": len(found)},
        takers=takers_in_words(found),
    )
