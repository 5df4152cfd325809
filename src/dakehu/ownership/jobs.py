"""When changes of ownership are carried out: at once, or in the background if they are large."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django_tasks import task

from dakehu.ownership import operations
from dakehu.ownership.choices import MoveState
from dakehu.ownership.errors import UnableToDecide
from dakehu.ownership.queries import move_waiting

if TYPE_CHECKING:
    from dakehu.ownership.models import Move
    from dakehu.people.models import Staff

AT_ONCE = 2_000
"""So many customers change hands while somebody waits; more are left to a worker."""


def decide(*, move: "Move", by: "Staff", at: datetime) -> "Move":
    """
    Make a draft hold; a large one of today is carried out as soon as a worker is free.

    Should no worker run, the next night does it.

    :raises PermissionDenied: if ``by`` may not move, or not recall, customers.
    :raises UnableToDecide: if it is no draft of ``by`` any more.
    :raises UnableToMove: if a successor can no longer take customers, or the day is over.
    """
    is_large = move.customers > AT_ONCE
    with transaction.atomic():
        decided = operations.decide_move(move=move, by=by, at=at, later=is_large)
        if decided.state == MoveState.PLANNED and decided.effective_on <= timezone.localdate(at):
            carry_out_move.enqueue(decided.pk)
    return decided


@task()
def carry_out_move(move_id: int) -> None:
    """Carry out a large change that was decided for today; whoever decided must still be able."""
    move = move_waiting(move_id)
    if move is None:
        return
    at = timezone.now()
    try:
        operations.require_may_move(move, by=move.by)
        operations.carry_out(move_id=move_id, at=at, is_night=False)
    except PermissionDenied:
        operations.give_up_move(move_id=move_id, at=at)
    except UnableToDecide:
        # The night, or somebody who cancelled it, was quicker.
        return
