"""What is to happen of a clock and when: warning, deadline, and full periods beyond it."""

from collections.abc import Callable, Sequence
from datetime import datetime

from dakehu.clocks.choices import LAST_STAGE, Stage
from dakehu.clocks.errors import CalendarUnusable
from dakehu.clocks.rules.deadlines import (
    WARN_PERCENT,
    allotment_of,
    reached,
    running_spans,
    used_in,
)
from dakehu.clocks.rules.timetable import SECOND, Timetable, instant_of, ticks_of
from dakehu.clocks.values import Moments, Pause, Standard


def moments_of(
    timetable: Timetable,
    started: datetime,
    standard: Standard,
    pauses: Sequence[Pause] = (),
    *,
    until: datetime,
) -> Moments:
    """
    Return what of a clock lies behind at ``until``, and what comes next.

    Whatever is to come at ``until`` itself lies behind. A clock that stands still has nothing to
    come, but may have something behind it.

    :raises CalendarUnusable: if the timetable does not reach as far as the deadline.
    :raises PausesUnusable: if the pauses cannot have happened.
    """
    start, now = ticks_of(started), ticks_of(until)
    allotment = allotment_of(timetable, start, standard)
    clock = allotment.round_the_clock
    spans = running_spans(start, pauses)

    def at(stage: int) -> int | None:
        return reached(timetable, spans, share_of(allotment.ticks, stage), round_the_clock=clock)

    warn, due = at(Stage.WARN), at(Stage.BREACH)
    passed, coming = [], None
    for stage in range(Stage.WARN, LAST_STAGE + 1):
        coming = (warn, due)[stage - 1] if stage <= Stage.BREACH else beyond(at, stage)
        if coming is None or coming > now:
            break
        passed.append(instant_of(coming))
        coming = None
    left = allotment.ticks - used_in(timetable, spans, round_the_clock=clock)
    return Moments(
        due=None if due is None else instant_of(due),
        warn=None if warn is None else instant_of(warn),
        left=left // SECOND,
        passed=tuple(passed),
        next_at=None if coming is None else instant_of(coming),
    )


Reached = Callable[[int], int | None]


def share_of(ticks: int, stage: int) -> int:
    """Return how much of an allotment, or of how many of them, has run off at a stage."""
    return -(-ticks * WARN_PERCENT // 100) if stage == Stage.WARN else ticks * (stage - 1)


def beyond(at: Reached, stage: int) -> int | None:
    """Return when a stage after the deadline comes; one beyond the timetable never does."""
    try:
        return at(stage)
    except CalendarUnusable:
        return None
