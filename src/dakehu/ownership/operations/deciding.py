"""Deciding and cancelling changes of ownership (M3)."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dakehu.audit.choices import ChangeVerb
from dakehu.audit.operations import record_change
from dakehu.ownership.choices import MoveKind, MoveState
from dakehu.ownership.errors import UnableToDecide, UnableToMove
from dakehu.ownership.models import Move, MoveLine
from dakehu.ownership.operations.carrying import carry_out, claim_move
from dakehu.ownership.operations.drafting import require_successor
from dakehu.people.policies import require

if TYPE_CHECKING:
    from dakehu.people.models import Staff


def permission_for(kind: str) -> str:
    """Return the permission that a kind of change asks for."""
    return "ownership.recall" if kind == MoveKind.RECALL else "ownership.move"


def require_may_move(move: Move, *, by: "Staff") -> None:
    """Pass in silence if ``by`` may make a change of this kind.

    :raises PermissionDenied: otherwise.
    """
    require(by, permission_for(move.kind))


@transaction.atomic
def decide_move(*, move: Move, by: "Staff", at: datetime, later: bool = False) -> Move:
    """
    Make a draft hold: carry it out if its day is here, else let it wait for the night before.

    With ``later`` it waits even so, for whoever carries it out in the background.

    :raises PermissionDenied: if ``by`` may not move, or not recall, customers.
    :raises UnableToDecide: if it is no draft of ``by`` any more.
    :raises UnableToMove: if a successor can no longer take customers, or the day is over.
    """
    require_may_move(move, by=by)
    held = claim_move(move.pk, MoveState.DRAFT)
    if held.by_id != by.pk:
        raise UnableToDecide
    if held.effective_on < localdate(at):
        raise UnableToMove(_("Name today or a later day."))
    for person in successors_of(held):
        require_successor(person, by=by, on=held.effective_on)
    held.state, held.at = MoveState.PLANNED, at
    held.save(update_fields=["state", "at"])
    record_change(
        verb=ChangeVerb.CREATED,
        subject=held,
        fields={"kind": ("", held.kind), "customers": (0, held.customers)},
        by=by,
        at=at,
        reason=held.reason,
    )
    if held.effective_on > localdate(at) or later:
        return held
    return carry_out(move_id=held.pk, at=at, is_night=False)


def successors_of(move: Move) -> list["Staff"]:
    """Return everybody to whom a move gives customers."""
    staff = type(move.by).objects
    gaining = MoveLine.objects.filter(move=move, to_staff__isnull=False).values("to_staff")
    return list(staff.filter(pk__in=gaining.distinct()).select_related("unit").order_by("pk"))


@transaction.atomic
def discard_move(*, move: Move, by: "Staff") -> None:
    """
    Throw a draft away; nothing was decided, so nothing is recorded.

    :raises UnableToDecide: if it is no draft of ``by``.
    """
    held = claim_move(move.pk, MoveState.DRAFT)
    if held.by_id != by.pk:
        raise UnableToDecide
    held.delete()


@transaction.atomic
def cancel_move(*, move: Move, by: "Staff", at: datetime) -> Move:
    """
    Cancel a change that waits for its day.

    :raises PermissionDenied: if ``by`` may not make such a change.
    :raises UnableToDecide: if it does not wait any more.
    """
    require_may_move(move, by=by)
    held = claim_move(move.pk, MoveState.PLANNED)
    set_state(held, MoveState.CANCELLED, by=by, at=at)
    return held


def set_state(move: Move, state: MoveState, *, by: "Staff | None", at: datetime) -> None:
    """Give a move another state and record it."""
    before, move.state = move.state, state
    move.save(update_fields=["state"])
    record_change(
        verb=ChangeVerb.CHANGED, subject=move, fields={"state": (before, state)}, by=by, at=at
    )


@transaction.atomic
def give_up_move(*, move_id: int, at: datetime) -> None:
    """Cancel a change whose maker has lost the right to it before it was carried out.

    :raises UnableToDecide: if it does not wait any more.
    """
    set_state(claim_move(move_id, MoveState.PLANNED), MoveState.CANCELLED, by=None, at=at)
