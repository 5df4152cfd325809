"""
What simulated rules change: who would move from where to where, and which statements make the
difference (T19, T20).
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from dakehu.tiering.rules.compiling import leaves_of
from dakehu.tiering.rules.deciding import Met, Values, explained, missing_for
from dakehu.tiering.values import Condition, Either, Opposite, TierRules

Pair = tuple[int | None, int]
"""The rank before, None for who stood nowhere, and the rank after."""


@dataclass(frozen=True)
class Moves:
    """How many customers go from each rank to each; those who stay are among them."""

    counts: Mapping[Pair, int]

    @property
    def moved(self) -> dict[tuple[int, int], int]:
        """Those whose rank changes; a first level is no move."""
        return {
            (was, now): count
            for (was, now), count in self.counts.items()
            if count and was is not None and was != now
        }

    @property
    def up(self) -> int:
        """How many go up."""
        return sum(count for (was, now), count in self.moved.items() if was < now)

    @property
    def down(self) -> int:
        """How many go down."""
        return sum(count for (was, now), count in self.moved.items() if was > now)

    def before(self) -> Counter[int]:
        """Customers by the rank before; who stood nowhere is left out."""
        found: Counter[int] = Counter()
        for (was, _), count in self.counts.items():
            if was is not None:
                found[was] += count
        return found

    def after(self) -> Counter[int]:
        """Customers by the rank after."""
        found: Counter[int] = Counter()
        for (_, now), count in self.counts.items():
            found[now] += count
        return found


class Cause(StrEnum):
    """Why a customer's level would change."""

    REACHED = "REACHED"  # the new rules' condition of the higher level is met
    MISSED = "MISSED"  # the new rules' condition of the level before is not met
    REMOVED = "REMOVED"  # the new rules have no such level
    KEPT = "KEPT"  # the new rules keep a level that is no longer due


@dataclass(frozen=True)
class Difference:
    """
    What makes the difference for one customer.

    ``rank`` is the level whose condition decides; ``new`` are the deciding statements of the new
    rules, ``old`` those of the other rules that the customer does not meet: where the rules were
    changed only what was changed, else the fewest.  ``nearest`` are the fewest statements missing
    for the level ``next_up`` of the new rules.
    """

    cause: Cause
    rank: int
    new: tuple[Met, ...] = ()
    old: tuple[Met, ...] = ()
    next_up: int | None = None
    nearest: tuple[Met, ...] = ()


def difference(
    rules: TierRules, values: Values, *, was: int, now: int, others: TierRules | None = None
) -> Difference:
    """
    Say why rules move a customer from one level to another, other rules having given the first.

    :raises KeyError: if a measure that the rules name is not among the values.
    """
    next_up, nearest = _nearest(rules, values, now)
    cause, rank, new, old = _cause(rules, values, was=was, now=now, others=others)
    return Difference(cause, rank, new, old, next_up, nearest)


def _cause(
    rules: TierRules, values: Values, *, was: int, now: int, others: TierRules | None
) -> tuple[Cause, int, tuple[Met, ...], tuple[Met, ...]]:
    rank = max(was, now)
    seen = _seen(rules, rank, values)
    before = None if others is None else _seen(others, rank, values)
    if now > was:
        if seen is None or not seen.met:
            return Cause.KEPT, now, () if seen is None else missing_for(seen), ()
        old = () if before is None else _altered(unmet(before), seen) or missing_for(before)
        return Cause.REACHED, now, _altered(meeting(seen), before) or meeting(seen), old
    if was not in {level.rank for level in rules.levels}:
        return Cause.REMOVED, was, (), ()
    missed = () if seen is None else _altered(unmet(seen), before) or missing_for(seen)
    return Cause.MISSED, was, missed, ()


def _altered(mets: tuple[Met, ...], other: Met | None) -> tuple[Met, ...]:
    """Keep the statements that the other rules do not make: those that were changed."""
    if other is None:
        return ()
    known = set(leaves_of(other.condition))
    return tuple(met for met in mets if met.leaf not in known)


def unmet(met: Met) -> tuple[Met, ...]:
    """Return every statement that is not met, from left to right, each once."""
    if met.leaf is not None:
        return () if met.met else (met,)
    return tuple(dict.fromkeys(each for part in met.parts for each in unmet(part)))


def _nearest(rules: TierRules, values: Values, now: int) -> tuple[int | None, tuple[Met, ...]]:
    above = [level.rank for level in rules.levels if level.rank > now]
    if not above:
        return None, ()
    seen = _seen(rules, min(above), values)
    return min(above), () if seen is None else missing_for(seen)


def _seen(rules: TierRules, rank: int, values: Values) -> Met | None:
    condition: Condition | None = next(
        (level.when for level in rules.levels if level.rank == rank), None
    )
    return None if condition is None else explained(condition, values)


def meeting(met: Met) -> tuple[Met, ...]:
    """
    Return the fewest statements by which a condition is met; nothing if it is not.

    Of alternatives the one with the fewest is taken, the first of equals.
    """
    if not met.met:
        return ()
    if met.leaf is not None:
        return (met,)
    if isinstance(met.condition, Opposite):
        return meeting(met.parts[0])
    found = [meeting(part) for part in met.parts if part.met]
    if isinstance(met.condition, Either) is not met.opposite:
        return min(found, key=len, default=())
    return tuple(each for part in found for each in part)
