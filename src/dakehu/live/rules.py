"""Which rings are heard: each once per session, and only while it is fresh (W14)."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

FRESH = timedelta(minutes=10)
"""So long a page that opens still hears of a ring."""

SHOWN = 3
"""More than these at once are told as a number."""


def since(at: datetime) -> datetime:
    """Return from when on rings are still heard at an instant."""
    return at - FRESH


def unheard(fresh: Sequence[int], heard: Iterable[int]) -> list[int]:
    """Return which of the fresh rings a session has not heard yet, in their order."""
    known = set(heard)
    return [pk for pk in fresh if pk not in known]


def still_heard(fresh: Sequence[int], heard: Iterable[int]) -> list[int]:
    """Return what a session has to remember: what it heard, as long as that is fresh."""
    return sorted(set(fresh) & set(heard))
