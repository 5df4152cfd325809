"""What the pages of the numbers show: the grid, the versions, the differences of two."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from dakehu.alerts import queries
from dakehu.alerts.choices import SET_TONES
from dakehu.alerts.pages.alerts import Badge
from dakehu.alerts.queries.numbers import NAMES, number_groups, unit_of
from dakehu.alerts.values import PROVINCE, SHIPPED, NumberBook, Place, WarningNumbers


@dataclass(frozen=True)
class Cell:
    """One number at one place: its value, and whether it differs from what it would be anyway."""

    value: int | None
    is_own: bool


@dataclass(frozen=True)
class GridRow:
    """One number: its words, its unit, its value as shipped, and its value at each place."""

    name: str
    words: str
    unit: str
    shipped: int
    cells: tuple[Any, ...]


@dataclass(frozen=True)
class GridGroup:
    """The numbers of one warning."""

    rule: str
    title: str
    rows: tuple[GridRow, ...]


@dataclass(frozen=True)
class Grid:
    """All numbers of a version, by warning; the first place is the province."""

    places: tuple[str, ...]
    groups: tuple[GridGroup, ...]


@dataclass(frozen=True)
class VersionLine:
    """One version in the list."""

    number: int
    state: Badge
    active_from: date | None
    reason: str
    people: str


@dataclass(frozen=True)
class Difference:
    """One number that two versions have otherwise, at one place."""

    rule: str
    words: str
    place: str
    before: int | None
    after: int | None


def grid_of(book: NumberBook) -> Grid:
    """Return the numbers of a version for reading."""
    places = [PROVINCE, *sorted(override.place for override in book.overrides)]
    own = {override.place: override.numbers for override in book.overrides}
    shipped = asdict(WarningNumbers())

    def cells(name: str) -> tuple[Cell, ...]:
        province = getattr(book.province, name)
        first = Cell(province, province != shipped[name])
        return (first, *(Cell(own[p].get(name), name in own[p]) for p in places[1:]))

    return _grid(places, cells)


def grid_of_form(form: Any) -> Grid:
    """Return the numbers of a version as fields."""

    def cells(name: str) -> tuple[Any, ...]:
        return tuple(form[place.field(name)] for place in form.places)

    return _grid(form.places, cells)


def _grid(places: Sequence[Place], cells: Any) -> Grid:
    shipped = asdict(WarningNumbers())
    return Grid(
        places=tuple(queries.place_words(place) for place in places),
        groups=tuple(
            GridGroup(
                group.rule,
                group.title,
                tuple(
                    GridRow(name, str(NAMES[name]), unit_of(name), shipped[name], cells(name))
                    for name in group.names
                ),
            )
            for group in number_groups()
        ),
    )


def version_lines(*, on: date) -> list[VersionLine]:
    """Return all versions that have a row, the latest first."""
    return [version_line(kept, on=on) for kept in queries.sets_known()]


def version_line(kept: Any, *, on: date) -> VersionLine:
    """Return one version as a line."""
    state = queries.state_of(kept, on=on)
    people = [kept.drafted_by, kept.proposed_by, kept.published_by]
    return VersionLine(
        number=kept.number,
        state=Badge(str(state.label), SET_TONES[state]),
        active_from=kept.active_from,
        reason=kept.reason,
        people=" → ".join(dict.fromkeys(str(person) for person in people if person)),
    )


def version_numbers() -> list[int]:
    """Return the numbers of all versions, the latest first, those shipped last."""
    return [*(kept.number for kept in queries.sets_known()), SHIPPED]


def differences(before: NumberBook, after: NumberBook) -> list[Difference]:
    """Return what two versions have otherwise: the numbers of the province, and of each place."""
    found = []
    places = {each.place for book in (before, after) for each in book.overrides}
    for group in number_groups():
        for name in group.names:
            for place in (PROVINCE, *sorted(places)):
                old, new = _own(before, place, name), _own(after, place, name)
                if old != new:
                    words = str(NAMES[name])
                    where = queries.place_words(place)
                    found.append(Difference(group.rule, words, where, old, new))
    return found


def _own(book: NumberBook, place: Place, name: str) -> int | None:
    if place == PROVINCE:
        return int(getattr(book.province, name))
    return next((e.numbers.get(name) for e in book.overrides if e.place == place), None)
