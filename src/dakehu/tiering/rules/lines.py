"""
The level of a customer in one scheme over time: what evaluations decided, with what was given by
hand laid over it (T19).

The *line* is what evaluations decided: steps, each from a day on.  A level given by hand covers
the line for its term and does not change it, so that the line goes on when the term is over.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from dakehu.tiering.rules.stretches import Stretch


@dataclass(frozen=True)
class Step:
    """From ``start`` on evaluations gave ``level``; None: the customer stands nowhere."""

    start: date
    level: int | None
    evidence: Mapping[str, Any]
    corrected: bool = False
    source: int | None = None


def line_of(stretches: Sequence[Stretch]) -> list[Step]:
    """Return what evaluations decided, from stretches in order: what is by hand is no part."""
    steps: list[Step] = []
    end: date | None = None
    for each in (each for each in stretches if not each.by_hand):
        if steps and end is not None and after_hand(stretches, end) < each.start:
            steps.append(Step(after_hand(stretches, end), None, {}))
        if not steps or steps[-1].level != each.level:
            steps.append(Step(each.start, each.level, each.evidence, each.corrected, each.source))
        end = each.end
    if steps and end is not None:
        steps.append(Step(after_hand(stretches, end), None, {}))
    return steps


def after_hand(stretches: Sequence[Stretch], day: date) -> date:
    """Return the first day from ``day`` on that no level given by hand covers."""
    for each in stretches:
        if each.by_hand and each.end is not None and each.covers(day):
            day = each.end
    return day


def decided(steps: Sequence[Step], step: Step, *, day: date) -> list[Step]:
    """
    Return the line once an evaluation of ``day`` decided a step.

    What earlier evaluations had planned for after that day is no longer planned.
    """
    kept = [each for each in steps if each.start <= day]
    if kept and kept[-1].level == step.level:
        return kept
    return [*kept, step]


def laid_out(steps: Sequence[Step], by_hand: Sequence[Stretch]) -> list[Stretch]:
    """Return the stretches of a line with what is given by hand laid over it, in order."""
    given = sorted(by_hand, key=lambda each: each.start)
    found = list(given)
    for place, step in enumerate(steps):
        if step.level is None:
            continue
        end = steps[place + 1].start if place + 1 < len(steps) else None
        for start, stop in uncovered(step.start, end, given):
            found.append(
                Stretch(
                    step.level,
                    start,
                    stop,
                    step.evidence,
                    None,
                    step.corrected,
                    False,
                    step.source,
                )
            )
    return sorted(found, key=lambda each: each.start)


def uncovered(
    start: date, end: date | None, by_hand: Iterable[Stretch]
) -> list[tuple[date, date | None]]:
    """Return what is left of a time once the terms given by hand are taken out of it."""
    left: list[tuple[date, date | None]] = []
    for each in by_hand:
        if each.end is None or each.end <= start or (end is not None and each.start >= end):
            continue
        if each.start > start:
            left.append((start, each.start))
        start = each.end
    if end is None or start < end:
        left.append((start, end))
    return left


def with_keys(old: Iterable[Stretch], new: Iterable[Stretch]) -> list[Stretch]:
    """Return new stretches with the record numbers of the old ones that begin on the same day."""
    keys = {(each.start, each.by_hand): each.key for each in old}
    return [replace(each, key=keys.get((each.start, each.by_hand))) for each in new]
