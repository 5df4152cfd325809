"""The working order of a queue: priority, then the nearest deadline, then age."""

from dakehu.cases.values import Place

FAR = 9_999_999_999
"""Seconds that no deadline reaches; a case without one stands behind those that have one."""
STEP = 10**10


def turn_of(place: Place) -> int:
    """
    Return the number by which open cases are worked off, the lowest first.

    Cases of one turn follow each other by their age. One number holds both parts, so that one
    index keeps the order of a queue.
    """
    due = min(int(place.due_at.timestamp()), FAR) if place.due_at else FAR
    return place.priority * STEP + due


def decider(first: Place, second: Place) -> str:
    """Return by what the first case stands before the second: priority, clock or age."""
    if first.priority != second.priority:
        return "priority"
    return "age" if first.due_at == second.due_at else "clock"
