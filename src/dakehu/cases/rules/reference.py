"""Whom to send, found a second way: minute by minute, and by striking out round after round.

Slow and plain; it shares nothing with :mod:`dakehu.cases.rules.dispatching` but the values, and
only tests ask it.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from dakehu.cases.values import Engineer, Need, Stint

MINUTE = timedelta(minutes=1)


def minutes_of(stint: Stint) -> set[datetime]:
    """Return every minute of a stretch of time."""
    count = int((stint.end - stint.start) / MINUTE)
    return {stint.start + MINUTE * place for place in range(count)}


def reference_able(need: Need, engineer: Engineer) -> bool:
    """Tell whether nothing hinders an engineer."""
    asked = minutes_of(need.time)
    hindered = any(asked & minutes_of(each) for each in (*engineer.busy, *engineer.away))
    works = any(asked <= minutes_of(each) for each in engineer.works)
    return works and not hindered and all(skill in engineer.skills for skill in need.skills)


def reference_choice(need: Need, engineers: Sequence[Engineer]) -> int | None:
    """Return whom to send: round after round only the best of those who are left stay."""
    left = [each for each in engineers if reference_able(need, each)]
    rounds: list[Callable[[Engineer], int]] = [
        lambda each: 1 if need.is_key and each.key == need.original else 0,
        lambda each: max(
            (n for n in range(len(need.area) + 1) if need.area[:n] == each.area[:n]), default=0
        ),
        lambda each: -sum(len(minutes_of(stint)) for stint in (*each.busy, *each.done)),
        lambda each: 1 if each.key == need.original else 0,
        lambda each: -each.key,
    ]
    for points in rounds:
        best = max((points(each) for each in left), default=0)
        left = [each for each in left if points(each) == best]
    return left[0].key if left else None
