"""What the night does for ownership: planned moves, covers that end, what was cut short (M3)."""

from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from dakehu.ownership.choices import MoveState
from dakehu.ownership.models import Move
from dakehu.ownership.operations.carrying import carry_out, tell
from dakehu.ownership.operations.undoing import undone
from dakehu.ownership.queries.moves import due_moves, ended_covers, unfollowed_moves

DRAFTS_KEPT = timedelta(days=1)


def carry_out_due(*, on: date, at: datetime) -> tuple[int, int]:
    """
    Carry out what was planned for ``on`` or before, and return the customers of covers that end.

    Each move is a transaction of its own; a night that was cut short goes on with the next move.
    Returns how many moves there were and how many customers they moved.
    """
    moves = [carry_out(move_id=pk, at=at, is_night=True) for pk in due_moves(on=on)]
    for pk in ended_covers(on=on):
        cover = Move.objects.select_related("by").get(pk=pk)
        reason = _("The leave cover has ended.")
        moves.append(undone(pk, by=cover.by, at=at, reason=reason, is_night=True))
    return len(moves), sum(move.customers for move in moves)


def tell_unfollowed(*, at: datetime) -> int:
    """Tell again of moves whose telling was cut short; return how many there were."""
    cut_short = unfollowed_moves()
    for pk in cut_short:
        tell(Move.objects.select_related("by").get(pk=pk), at=at, is_night=False)
    return len(cut_short)


def drop_stale_drafts(*, at: datetime) -> None:
    """Remove previews that nobody decided within a day."""
    Move.objects.filter(state=MoveState.DRAFT, at__lt=at - DRAFTS_KEPT).delete()
