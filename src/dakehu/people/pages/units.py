"""What the pages of units show (M2, M10)."""

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dakehu.people import policies, queries
from dakehu.people.choices import DutyPart, ServiceCode
from dakehu.ui import panels

if TYPE_CHECKING:
    from dakehu.people.models import Staff, Unit

KIND_TONES = {
    "HEADQUARTERS": "accent",
    "PROVINCE": "accent",
    "CITY": "info",
    "DISTRICT": "neutral",
    "TEAM": "neutral",
}


@dataclass(frozen=True)
class UnitLine:
    """One unit of the tree: how deep it stands, and how many people belong to it and below."""

    unit: "Unit"
    depth: int
    tone: str
    staff: int
    staff_within: int


@dataclass(frozen=True)
class UnitTree:
    """The tree as an actor sees it, and the units that were removed from it."""

    lines: tuple[UnitLine, ...]
    removed: tuple[Any, ...]
    may_manage: bool


@dataclass(frozen=True)
class UnitPage:
    """
    The head of a unit's page and its panels, which fetch their own content.

    ``line`` names the units above, each with whether the actor may open it.
    """

    unit: Any
    tone: str
    line: tuple[tuple[Any, bool], ...]
    may_open_leader: bool
    staff: int
    staff_within: int
    may_manage: bool
    may_move: bool
    main_panels: tuple[panels.Panel, ...]
    side_panels: tuple[panels.Panel, ...]


@dataclass(frozen=True)
class Children:
    """The units directly below another one, and the way to add one."""

    unit: Any
    lines: tuple[UnitLine, ...]
    may_manage: bool


@dataclass(frozen=True)
class DutyLine:
    """One service: which units lead it and which support it."""

    code: str
    name: str
    leading: tuple[Any, ...]
    supporting: tuple[Any, ...]


@dataclass(frozen=True)
class UnitDuties:
    """The services in which a unit has a part."""

    unit: Any
    leading: tuple[Any, ...]
    supporting: tuple[Any, ...]
    may_manage: bool


def unit_tree(actor: "Staff") -> UnitTree:
    """Return the units that concern the actor, each under the one it belongs to (M2)."""
    units = list(queries.units_within(actor).select_related("leader"))
    removed = tuple(queries.removed_units(actor).select_related("parent"))
    return UnitTree(tree_lines(units), removed, policies.may(actor, "people.manage"))


def tree_lines(units: list["Unit"]) -> tuple[UnitLine, ...]:
    """Return units as lines of a tree, the topmost of them without indent."""
    own = queries.staff_by_unit()
    within = staff_within(own)
    top = min((depth_of(unit) for unit in units), default=0)
    return tuple(
        UnitLine(
            unit=unit,
            depth=depth_of(unit) - top,
            tone=KIND_TONES[unit.kind],
            staff=own.get(unit.pk, 0),
            staff_within=within.get(unit.pk, 0),
        )
        for unit in in_tree(units)
    )


def staff_within(own: dict[int, int]) -> dict[int, int]:
    """Return how many active people belong to each unit or one below it."""
    paths = queries.unit_paths()
    within: dict[int, int] = defaultdict(int)
    for unit, count in own.items():
        for above in paths.get(unit, (unit,)):
            within[above] += count
    return within


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


def unit_page(actor: "Staff", unit: "Unit") -> UnitPage:
    """Gather the page of a unit that concerns the actor."""
    own = queries.staff_by_unit()
    shown = panels.panels_for("unit", actor)
    may_manage = policies.may(actor, "people.manage") and not unit.removed_at
    within = set(queries.units_within(actor).values_list("pk", flat=True))
    return UnitPage(
        unit=unit,
        tone=KIND_TONES[unit.kind],
        line=tuple((above, above.pk in within) for above in queries.line_of(unit)[:-1]),
        may_open_leader=bool(unit.leader and unit.leader.unit_id in within),
        staff=own.get(unit.pk, 0),
        staff_within=staff_within(own).get(unit.pk, 0),
        may_manage=may_manage,
        may_move=may_manage and unit.parent_id is not None,
        main_panels=tuple(panel for panel in shown if panel.wide),
        side_panels=tuple(panel for panel in shown if not panel.wide),
    )


def children_of(actor: "Staff", unit: "Unit") -> Children:
    """Gather the units directly below a unit (M2)."""
    below = list(queries.units_within(actor).filter(parent=unit).select_related("leader"))
    return Children(unit, tree_lines(below), policies.may(actor, "people.manage"))


def unit_duties(actor: "Staff", unit: "Unit") -> UnitDuties:
    """Gather the part that a unit takes in services (M10)."""
    duties = list(in_order(queries.duties_of(unit).values()))
    return UnitDuties(
        unit=unit,
        leading=tuple(duty for duty in duties if duty.part == DutyPart.LEAD),
        supporting=tuple(duty for duty in duties if duty.part == DutyPart.SUPPORT),
        may_manage=policies.may(actor, "people.manage") and not unit.removed_at,
    )


def duty_lines(actor: "Staff") -> list[DutyLine]:
    """Gather for every service which units of the actor's reach lead and support it (M10)."""
    found: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for duty in queries.duties_within(actor):
        found[duty.service, duty.part].append(duty.unit)
    return [
        DutyLine(
            code=code,
            name=str(name),
            leading=tuple(found[code, DutyPart.LEAD]),
            supporting=tuple(found[code, DutyPart.SUPPORT]),
        )
        for code, name in ServiceCode.choices
    ]


def in_order(duties: Any) -> list[Any]:
    """Return duties in the order of the services' catalogue."""
    order = list(ServiceCode.values)
    return sorted(duties, key=lambda duty: order.index(duty.service))
