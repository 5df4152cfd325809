"""
Which kinds of events anybody wants, known without asking the database each time.

Every process looks again after a few seconds; a subscription counts from when all have looked.
"""

from dataclasses import dataclass
from time import monotonic

from dakehu.hooks.models import EventSubscription
from dakehu.hooks.rules import KNOWN_WITHIN


@dataclass
class Memory:
    """The kinds that are wanted, and until when that is believed."""

    kinds: frozenset[str] = frozenset()
    until: float = 0.0


_memory = Memory()


def wanted_kinds() -> frozenset[str]:
    """Return the kinds of events that somebody is told, paused or not."""
    if monotonic() >= _memory.until:
        rows = EventSubscription.objects.filter(removed_at=None).values_list("kinds", flat=True)
        _memory.kinds = frozenset(kind for kinds in rows for kind in kinds)
        _memory.until = monotonic() + KNOWN_WITHIN.total_seconds() / 2
    return _memory.kinds


def forget_wanted() -> None:
    """Look again at the next event."""
    _memory.until = 0.0
