"""
Open clocks after a change of their calendar: reckoned anew, each moved deadline on record.

The change stores what it wants in its own transaction; a worker does it by the batch. What was
answered before keeps the times by which it was judged.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.db.models import QuerySet

from dakehu.clocks.choices import OPEN_STATES
from dakehu.clocks.events import ClocksMoved
from dakehu.clocks.models import Clock, DeadlineMove, Recount
from dakehu.clocks.operations.reckoning import reckon_each, store
from dakehu.common import events

if TYPE_CHECKING:
    from dakehu.people.models import Staff, Unit

BATCH = 500


def want_recount(*, unit: "Unit", cause: str, by: "Staff", at: datetime) -> Recount | None:
    """Ask for the open clocks of a unit's calendar to be reckoned anew; nothing if none runs."""
    if not clocks_below(unit).exists():
        return None
    wanted: Recount = Recount.objects.create(
        unit=unit, cause=cause[:200], asked_for_by=by, asked_for_at=at
    )
    return wanted


def clocks_below(unit: "Unit") -> QuerySet[Clock]:
    """Return the open clocks that run by the calendar of a unit or of one below it."""
    return Clock.objects.filter(calendar__path__startswith=unit.path or "-", state__in=OPEN_STATES)


def recount_all(*, at: datetime) -> int:
    """Work off every recount that is wanted; return how many deadlines were moved."""
    moved = 0
    while (count := recount_batch(at=at)) is not None:
        moved += count
    return moved


@transaction.atomic
def recount_batch(*, at: datetime) -> int | None:
    """Reckon some clocks of the oldest recount anew, and return how many moved; none is left."""
    skips = connection.features.has_select_for_update_skip_locked
    wanted = (
        Recount.objects.filter(finished_at__isnull=True)
        .select_related("unit", "asked_for_by")
        .select_for_update(of=("self",), skip_locked=skips)
        .order_by("pk")
        .first()
    )
    if wanted is None:
        return None
    clocks = next_clocks(wanted)
    if not clocks:
        wanted.finished_at = at
        wanted.save(update_fields=["finished_at"])
        return 0
    wanted.last_clock = clocks[-1].pk
    moves = recount_clocks(wanted, clocks, at=at)
    wanted.looked += len(clocks)
    wanted.moved += moves
    wanted.save(update_fields=["last_clock", "looked", "moved", "failed"])
    return moves


def next_clocks(wanted: Recount) -> list[Clock]:
    """Return the clocks that a recount looks at next, held against other writers."""
    rows = clocks_below(wanted.unit).filter(pk__gt=wanted.last_clock)
    found = rows.select_related("calendar").select_for_update(of=("self",)).order_by("pk")
    return list(found[:BATCH])


def recount_clocks(wanted: Recount, clocks: Sequence[Clock], *, at: datetime) -> int:
    """Reckon clocks anew, keep what was moved, and return how many deadlines that were."""
    was = {clock.pk: (clock.due_at, clock.warn_at) for clock in clocks}
    found, failed = reckon_each(clocks, at=at)
    wanted.failed += len(failed)
    reason = f"{wanted.cause} (#{wanted.pk})"
    store(found, by=wanted.asked_for_by, at=at, reason=reason[:200])
    moved = [
        each.clock
        for each in found
        if was[each.clock.pk] != (each.clock.due_at, each.clock.warn_at)
    ]
    DeadlineMove.objects.bulk_create(
        [
            DeadlineMove(recount=wanted, clock=clock, was=was[clock.pk][0], became=clock.due_at)
            for clock in moved
        ]
    )
    announce_moved(moved, at=at)
    return len(moved)


def announce_moved(clocks: Iterable[Clock], *, at: datetime) -> None:
    """Tell listeners, once it holds, of what deadlines were moved."""
    things: dict[str, set[int]] = {}
    for clock in clocks:
        things.setdefault(clock.subject, set()).add(clock.subject_id)
    for subject, ids in things.items():
        event = ClocksMoved(subject, tuple(sorted(ids)), at)
        transaction.on_commit(partial(events.announce, event))
