"""
Evaluate an expression on one row in plain Python: the meaning the SQL must share.
"""

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from dakehu.rulekit import expressions as ex

COMPARISONS: Mapping[str, Callable[[int, int], bool]] = MappingProxyType(
    {
        "<": operator.lt,
        "<=": operator.le,
        "=": operator.eq,
        ">=": operator.ge,
        ">": operator.gt,
    }
)
EXACT: Mapping[str, Callable[[int, int], int]] = MappingProxyType(
    {"+": operator.add, "-": operator.sub, "*": operator.mul}
)


@dataclass(frozen=True)
class Row:
    """The named inputs of one row and the parameters in force."""

    inputs: Mapping[str, int | None]
    parameters: Mapping[str, int] = field(default_factory=dict)

    def value(self, number: ex.Number) -> int | None:
        """
        The value of ``number`` on this row, ``None`` when missing.

        :raises KeyError: if the expression names an input or parameter the row does not have.
        """
        match number:
            case ex.Literal(value):
                return value
            case ex.Input(name):
                return self.inputs[name]
            case ex.Parameter(name):
                return self.parameters[name]
            case ex.Step(_, inner):
                return self.value(inner)
            case ex.Choose(cases, otherwise):
                chosen = (worth for when, worth in cases if self.holds(when))
                return self.value(next(chosen, otherwise))
            case ex.Total(parts):
                known = self._known(parts)
                return sum(known) if known else None
            case ex.FirstKnown(parts):
                return next(iter(self._known(parts)), None)
            case _:
                return self._of_two(number)

    def _known(self, parts: tuple[ex.Number, ...]) -> list[int]:
        values = (self.value(part) for part in parts)
        return [value for value in values if value is not None]

    def _of_two(self, number: ex.Number) -> int | None:
        match number:
            case ex.Arithmetic(operator_, left, right):
                return calculate(operator_, self.value(left), self.value(right))
            case ex.Least(left, right):
                pair = self._known((left, right))
                return min(pair) if len(pair) == 2 else None
            case ex.Greatest(left, right):
                pair = self._known((left, right))
                return max(pair) if len(pair) == 2 else None
        raise TypeError(f"not a number of the rule kit: {type(number).__name__}")

    def holds(self, predicate: ex.Predicate) -> bool:
        """
        Whether ``predicate`` holds on this row.

        :raises KeyError: if the expression names an input or parameter the row does not have.
        """
        match predicate:
            case ex.AllOf(parts):
                return all(self.holds(part) for part in parts)
            case ex.AnyOf(parts):
                return any(self.holds(part) for part in parts)
            case ex.Not(part):
                return not self.holds(part)
            case ex.Known(number):
                return self.value(number) is not None
            case ex.Member(number, values):
                return self.value(number) in values
            case ex.Comparison(operator_, left, right):
                return compare(operator_, self.value(left), self.value(right))
            case ex.HasBits(number, mask):
                bits, wanted = self.value(number), self.value(mask)
                return bits is not None and wanted is not None and bits & wanted != 0
        raise TypeError(f"not a predicate of the rule kit: {type(predicate).__name__}")


def compare(operator_: str, left: int | None, right: int | None) -> bool:
    """Compare two numbers; false when either is missing."""
    if left is None or right is None:
        return False
    return COMPARISONS[operator_](left, right)


def calculate(operator_: str, left: int | None, right: int | None) -> int | None:
    """Combine two numbers; missing when either is, and when dividing by zero."""
    if left is None or right is None:
        return None
    if operator_ == "//":
        return None if right == 0 else left // right
    return EXACT[operator_](left, right)
