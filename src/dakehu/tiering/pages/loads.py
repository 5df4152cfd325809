"""The load of a simulation as a table to take away: units and all managers, before and after."""

from collections.abc import Iterator
from dataclasses import dataclass
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from dakehu.tiering.pages.simulations import LoadRow, Outcome, load_names

if TYPE_CHECKING:
    from dakehu.people.models import Staff
    from dakehu.tiering.models import Simulation


@dataclass(frozen=True)
class LoadBook:
    """Headings, as the writer of workbooks reads them, and lines."""

    columns: tuple[Any, ...]
    lines: tuple[tuple[Any, ...], ...]


def load_book(actor: "Staff", simulation: "Simulation", *, basis: str) -> LoadBook:
    """Gather the load of a simulation within the actor's reach (T20)."""
    outcome = Outcome(actor, simulation, basis)
    figures = [outcome.level(rank) for rank in outcome.ranks]
    figures += [str(load_names()[kind]) for kind in outcome.kinds]
    headings = [_("Unit or manager"), pgettext("a unit or manager", "Name"), _("Would move")]
    for name in figures:
        headings += [_("%(name)s before") % {"name": name}, _("%(name)s after") % {"name": name}]
    lines = [
        (kind, row.name, row.moved, *values_of(row))
        for kind, rows in (
            (_("Unit"), outcome.unit_rows()),
            (_("Manager"), outcome.manager_rows()),
        )
        for row in rows
    ]
    return LoadBook(tuple(map(column, headings)), tuple(lines))


def values_of(row: LoadRow) -> Iterator[int | None]:
    """Yield every figure of a line, before and after."""
    for change in (*row.levels, *row.loads):
        yield change.before
        yield change.after


def column(heading: str) -> Any:
    """Return a column of a workbook that has a heading alone."""
    return SimpleNamespace(header=heading, column=SimpleNamespace(excel_format="#,##0"))
