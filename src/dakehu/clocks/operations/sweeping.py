"""
The sweep: raises what is due of all clocks, each once, late rather than never.

A worker does it every quarter of a minute, and the night does it once more. What it raises is
stored by the batch, each batch whole; people are asked afterwards, and asked again if that was
broken off. Two sweeps at once take different clocks, or one of them waits.
"""

from datetime import datetime, timedelta

from django.db import connection, transaction

from dakehu.clocks.models import Clock
from dakehu.clocks.operations.reckoning import point, reckon_each, store_notices, tell

BATCH = 2_000
LATER = timedelta(hours=1)
"""When a clock is tried again that its calendar cannot time."""


def sweep(*, at: datetime) -> int:
    """Raise what is due by ``at``, and ask whoever is to be asked; return how much was raised."""
    raised = 0
    while (count := sweep_batch(at=at)) is not None:
        raised += count
    tell(at=at)
    return raised


@transaction.atomic
def sweep_batch(*, at: datetime) -> int | None:
    """Raise what is due of some clocks, and return how much; nothing if no clock is due."""
    due = Clock.objects.filter(next_at__lte=at).order_by("next_at", "pk")
    skips = connection.features.has_select_for_update_skip_locked
    clocks = list(
        due.select_related("calendar").select_for_update(of=("self",), skip_locked=skips)[:BATCH]
    )
    if not clocks:
        return None
    reckonings, failed = reckon_each(clocks, at=at)
    store_notices(reckonings, at=at)
    for clock in failed:
        # Its calendar has no working time any more; others must not wait for somebody to set it.
        clock.next_at = at + LATER
    point(failed)
    return sum(len(each.raised) for each in reckonings)
