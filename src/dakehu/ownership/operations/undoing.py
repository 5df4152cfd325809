"""
Undoing changes of ownership, and the end of a leave cover, which is the same (M3).

Only what nobody moved since goes back; the rest stays where it is, and the answer says so.
"""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dakehu.ownership.choices import LineState, MoveKind, MoveState, Skip
from dakehu.ownership.errors import UnableToDecide
from dakehu.ownership.models import Move, MoveLine
from dakehu.ownership.operations.carrying import carry_out, claim_move, close_lines
from dakehu.ownership.operations.deciding import require_may_move, set_state
from dakehu.ownership.operations.drafting import BATCH

if TYPE_CHECKING:
    from dakehu.people.models import Staff

UNDOABLE = frozenset({MoveKind.ASSIGN, MoveKind.SWAP, MoveKind.RECALL, MoveKind.COVER})


@transaction.atomic
def undo_move(*, move: Move, by: "Staff", at: datetime, reason: str) -> Move:
    """
    Give the customers of a change back, as far as nobody moved them since; also ends a cover.

    The answer is a move of its own, whose lines say what was given back and what was left.

    :raises PermissionDenied: if ``by`` may not make such a change.
    :raises UnableToDecide: if it was not carried out, or was undone already.
    """
    require_may_move(move, by=by)
    return undone(move.pk, by=by, at=at, reason=reason)


@transaction.atomic
def undone(
    move_id: int, *, by: "Staff", at: datetime, reason: str, is_night: bool = False
) -> Move:
    """Carry out the opposite of a move; the caller has checked who asks.

    :raises UnableToDecide: if it was not carried out, or was undone already.
    """
    move = claim_move(move_id, MoveState.DONE)
    if move.kind not in UNDOABLE:
        raise UnableToDecide(_("A claim and an undo cannot be undone; assign the customers."))
    back = opened_undo(move, by=by, at=at, reason=reason)
    moved = MoveLine.objects.filter(move=move, state=LineState.DONE)
    rows = moved.annotate(is_moved=Exists(moved_since())).order_by("pk")
    MoveLine.objects.bulk_create(
        (
            MoveLine(
                move=back,
                customer_id=line.customer_id,
                from_staff_id=line.to_staff_id,
                to_staff_id=line.from_staff_id,
                state=LineState.SKIPPED if line.is_moved else LineState.PLANNED,
                why=Skip.MOVED if line.is_moved else "",
            )
            for line in rows.iterator(chunk_size=BATCH)
        ),
        batch_size=BATCH,
    )
    carried = carry_out(move_id=back.pk, at=at, is_night=is_night)
    returned = MoveLine.objects.filter(move=back, state=LineState.DONE).values("customer")
    close_lines(moved.filter(customer__in=returned), state=LineState.UNDONE)
    set_state(move, MoveState.UNDONE, by=by, at=at)
    return carried


def opened_undo(move: Move, *, by: "Staff", at: datetime, reason: str) -> Move:
    """Store the head of the move that undoes another.

    :raises UnableToDecide: if another one does already.
    """
    try:
        with transaction.atomic():
            back: Move = Move.objects.create(
                kind=MoveKind.UNDO,
                state=MoveState.PLANNED,
                effective_on=localdate(at),
                reason=reason[:200],
                from_staff_id=move.to_staff_id,
                to_staff_id=move.from_staff_id,
                undoes=move,
                customers=move.customers,
                by=by,
                at=at,
            )
    except IntegrityError as error:
        raise UnableToDecide from error
    return back


def moved_since() -> "QuerySet[MoveLine]":
    """
    Return the lines that moved a line's customer after it; asked of each line as a subquery.

    What was undone counts as if it had never been, and so does its undoing.
    """
    after = Q(move__done_at__gt=OuterRef("move__done_at")) | Q(
        move__done_at=OuterRef("move__done_at"), pk__gt=OuterRef("pk")
    )
    found = MoveLine.objects.filter(after, customer=OuterRef("customer"), state=LineState.DONE)
    return found.exclude(move__kind=MoveKind.UNDO)
