"""Whom a sample draws, what scores say, and which of them is low."""

from collections.abc import Collection, Iterable, Sequence
from hashlib import sha256

from dakehu.surveys.values import Csat, Nps

APART_DAYS = 90
"""No customer is asked twice within so many days, whatever the survey."""
MOST_AT_ONCE = 300
PROMOTER, PASSIVE = 9, 7
SATISFIED = 4
LOW_RECOMMEND, LOW_SATISFIED = 6, 2
FEW = 5
"""Fewer answers than this say little; pages mark them."""


def drawn(candidates: Collection[int], size: int, seed: str) -> list[int]:
    """
    Return a random sample, in the order of drawing; the same seed draws the same.

    Every candidate has a lot that follows from the seed and from nothing else, so that one more
    candidate moves nobody but the last.
    """
    return sorted(set(candidates), key=lambda each: (lot(each, seed), each))[:size]


def lot(candidate: int, seed: str) -> str:
    """Return the lot of a candidate."""
    return sha256(f"{seed}:{candidate}".encode()).hexdigest()


def nps_of(counts: Sequence[int]) -> Nps:
    """Return the recommendation score; ``counts`` says how often each number from 0 was given."""
    promoters, passives = sum(counts[PROMOTER:]), sum(counts[PASSIVE:PROMOTER])
    detractors = sum(counts[:PASSIVE])
    whole = promoters + passives + detractors
    score = rounded((promoters - detractors) * 100, whole) if whole else None
    return Nps(promoters, passives, detractors, score)


def csat_of(counts: Sequence[int]) -> Csat:
    """Return how many are satisfied; ``counts`` says how often each number from 1 was given."""
    whole, satisfied = sum(counts), sum(counts[SATISFIED - 1 :])
    return Csat(satisfied, whole, rounded(satisfied * 100, whole) if whole else None)


def rounded(part: int, whole: int) -> int:
    """Return a quotient rounded to the nearest whole number, halves away from nothing."""
    sign = -1 if part < 0 else 1
    return sign * ((2 * abs(part) + whole) // (2 * whole))


def is_low(*, recommend: int | None, satisfied: int | None) -> bool:
    """Tell whether somebody is to look after a customer who scored so."""
    return (recommend is not None and recommend <= LOW_RECOMMEND) or (
        satisfied is not None and satisfied <= LOW_SATISFIED
    )


def worst(numbers: Iterable[int | None]) -> int | None:
    """Return the lowest of several scores; None without any."""
    given = [number for number in numbers if number is not None]
    return min(given) if given else None


def options_in(text: str) -> list[str]:
    """Return the answers that were typed, one a line, each once."""
    return list(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))
