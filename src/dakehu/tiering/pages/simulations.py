"""What the page of a simulation shows: moves, their flow, and the load they make (T19, T20)."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from dakehu.people.queries import units_within
from dakehu.tiering.choices import BUSY, SIMULATION_TONES, Basis, SimulationState
from dakehu.tiering.queries import simulations as queries
from dakehu.tiering.queries.moving import level_word
from dakehu.tiering.queries.schemes import level_names
from dakehu.tiering.queries.tried import version_words, what_was_tried
from dakehu.tiering.queries.wording import name_of
from dakehu.tiering.rules.loads import Load, kinds_known, load_of, to_confirm
from dakehu.tiering.rules.simulation import Moves, Pair
from dakehu.ui import charts

if TYPE_CHECKING:
    from dakehu.people.models import Staff
    from dakehu.tiering.models import Simulation

PERCENT = 100
STEPS = 4
MUCH = 20
"""From so many per cent of movers on, the page warns."""
MANAGERS_SHOWN = 50


@dataclass(frozen=True)
class Tab:
    """With what the levels are compared, and whether it is chosen."""

    label: str
    url: str
    is_current: bool


@dataclass(frozen=True)
class Cell:
    """How many go from one level to another; movers lead to their list."""

    count: int
    url: str
    tone: str


@dataclass(frozen=True)
class Row:
    """One level before, and where its customers go."""

    level: str
    cells: tuple[Cell, ...]
    total: int


@dataclass(frozen=True)
class Change:
    """A figure before and after."""

    before: int | None
    after: int | None

    @property
    def difference(self) -> int:
        """How much more there is after."""
        return (self.after or 0) - (self.before or 0)


@dataclass(frozen=True)
class LoadRow:
    """One unit or manager: customers by level and what they ask for, before and after."""

    name: str
    depth: int
    moved: int
    url: str
    levels: tuple[Change, ...]
    loads: tuple[Change, ...]

    @property
    def weight(self) -> int:
        """How much the load changes, for the order of managers."""
        return sum(abs(each.difference) for each in self.loads) or self.moved


@dataclass(frozen=True)
class SimulationPage:
    """One simulation as it stands."""

    simulation: "Simulation"
    scheme: str
    tried: str
    base: str
    tone: str
    percent: int
    tabs: tuple[Tab, ...] = ()
    levels: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    customers: int = 0
    moved: int = 0
    up: int = 0
    down: int = 0
    urls: Mapping[str, str] | None = None
    flow: Any = None
    units: tuple[LoadRow, ...] = ()
    managers: tuple[LoadRow, ...] = ()
    more_managers: int = 0
    load_names: tuple[str, ...] = ()
    unconfirmed: tuple[str, ...] = ()
    basis: str = ""

    @property
    def is_busy(self) -> bool:
        """Whether background work is on its way with it."""
        return self.simulation.state in BUSY

    @property
    def share(self) -> float:
        """How many of a hundred customers move."""
        return round(self.moved * PERCENT / self.customers, 2) if self.customers else 0

    @property
    def is_much(self) -> bool:
        """Whether so many move that one should ask again."""
        return self.share > MUCH


def simulation_page(actor: "Staff", simulation: "Simulation", *, basis: str) -> SimulationPage:
    """Gather what a simulation gave, as far as the actor sees the customers."""
    base = simulation.base
    page: dict[str, Any] = {
        "simulation": simulation,
        "scheme": name_of(simulation.scheme),
        "tried": what_was_tried(simulation),
        "base": version_words(base) if base else "",
        "tone": SIMULATION_TONES[SimulationState(simulation.state)],
        "percent": simulation.done * PERCENT // STEPS,
    }
    if simulation.state == SimulationState.DONE:
        page |= Outcome(actor, simulation, basis).told()
    return SimulationPage(**page)


class Outcome:
    """What a simulation gave within somebody's reach, compared with one basis."""

    def __init__(self, actor: "Staff", simulation: "Simulation", basis: str) -> None:
        self.actor, self.simulation = actor, simulation
        self.basis = basis if basis in Basis.values else self.usual_basis()
        self.levels = level_names(simulation.scheme)
        self.moved = queries.move_counts(actor, simulation, self.basis)
        self.held = queries.held_in(actor, simulation, self.basis)
        ranks = {*self.levels, *(each for pair in self.moved for each in pair)}
        self.kinds = kinds_known(simulation.scheme.code)
        self.ranks = sorted((rank for rank in ranks if rank is not None), reverse=True)

    def level(self, rank: int) -> str:
        """Return the name of a level."""
        return level_word(self.levels, rank)

    def usual_basis(self) -> str:
        """Compare with the rules in force where there are any."""
        return str(Basis.PRESENT if self.simulation.base_body is None else Basis.RULES)

    def url(self, **narrowed: Any) -> str:
        """Return the list of movers, narrowed."""
        query = {"simulation": self.simulation.pk, "basis": self.basis, **narrowed}
        return f"{reverse('tiering:mover_list')}?{urlencode(query)}"

    def told(self) -> dict[str, Any]:
        """Return what the page shows."""
        moves = Moves(self.moved)
        stay = self.staying()
        managers = self.manager_rows()
        return {
            "tabs": self.tabs(),
            "levels": tuple(self.level(rank) for rank in self.ranks),
            "rows": self.matrix(stay),
            "customers": sum(stay.values()) + sum(self.moved.values()),
            "moved": sum(self.moved.values()),
            "up": moves.up,
            "down": moves.down,
            "urls": {
                "moved": self.url(),
                "up": self.url(way="up"),
                "down": self.url(way="down"),
            },
            "flow": self.flow() if self.moved else None,
            "units": self.unit_rows(),
            "managers": managers[:MANAGERS_SHOWN],
            "more_managers": max(0, len(managers) - MANAGERS_SHOWN),
            "load_names": tuple(str(load_names()[kind]) for kind in self.kinds),
            "unconfirmed": self.unconfirmed(),
            "basis": self.basis,
        }

    def tabs(self) -> tuple[Tab, ...]:
        """Return with what can be compared."""
        levels = self.simulation.levels
        usable = [each for each in Basis if levels.get(queries.FIELDS[each])]
        return tuple(
            Tab(str(each.label), f"?basis={each.value}", each.value == self.basis)
            for each in usable
        )

    def staying(self) -> Counter[int]:
        """Return how many stay at each level; a first level stays too."""
        found: Counter[int] = Counter()
        for _unit, _manager, was, now, count in self.held:
            if was is None or was == now:
                found[now] += count
        return found

    def matrix(self, stay: Mapping[int, int]) -> tuple[Row, ...]:
        """Return the moves as a table, the best level first."""
        rows = []
        for was in self.ranks:
            cells = tuple(self.cell(was, now, stay) for now in self.ranks)
            total = sum(cell.count for cell in cells)
            rows.append(Row(self.level(was), cells, total))
        return tuple(rows)

    def cell(self, was: int, now: int, stay: Mapping[int, int]) -> Cell:
        """Return one cell of the table."""
        if was == now:
            return Cell(stay.get(now, 0), "", "stay")
        count = self.moved.get((was, now), 0)
        url = self.url(was=was, becomes=now) if count else ""
        return Cell(count, url, "up" if now > was else "down")

    def flow(self) -> charts.Option:
        """Return the moves as a flow chart, whose bands lead to the lists."""
        pairs = sorted(self.moved, key=lambda pair: (-(pair[0] or 0), -pair[1]))
        links = [
            charts.Link(
                self.level(was),
                self.level(now),
                self.moved[was, now],
                self.url(was=was, becomes=now),
            )
            for was, now in pairs
        ]
        order = [self.level(rank) for rank in self.ranks]
        return charts.sankey(links, order=order)

    def unit_rows(self) -> tuple[LoadRow, ...]:
        """Return the units that concern the actor, each with all below it."""
        units = list(units_within(self.actor))
        known = {unit.pk for unit in units}
        above = {unit.pk: [pk for pk in path_of(unit) if pk in known] for unit in units}
        pairs = self.summed((above.get(unit, ()), pair, n) for unit, _m, *pair, n in self.held)
        moved: Counter[int] = Counter()
        for unit, _manager, count in self.moved_by():
            for pk in above.get(unit, ()):
                moved[pk] += count
        least = min((len(path_of(unit)) for unit in units), default=0)
        return tuple(
            self.load_row(
                str(unit),
                pairs[unit.pk],
                moved[unit.pk],
                self.url(unit=unit.pk),
                depth=len(path_of(unit)) - least,
            )
            for unit in units
            if pairs.get(unit.pk)
        )

    def manager_rows(self) -> tuple[LoadRow, ...]:
        """Return the managers whose customers move, the greatest change first."""
        moved: Counter[int | None] = Counter()
        for _unit, manager, count in self.moved_by():
            moved[manager] += count
        pairs = self.summed(([manager], pair, n) for _u, manager, *pair, n in self.held)
        seen = queries.managers_seen(self.actor, moved)
        rows = [
            self.load_row(
                seen.get(manager, _("Somebody out of reach")) if manager else _("Nobody"),
                pairs.get(manager, Counter()),
                count,
                self.url(manager=manager or "none") if not manager or manager in seen else "",
            )
            for manager, count in moved.items()
        ]
        return tuple(sorted(rows, key=lambda row: (-row.weight, row.name)))

    def moved_by(self) -> list[tuple[int, int | None, int]]:
        """Return how many move by unit and manager; asked once."""
        if not hasattr(self, "_moved_by"):
            self._moved_by = queries.moved_by(self.actor, self.simulation, self.basis)
        return self._moved_by

    @staticmethod
    def summed(
        parts: Iterable[tuple[Sequence[Any], list[Any], int]],
    ) -> dict[Any, Counter[Pair]]:
        """Add counted pairs of ranks up for each of several keys."""
        found: dict[Any, Counter[Pair]] = defaultdict(Counter)
        for keys, pair, count in parts:
            for key in keys:
                found[key][pair[0], pair[1]] += count
        return found

    def load_row(
        self, name: str, pairs: Counter[Pair], moved: int, url: str, *, depth: int = 0
    ) -> LoadRow:
        """Return one line of the load: customers by level and what they ask for."""
        moves = Moves(pairs)
        before, after = moves.before(), moves.after()
        code = self.simulation.scheme.code
        loads = load_of(code, before), load_of(code, after)
        return LoadRow(
            name=name,
            depth=depth,
            moved=moved,
            url=url if moved else "",
            levels=tuple(Change(before[r], after[r]) for r in self.ranks),
            loads=tuple(change_of(kind, *loads) for kind in self.kinds),
        )

    def unconfirmed(self) -> tuple[str, ...]:
        """Return what no source gives a standard for, in words."""
        names = load_names()
        return tuple(
            _("%(kind)s: %(levels)s")
            % {
                "kind": names[kind],
                "levels": _(", ").join(self.level(rank) for rank in ranks),
            }
            for kind, ranks in to_confirm(self.simulation.scheme.code, self.ranks).items()
            if kind in self.kinds
        )


def change_of(kind: str, before: Load, after: Load) -> Change:
    """Return one kind of load before and after."""
    return Change(getattr(before, kind), getattr(after, kind))


def path_of(unit: Any) -> list[int]:
    """Return the numbers of a unit and of all units above it, from the top."""
    return [int(number) for number in (unit.path or "").split("/") if number]


def load_names() -> dict[str, str]:
    """Return what the kinds of load are called."""
    return {
        "visits": _("Visits a year"),
        "reports": _("Reports a year"),
        "representatives": _("Chief representatives"),
        "personal": _("Personalised services"),
    }
