"""One change of ownership: what it is about, what hangs on it, and what can be done with it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from dakehu.customers.choices import CardLevel, CustomerKind
from dakehu.ownership import queries, rules
from dakehu.ownership.choices import (
    KIND_TONES,
    MOVE_TONES,
    STANDING_TONES,
    MoveKind,
    MoveState,
    Skip,
    Standing,
)
from dakehu.people.policies import may
from dakehu.ui.dependants import dependants

SHOWN = 8
UNDOABLE = frozenset({MoveKind.ASSIGN, MoveKind.SWAP, MoveKind.RECALL, MoveKind.COVER})


@dataclass(frozen=True)
class Bar:
    """A name, a number, and its share of the largest in per cent."""

    words: str
    count: int
    percent: int


@dataclass(frozen=True)
class Hanging:
    """What hangs on the customers: what, how many, and what becomes of it."""

    title: str
    icon: str
    count: int
    rule: str


@dataclass(frozen=True)
class Shifted:
    """What one person carries before and after a change."""

    name: str
    came: int
    gone: int
    before: int
    after: int
    capacity: int
    percent: int
    width: int
    tone: str
    standing: str


@dataclass(frozen=True)
class LeftOut:
    """Why customers were left out, and how many."""

    words: str
    count: int


@dataclass(frozen=True)
class MovePage:
    """Everything the page of one change shows."""

    move: Any
    title: str
    tone: str
    state_tone: str
    total: int
    levels: tuple[Bar, ...]
    units: tuple[Bar, ...]
    before: tuple[Bar, ...]
    after: tuple[Bar, ...]
    more_units: int
    hanging: tuple[Hanging, ...]
    shifts: tuple[Shifted, ...]
    more_shifts: int
    left_out: tuple[LeftOut, ...]
    pending: int
    receipts: tuple[Any, ...]
    lines_url: str
    is_working: bool
    may_decide: bool
    may_cancel: bool
    may_undo: bool

    @property
    def is_draft(self) -> bool:
        """Whether nothing is decided yet."""
        return bool(self.move.state == MoveState.DRAFT)

    @property
    def is_cover(self) -> bool:
        """Whether the customers come back by themselves."""
        return bool(self.move.kind == MoveKind.COVER)


def move_page(actor: Any, move: Any, *, on: date) -> MovePage:
    """Gather the page of a change that concerns the actor."""
    found = queries.breakdown_of(move)
    is_open = move.state in {MoveState.DRAFT, MoveState.PLANNED}
    shifts = shifted(actor, move, on=on) if is_open else []
    is_allowed = may(actor, "ownership.recall" if is_recall(move) else "ownership.move")
    is_working = move.state == MoveState.PLANNED and move.effective_on <= on
    return MovePage(
        move=move,
        title=str(MoveKind(move.kind).label),
        tone=KIND_TONES[move.kind],
        state_tone=MOVE_TONES[move.state],
        total=found.total,
        levels=level_bars(found),
        units=bars(found.units),
        before=bars(found.before),
        after=bars(found.after),
        more_units=max(0, len(found.units) - SHOWN),
        hanging=hanging_on(move) if is_open else (),
        shifts=tuple(shifts[:SHOWN]),
        more_shifts=max(0, len(shifts) - SHOWN),
        left_out=tuple(
            LeftOut(str(Skip(why).label), count) for why, count in sorted(found.skipped.items())
        ),
        pending=queries.pending_moves_of(move) if is_open else 0,
        receipts=tuple(queries.receipts_on(actor, move)),
        lines_url=f"{reverse('ownership:lines')}?move={move.pk}",
        is_working=is_working,
        may_decide=is_allowed and move.state == MoveState.DRAFT,
        may_cancel=is_allowed and move.state == MoveState.PLANNED and not is_working,
        may_undo=is_allowed and move.state == MoveState.DONE and move.kind in UNDOABLE,
    )


def is_recall(move: Any) -> bool:
    """Tell whether a change puts customers into the pool."""
    return bool(move.kind == MoveKind.RECALL)


def level_bars(found: queries.Breakdown) -> tuple[Bar, ...]:
    """Return the customers by card level, the best first, then groups and the rest."""
    ranked = sorted(found.levels.items(), reverse=True)
    counts = [(str(CardLevel(rank).label), count) for rank, count in ranked]
    rest = found.kinds.copy()
    individuals = str(CustomerKind.INDIVIDUAL.label)
    rest[individuals] = rest.get(individuals, 0) - sum(found.levels.values())
    for words, count in rest.items():
        if count > 0:
            name = _("Individuals without a level") if words == individuals else words
            counts.append((name, count))
    return bars(tuple(counts))


def bars(counts: tuple[tuple[str, int], ...]) -> tuple[Bar, ...]:
    """Return the first counts as bars; nobody is the pool."""
    most = max((count for _name, count in counts), default=1)
    return tuple(
        Bar(name or _("Pool of the unit"), count, 100 * count // most)
        for name, count in counts[:SHOWN]
    )


def hanging_on(move: Any) -> tuple[Hanging, ...]:
    """Return what hangs on the customers of a change, told by the floors above."""
    customers = queries.customers_of(move)
    return tuple(
        Hanging(str(each.title), each.icon, each.count(customers), str(each.rule))
        for each in dependants()
    )


def shifted(actor: Any, move: Any, *, on: date) -> list[Shifted]:
    """Return what everybody concerned carries before and after, the largest change first."""
    numbers = queries.numbers_in_force(on=on)
    shifts = queries.shifts_of(move, numbers)
    people = queries.people_numbered(actor, [shift.staff_id for shift in shifts])
    loads = queries.loads_of(actor, people.values(), on=on)
    lines = []
    for shift in shifts:
        load = loads.get(shift.staff_id)
        if load is None:
            continue
        after = max(0, load.load + shift.weight)
        standing = rules.standing_for(after, load.capacity, numbers)
        percent = 100 * after // load.capacity if load.capacity else 100
        lines.append(
            Shifted(
                name=people[shift.staff_id].name,
                came=shift.came,
                gone=shift.gone,
                before=load.load,
                after=after,
                capacity=load.capacity,
                percent=percent,
                width=min(percent, 100),
                tone=STANDING_TONES[standing],
                standing=str(Standing(standing).label),
            )
        )
    return lines
