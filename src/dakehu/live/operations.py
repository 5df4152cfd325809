"""Ringing at open pages, and forgetting it (W14)."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from dakehu.live.models import Ring

if TYPE_CHECKING:
    from dakehu.worklist.models import Todo

KEPT = timedelta(days=1)


@transaction.atomic
def ring(*, todo: "Todo", staff_ids: Iterable[int], at: datetime) -> None:
    """Let a to-do be seen at once on the open pages of these people; heard after commit."""
    Ring.objects.bulk_create(Ring(todo=todo, staff_id=pk, at=at) for pk in staff_ids)


def forget_rings(*, at: datetime) -> int:
    """Remove what rang long ago; return how many there were."""
    gone: int = Ring.objects.filter(at__lt=at - KEPT).delete()[0]
    return gone
