"""Which cases of one customer are likely about the same matter."""

from datetime import datetime, timedelta

from dakehu.cases.values import Matter

RECENT = timedelta(days=7)
ALIKE = 0.35


def is_likely_same(new: Matter, known: Matter) -> bool:
    """
    Tell whether a known case is likely about what a new one asks.

    An open one of the same kind, or one of the last days of the same kind; or any open one whose
    words are much alike.
    """
    if new.kind == known.kind and (known.is_open or is_recent(known.opened_at, new.opened_at)):
        return True
    return known.is_open and alikeness(new.text, known.text) >= ALIKE


def is_recent(known: datetime, at: datetime) -> bool:
    """Tell whether something happened within the last days."""
    return at - known <= RECENT


def alikeness(one: str, other: str) -> float:
    """Return how much two texts share, from 0 to 1, by pairs of neighbouring characters."""
    ours, theirs = pairs_of(one), pairs_of(other)
    both = len(ours) + len(theirs)
    return 2 * len(ours & theirs) / both if both else 0.0


def pairs_of(text: str) -> set[str]:
    """Return the pairs of neighbouring characters of a text, blanks left out."""
    kept = "".join(text.split())
    return {kept[place : place + 2] for place in range(len(kept) - 1)}
