"""Moves for those whom they concern, and what a move is about (M3)."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q, QuerySet
from django.http import Http404

from dakehu.customers.choices import CustomerKind
from dakehu.customers.queries import customers_visible_to
from dakehu.ownership import rules
from dakehu.ownership.choices import LineState, MoveState
from dakehu.ownership.models import Move, MoveLine
from dakehu.ownership.policies import concerned
from dakehu.ownership.values import Homeless, OwnerNumbers
from dakehu.tiering.queries import levels_among, ranks_of

if TYPE_CHECKING:
    from dakehu.people.models import Staff

WITH_PEOPLE = ("by", "to_staff", "from_staff", "undoes")


@dataclass(frozen=True)
class Breakdown:
    """What a move is about: customers by card level, kind, unit, and owner before and after.

    Owners and units come as (name, count), the largest first; nobody is an empty name.
    """

    total: int
    levels: dict[int, int]
    kinds: dict[str, int]
    units: tuple[tuple[str, int], ...]
    before: tuple[tuple[str, int], ...]
    after: tuple[tuple[str, int], ...]
    skipped: dict[str, int]


def moves_visible_to(actor: "Staff") -> QuerySet[Move]:
    """Return the moves that concern the actor; of previews only the actor's own."""
    found = Move.objects.filter(concerned(actor))
    mine = Q(state=MoveState.DRAFT, by=actor) | ~Q(state=MoveState.DRAFT)
    return found.filter(mine).select_related(*WITH_PEOPLE)


def get_move(actor: "Staff", pk: int) -> Move:
    """
    Return one move.

    :raises Http404: if none with that number concerns the actor.
    """
    found = moves_visible_to(actor).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def lines_visible_to(actor: "Staff") -> QuerySet[MoveLine]:
    """Return the customers of moves that concern the actor, as far as the actor sees them."""
    moves = moves_visible_to(actor).order_by().values("pk")
    customers = customers_visible_to(actor).order_by().values("pk")
    found = MoveLine.objects.filter(move__in=moves, customer__in=customers)
    return found.select_related("customer__unit", "from_staff", "to_staff", "move")


def lines_of(actor: "Staff", move: Move) -> QuerySet[MoveLine]:
    """Return the customers of one move that the actor sees, in the order of their numbers."""
    customers = customers_visible_to(actor).order_by().values("pk")
    found = MoveLine.objects.filter(move=move, customer__in=customers)
    return found.select_related("customer__unit", "from_staff", "to_staff").order_by("pk")


def breakdown_of(move: Move) -> Breakdown:
    """Count the customers of a move; the move comes from a query for whoever asks."""
    lines = MoveLine.objects.filter(move=move).order_by()
    moving = lines.exclude(state=LineState.SKIPPED)
    return Breakdown(
        total=moving.count(),
        levels=levels_among(moving.values("customer")),
        kinds={
            str(CustomerKind(kind).label): count
            for kind, count in moving.values_list("customer__kind").annotate(c=Count("pk"))
        },
        units=_named(moving, "customer__unit__name"),
        before=_named(moving, "from_staff__name"),
        after=_named(moving, "to_staff__name"),
        skipped=dict(
            lines.filter(state=LineState.SKIPPED).values_list("why").annotate(c=Count("pk"))
        ),
    )


def _named(lines: QuerySet[MoveLine], path: str) -> tuple[tuple[str, int], ...]:
    counted = lines.values(path).annotate(count=Count("pk")).order_by("-count", path)
    return tuple((name or "", count) for name, count in counted.values_list(path, "count"))


def customers_of(move: Move) -> QuerySet[Any, Any]:
    """Return the numbers of the customers of a move, those left out aside."""
    lines = MoveLine.objects.filter(move=move).exclude(state=LineState.SKIPPED)
    return lines.order_by().values("customer")


def pending_moves_of(move: Move) -> int:
    """Return for how many customers of a move another one is planned."""
    lines = MoveLine.objects.filter(
        move__state=MoveState.PLANNED, state=LineState.PLANNED, customer__in=customers_of(move)
    )
    return lines.exclude(move=move).values("customer").distinct().count()


def due_moves(*, on: date) -> list[int]:
    """Return the planned moves that are to be carried out by a day, in the order they came."""
    found = Move.objects.filter(state=MoveState.PLANNED, effective_on__lte=on)
    return list(found.order_by("effective_on", "pk").values_list("pk", flat=True))


def ended_covers(*, on: date) -> list[int]:
    """Return the covers whose customers are to be back by a day."""
    found = Move.objects.filter(state=MoveState.DONE, ends_on__lte=on, undone_by_move=None)
    return list(found.order_by("ends_on", "pk").values_list("pk", flat=True))


def unfollowed_moves() -> list[int]:
    """Return the moves that to-dos and alerts have not followed yet: the telling was cut short."""
    found = Move.objects.filter(done_at__isnull=False, followed_at__isnull=True)
    return list(found.order_by("pk").values_list("pk", flat=True))


def move_waiting(pk: int) -> Move | None:
    """Return a move that waits to be carried out, with its maker; for a worker."""
    found = Move.objects.select_related("by__unit").filter(pk=pk, state=MoveState.PLANNED)
    return found.first()


@dataclass(frozen=True)
class Shift:
    """By how much a move changes what one person carries."""

    staff_id: int
    came: int
    gone: int
    weight: int


def shifts_of(move: Move, numbers: OwnerNumbers) -> list[Shift]:
    """Return whose load a move changes and by how much, the largest change first (M6)."""
    lines = MoveLine.objects.filter(move=move).exclude(state=LineState.SKIPPED).order_by()
    ranks = ranks_of(lines.values("customer"))
    came: Counter[int] = Counter()
    gone: Counter[int] = Counter()
    weights: Counter[int] = Counter()
    for pk, kind, before, after in lines.values_list(
        "customer", "customer__kind", "from_staff", "to_staff"
    ):
        weight = weight_of(kind, ranks.get(pk), numbers)
        if after:
            came[after] += 1
            weights[after] += weight
        if before:
            gone[before] += 1
            weights[before] -= weight
    people = sorted(came.keys() | gone.keys(), key=lambda pk: (-abs(weights[pk]), pk))
    return [Shift(pk, came[pk], gone[pk], weights[pk]) for pk in people]


def weight_of(kind: str, rank: int | None, numbers: OwnerNumbers) -> int:
    """Return what a customer of a kind and card level weighs."""
    customer = Homeless(
        pk=0,
        unit_id=0,
        city="",
        rank=rank,
        is_group=kind == CustomerKind.GROUP,
        is_prospect=kind == CustomerKind.PROSPECT,
    )
    return rules.load_of(customer, numbers)
