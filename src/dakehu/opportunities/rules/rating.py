"""How partners are rated: by claims in time, wins, returns and complaints, as a number to 100."""

from dataclasses import dataclass

FEWEST = 3
"""With fewer offers than these nobody is rated."""
GRADES = ((80, "A"), (60, "B"), (0, "C"))
WEIGHTS = {"in_time": 30, "won": 40, "kept": 20, "calm": 10}


@dataclass(frozen=True)
class Record:
    """What a partner did with what was offered in a stretch of time."""

    offered: int = 0
    claimed: int = 0
    returned: int = 0
    expired: int = 0
    won: int = 0
    lost: int = 0
    complaints: int = 0


def share(part: int, whole: int) -> int | None:
    """Return a share in whole per cent; nothing where there is nothing to share."""
    return round(100 * part / whole) if whole else None


def in_time(record: Record) -> int | None:
    """Return how much of what was answered or ran out was claimed, in per cent."""
    return share(record.claimed, record.claimed + record.returned + record.expired)


def win_rate(record: Record) -> int | None:
    """Return how much of what came to an end was won, in per cent."""
    return share(record.won, record.won + record.lost)


def calm(record: Record) -> int | None:
    """Return how free of complaints it was, in per cent of what was claimed."""
    complained = share(record.complaints, record.claimed)
    return None if complained is None else max(0, 100 - complained)


def score(record: Record) -> int | None:
    """
    Return the rating from 0 to 100; nothing with too few offers to tell.

    What is not known yet (nothing has ended) counts in the middle, so that nobody is praised or
    blamed for it.
    """
    if record.offered < FEWEST:
        return None
    answered = record.claimed + record.returned + record.expired
    parts = {
        "in_time": in_time(record),
        "won": win_rate(record),
        "kept": share(answered - record.returned, answered),
        "calm": calm(record),
    }
    known = {name: 50 if value is None else value for name, value in parts.items()}
    return round(sum(WEIGHTS[name] * value for name, value in known.items()) / 100)


def grade(points: int | None) -> str:
    """Return the letter of a rating; empty where there is none."""
    if points is None:
        return ""
    return next(letter for least, letter in GRADES if points >= least)
