"""What the pages of units show."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dakehu.people import queries

if TYPE_CHECKING:
    from dakehu.people.models import Staff, Unit


@dataclass(frozen=True)
class UnitLine:
    """One unit of the tree: how deep it stands, and how many people belong to it."""

    unit: "Unit"
    depth: int
    staff: int


def unit_tree(actor: "Staff") -> list[UnitLine]:
    """Return the units that concern the actor, each under the one it belongs to (M2)."""
    units = list(queries.units_within(actor))
    staff = queries.staff_by_unit()
    top = min((depth_of(unit) for unit in units), default=0)
    return [UnitLine(unit, depth_of(unit) - top, staff.get(unit.pk, 0)) for unit in in_tree(units)]


def depth_of(unit: "Unit") -> int:
    """Return how many units stand above a unit."""
    return (unit.path or "/").count("/") - 1


def in_tree(units: list["Unit"]) -> list["Unit"]:
    """Return units so that each follows its parent, siblings in the order of their codes."""
    codes = {unit.pk: unit.code for unit in units}

    def place(unit: "Unit") -> list[str]:
        above = (unit.path or "").strip("/").split("/")
        return [codes[int(number)] for number in above if number and int(number) in codes]

    return sorted(units, key=place)
