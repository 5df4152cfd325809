"""Figures of opportunities: shares, and how long stages took."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from statistics import median

WEIGHTS = {
    "DIGGING": 10, "PREPLAN": 20, "SOLUTION": 40, "NEGOTIATION": 60, "CONTRACT": 80,
}  # fmt: skip
"""How likely it is in per cent that something in a stage is signed; for the forecast."""

Step = tuple[int, datetime, str, str]
"""One change of stage: of which opportunity, when, from which stage (none: claimed), to which."""


def share(part: int, whole: int) -> int | None:
    """Return a part in per cent, rounded; nothing of nothing."""
    return round(100 * part / whole) if whole else None


def stage_hours(steps: Iterable[Step]) -> dict[str, tuple[float, int]]:
    """
    Return the median hours that stages took, and how often they were left, by stage.

    ``steps`` come in the order of each opportunity. A stage begins when it is entered, the first
    with the claim, and ends when the next is; what is still going on does not count.
    """
    entered: dict[int, tuple[str, datetime]] = {}
    spans: dict[str, list[float]] = defaultdict(list)
    for key, at, _before, stage in steps:
        if key in entered:
            name, since = entered[key]
            spans[name].append((at - since).total_seconds() / 3600)
        entered[key] = (stage, at)
    return {name: (median(hours), len(hours)) for name, hours in spans.items()}


def weighted(worth: int, stage: str) -> int:
    """Return what of an expected value is likely, by its stage."""
    return worth * WEIGHTS.get(stage, 0) // 100
