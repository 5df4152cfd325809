"""
Carrying changes of ownership out: at once, in the background, or by the night (M3).

1. The move is held, so nobody else carries it out, cancels or undoes it meanwhile.
2. Its customers are held, in the order of their numbers; what is no longer with whom the move saw
   it is left out, with the reason. So of two changes of one customer one wins whole, and the
   other says which it could not move.
3. The others change hands, each with its entry in the log; every person gets one digest.
4. After commit the floors above hear of it, and to-dos and alerts follow. The move is marked when
   they have; if that was cut short, the next night tells them again.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import QuerySet

from dakehu.common import events
from dakehu.common.batches import batched
from dakehu.customers.operations import hold_owners, set_managers
from dakehu.ownership.choices import LineState, MoveKind, MoveState, Skip
from dakehu.ownership.errors import UnableToDecide
from dakehu.ownership.events import CustomersMoved
from dakehu.ownership.models import Move, MoveLine, Receipt
from dakehu.ownership.policies import OWNING
from dakehu.ownership.values import Passage
from dakehu.people.policies import may

if TYPE_CHECKING:
    from dakehu.people.models import Staff

BATCH = 2_000
People = dict[int, "Staff"]
"""Staff by number."""


def claim_move(pk: int, state: MoveState) -> Move:
    """Return a move, held against others until the transaction ends.

    :raises UnableToDecide: if it is gone or in another state.
    """
    held: Move | None = Move.objects.select_for_update().filter(pk=pk, state=state).first()
    if held is None:
        raise UnableToDecide
    return held


@transaction.atomic
def carry_out(*, move_id: int, at: datetime, is_night: bool) -> Move:
    """
    Let the customers of a planned move change hands; return the move, done.

    :raises UnableToDecide: if it does not wait any more.
    """
    move = claim_move(move_id, MoveState.PLANNED)
    lines = list(
        MoveLine.objects.filter(move=move, state=LineState.PLANNED).order_by("customer_id")
    )
    people = parties(lines, like=move.by)
    holders = hold_owners(line.customer_id for line in lines)
    moving: dict[int | None, list[MoveLine]] = defaultdict(list)
    skipped: dict[Skip, list[int]] = defaultdict(list)
    for line in lines:
        why = obstacle(line, move, holders=holders, people=people)
        if why is None:
            moving[line.to_staff_id].append(line)
        else:
            skipped[why].append(line.pk)
    for to_id, given in sorted(moving.items(), key=lambda each: each[0] or 0):
        set_managers(
            (line.customer_id for line in given),
            manager=people[to_id] if to_id else None,
            by=move.by,
            at=at,
            reason=move.reason,
        )
    for why, keys in skipped.items():
        close_numbered(keys, state=LineState.SKIPPED, why=why)
    done = [line for given in moving.values() for line in given]
    close_numbered([line.pk for line in done], state=LineState.DONE)
    finish(move, done, at=at)
    hand_out_digests(move, done, people)
    transaction.on_commit(partial(tell, move, at=at, is_night=is_night))
    return move


def parties(lines: Iterable[MoveLine], *, like: "Staff") -> People:
    """Return everybody whom lines name, by number."""
    numbers = {pk for line in lines for pk in (line.from_staff_id, line.to_staff_id) if pk}
    found = type(like).objects.select_related("unit").filter(pk__in=numbers)
    return {person.pk: person for person in found}


def obstacle(
    line: MoveLine, move: Move, *, holders: dict[int, int | None], people: People
) -> Skip | None:
    """Return why a customer cannot pass as the move says; nothing if it can."""
    if line.customer_id not in holders:
        return Skip.GONE
    if holders[line.customer_id] != line.from_staff_id:
        return Skip.MOVED
    if line.to_staff_id is None:
        return None
    successor = people[line.to_staff_id]
    if successor.removed_at is None and may(successor, OWNING):
        return None
    return Skip.BACK if move.kind == MoveKind.UNDO else Skip.UNABLE


def finish(move: Move, done: list[MoveLine], *, at: datetime) -> None:
    """Write how a move ended."""
    move.state, move.done_at = MoveState.DONE, at
    move.customers = len(done)
    move.skipped = MoveLine.objects.filter(move=move, state=LineState.SKIPPED).count()
    move.save(update_fields=["state", "done_at", "customers", "skipped"])


def close_numbered(keys: Iterable[int], *, state: LineState, why: str = "") -> None:
    """Give many lines their end."""
    for batch in batched(keys, BATCH):
        close_lines(MoveLine.objects.filter(pk__in=batch), state=state, why=why)


def close_lines(lines: "QuerySet[MoveLine]", *, state: LineState, why: str = "") -> None:
    """Give the lines of a query their end."""
    lines.update(state=state, why=why)


def hand_out_digests(move: Move, done: list[MoveLine], people: People) -> None:
    """Ask everybody who gained or lost customers to look at it, once; not who did it."""
    came = Counter(line.to_staff_id for line in done if line.to_staff_id)
    gone = Counter(line.from_staff_id for line in done if line.from_staff_id)
    told = sorted((came | gone).keys() - {move.by_id})
    Receipt.objects.bulk_create(
        Receipt(move=move, staff_id=pk, customers=came[pk], gone=gone[pk])
        for pk in told
        if people[pk].is_active
    )


def tell(move: Move, *, at: datetime, is_night: bool) -> None:
    """Announce that customers changed hands, and note that everybody has followed."""
    rows = MoveLine.objects.filter(move=move, state=LineState.DONE).order_by("customer_id")
    # Told late, the customer may have gone further; whatever follows goes where the customer is.
    lines = rows.values_list("customer_id", "from_staff_id", "customer__manager_id")
    events.announce(
        CustomersMoved(
            move_id=move.pk,
            lines=tuple(Passage(*line) for line in lines),
            by=None if is_night else move.by,
            at=at,
        )
    )
    Move.objects.filter(pk=move.pk).update(followed_at=at)
