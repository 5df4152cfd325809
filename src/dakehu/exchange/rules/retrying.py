"""How often background work is tried, and how long it rests in between."""

ATTEMPTS = 3
"""A task that failed so often, or whose workers were killed so often, is given up."""

PAUSES = (30, 300)
"""Seconds to wait after the first failed attempt, and after the second."""


def is_last(attempt: int) -> bool:
    """Tell whether no attempt follows the one with this number, counted from 1."""
    return attempt >= ATTEMPTS


def pause_after(attempt: int) -> int:
    """Return the seconds to wait after a failed attempt, counted from 1."""
    return PAUSES[attempt - 1]
