"""
A customer's standings in one scheme as stretches of days, each at one level (T19).

Stretches never overlap, are in the order of their days, and two that touch have different levels.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Stretch:
    """Days from ``start`` up to but not including ``end`` (None: still going on) at ``level``.

    ``key`` is the number of the record it comes from, None for a new one. ``corrected`` says that
    the level of its first day was told anew, ``by_hand`` that people gave it, ``source`` is the
    number of the evaluation behind it.
    """

    level: int
    start: date
    end: date | None
    evidence: Mapping[str, Any]
    key: int | None = None
    corrected: bool = False
    by_hand: bool = False
    source: int | None = None

    def covers(self, day: date) -> bool:
        """Tell whether ``day`` lies within the stretch."""
        return self.start <= day and (self.end is None or day < self.end)


def with_level(
    stretches: Sequence[Stretch], day: date, level: int, evidence: Mapping[str, int | str | None]
) -> list[Stretch]:
    """
    Return the stretches once ``day`` is at ``level``; they must be in order.

    The day's level holds as long as the stretch that held the day before did, or up to the next
    stretch; what lies before ``day`` does not change (T19).
    """
    before = [each for each in stretches if each.start < day]
    after = [each for each in stretches if each.start > day]
    replaced = next((each for each in stretches if each.start == day), None)
    covering = next((each for each in stretches if each.covers(day)), None)
    next_start = after[0].start if after else None
    end = covering.end if covering else next_start
    if before and before[-1].covers(day):
        before[-1] = replace(before[-1], end=day)
    key = replaced.key if replaced else None
    told = Stretch(level, day, end, evidence, key, corrected=replaced is not None)
    return joined([*before, told, *after])


def joined(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Return the stretches with those at one level that touch made into one, the first's."""
    result: list[Stretch] = []
    for each in stretches:
        last = result[-1] if result else None
        if last and last.end == each.start and last.level == each.level:
            result[-1] = replace(last, end=each.end)
        else:
            result.append(each)
    return result
