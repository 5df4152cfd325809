"""
Rules that cannot be meant: conditions that contradict themselves, levels that nobody can reach.

A condition is spread into clauses, each a set of measures with what they may be.  Only what can
be told from the rules alone is told; a condition too large to be spread is let pass.
"""

import functools
import operator
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from dakehu.tiering.rules.compiling import OPPOSITES
from dakehu.tiering.rules.localizing import cities_of, rules_at
from dakehu.tiering.values import (
    Condition,
    Either,
    Every,
    IsKnown,
    Limit,
    OneOf,
    Opposite,
    TierRules,
)
from dakehu.tiering.values.problems import Problem

MOST_CLAUSES = 200


@dataclass(frozen=True)
class Allowed:
    """What one measure may be: between two numbers, one of some values, none of others."""

    low: int | None = None
    high: int | None = None
    among: frozenset[str | int] | None = None
    without: frozenset[str | int] = frozenset()
    # A missing measure is let in as well: nothing can be concluded.
    is_open: bool = False

    def both(self, other: "Allowed") -> "Allowed":
        """What both allow."""
        lows = [each for each in (self.low, other.low) if each is not None]
        highs = [each for each in (self.high, other.high) if each is not None]
        among = self.among if other.among is None else other.among
        if self.among is not None and other.among is not None:
            among = self.among & other.among
        return Allowed(
            max(lows, default=None),
            min(highs, default=None),
            among,
            self.without | other.without,
            self.is_open or other.is_open,
        )

    @property
    def is_empty(self) -> bool:
        """Whether no value is allowed."""
        if self.is_open:
            return False
        if self.among is not None:
            return not any(self.takes(value) for value in self.among)
        if self.low is None or self.high is None:
            return False
        return self.low > self.high or (self.low == self.high and self.low in self.without)

    def takes(self, value: str | int) -> bool:
        """Whether a value is allowed."""
        if value in self.without or (self.among is not None and value not in self.among):
            return False
        if isinstance(value, str):
            return True
        above = self.low is None or value >= self.low
        return above and (self.high is None or value <= self.high)

    def covers(self, other: "Allowed") -> bool:
        """Whether everything that the other allows is allowed here; False where unsure."""
        if self.is_open or other.is_open:
            return False
        if other.among is not None:
            return all(self.takes(value) for value in other.among if other.takes(value))
        if self.among is not None or not self.without <= other.without:
            return False
        low = self.low is None or (other.low is not None and other.low >= self.low)
        high = self.high is None or (other.high is not None and other.high <= self.high)
        return low and high


Clause = dict[str, Allowed]


def clauses_of(condition: Condition, *, opposite: bool = False) -> list[Clause] | None:
    """Return the alternatives of a condition; None where there are too many."""
    match condition:
        case Opposite(part):
            return clauses_of(part, opposite=not opposite)
        case Every(parts) | Either(parts):
            spread = [clauses_of(part, opposite=opposite) for part in parts]
            if any(each is None for each in spread):
                return None
            found = [each for each in spread if each is not None]
            joins = isinstance(condition, Every) is not opposite
            return product(found) if joins else functools.reduce(operator.iadd, found, [])
    return leaf_clauses(condition, opposite=opposite)


def product(spread: Sequence[list[Clause]]) -> list[Clause] | None:
    """Return every way to take one clause of each."""
    result: list[Clause] = [{}]
    for clauses in spread:
        if len(result) * len(clauses) > MOST_CLAUSES:
            return None
        result = [joined(left, right) for left in result for right in clauses]
    return result


def joined(left: Clause, right: Clause) -> Clause:
    """Return what both clauses allow."""
    result = dict(left)
    for measure, allowed in right.items():
        result[measure] = result[measure].both(allowed) if measure in result else allowed
    return result


def leaf_clauses(leaf: Condition, *, opposite: bool) -> list[Clause]:
    """Return the alternatives of one comparison."""
    match leaf:
        case IsKnown(measure):
            return [{measure: Allowed(is_open=True)}]
        case OneOf(measure, values):
            found = frozenset(values)
            allowed = Allowed(without=found) if opposite else Allowed(among=found)
            return [{measure: replace(allowed, is_open=leaf.missing_met and not opposite)}]
        case Limit(measure, operator, value):
            said = OPPOSITES[operator] if opposite else operator
            allowed = {
                ">=": Allowed(low=value),
                ">": Allowed(low=value + 1),
                "<=": Allowed(high=value),
                "<": Allowed(high=value - 1),
                "=": Allowed(low=value, high=value),
                "!=": Allowed(without=frozenset({value})),
            }[said]
            return [{measure: replace(allowed, is_open=leaf.missing_met and not opposite)}]
    raise TypeError(f"not a comparison: {type(leaf).__name__}")


def problems_with(rules: TierRules) -> list[Problem]:
    """
    Return which levels contradict themselves, and which nobody can reach.

    What is wrong in single cities alone, by their own limits, names them (T21).
    """
    everywhere = problems_as_they_are(rules_at(rules, None))
    known = {(each.path, each.code) for each in everywhere}
    return everywhere + [
        Problem(each.path, each.code, {**each.facts, "in_city": city})
        for city in cities_of(rules)
        for each in problems_as_they_are(rules_at(rules, city))
        if (each.path, each.code) not in known
    ]


def problems_as_they_are(rules: TierRules) -> list[Problem]:
    """Return what is wrong with rules that are the same for everybody."""
    found: list[Problem] = []
    above: list[Clause] = []
    for place, level in enumerate(rules.levels):
        if level.when is None:
            continue
        clauses = clauses_of(level.when)
        if clauses is None:
            continue
        possible = [each for each in clauses if not any(a.is_empty for a in each.values())]
        if not possible:
            found.append(Problem(("levels", place), "contradiction", {"rank": level.rank}))
        elif all(is_covered(each, above) for each in possible):
            found.append(Problem(("levels", place), "unreachable", {"rank": level.rank}))
        above += possible
    return found


def is_covered(clause: Clause, above: Iterable[Clause]) -> bool:
    """Tell whether whoever meets a clause meets a clause of a higher level already."""
    return any(
        all(
            measure in clause and allowed.covers(clause[measure])
            for measure, allowed in other.items()
        )
        for other in above
    )
