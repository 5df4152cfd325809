"""
Evaluate expressions for many rows at once, in memory: the meaning of plain Python, by columns.

Whole numbers of 64 bits are exact as long as nothing overflows; so every column carries a bound of
its values, and where a product could pass 64 bits Python's own integers take over.
"""

import operator
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt

from dakehu.rulekit import expressions as ex
from dakehu.rulekit.walking import Expression, named_in

Values = npt.NDArray[Any]
Truth = npt.NDArray[np.bool_]

SAFE = 2**62
"""Numbers whose bound stays below this fit into 64 bits, sums of two of them as well."""

COMPARISONS: Mapping[str, Callable[[Any, Any], Any]] = MappingProxyType(
    {
        "<": operator.lt,
        "<=": operator.le,
        "=": operator.eq,
        ">=": operator.ge,
        ">": operator.gt,
    }
)


@dataclass(frozen=True)
class Column:
    """One number of every row; ``known`` None means that none is missing."""

    values: Values
    known: Truth | None
    bound: int

    @classmethod
    def of(cls, values: Values, known: Truth | None = None) -> "Column":
        """A column of 64-bit values, whose bound is looked up; a missing value counts 0."""
        if known is not None:
            values = np.where(known, values, 0)
        bound = max(int(values.max()), -int(values.min())) if values.size else 0
        return cls(values, known, bound)

    @classmethod
    def constant(cls, value: int) -> "Column":
        """The same number in every row."""
        return cls(np.asarray(value, dtype=np.int64), None, abs(value))

    def exact(self, bound: int) -> Values:
        """The values in a form in which results up to ``bound`` are exact."""
        return self.values if bound < SAFE else self.values.astype(object)


@dataclass
class Rows:
    """Named columns and the parameters in force; a parameter may differ from row to row."""

    inputs: Mapping[str, Column]
    parameters: Mapping[str, int | Column]
    shape: tuple[int, ...]
    seen: dict[int, Any] = field(default_factory=dict)
    steps: dict[str, Column] = field(default_factory=dict)

    def with_parameter(self, name: str, value: int) -> "Rows":
        """The same rows with one parameter changed everywhere; what it does not touch is kept."""
        return _Changed(
            self.inputs, {**self.parameters, name: value}, self.shape, base=self, changed=name
        )

    def column(self, number: ex.Number) -> Column:
        """
        The value of ``number`` in every row.

        :raises KeyError: if the expression names an input or parameter the rows do not have.
        """
        key = id(number)
        if key not in self.seen:
            # The expression is kept beside its value, so that its identity is not used again.
            self.seen[key] = (number, self._column(number))
        found: Column = self.seen[key][1]
        return found

    def holds(self, predicate: ex.Predicate) -> Truth:
        """
        Whether ``predicate`` holds, for every row.

        :raises KeyError: if the expression names an input or parameter the rows do not have.
        """
        key = id(predicate)
        if key not in self.seen:
            self.seen[key] = (predicate, np.broadcast_to(self._holds(predicate), self.shape))
        found: Truth = self.seen[key][1]
        return found

    def _column(self, number: ex.Number) -> Column:
        match number:
            case ex.Literal(value):
                return Column.constant(value)
            case ex.Input(name):
                return self.inputs[name]
            case ex.Parameter(name):
                given = self.parameters[name]
                return given if isinstance(given, Column) else Column.constant(given)
            case ex.Step(name, inner):
                if name not in self.steps:
                    self.steps[name] = self.column(inner)
                return self.steps[name]
            case ex.Choose(cases, otherwise):
                return self._chosen(cases, otherwise)
            case ex.Total(parts):
                return self._total(parts)
            case ex.FirstKnown(parts):
                return self._first_known(parts)
            case _:
                return self._of_two(number)

    def _chosen(
        self, cases: tuple[tuple[ex.Predicate, ex.Number], ...], otherwise: ex.Number
    ) -> Column:
        found = self.column(otherwise)
        for when, worth in reversed(cases):
            found = _where(self.holds(when), self.column(worth), found)
        return found

    def _total(self, parts: tuple[ex.Number, ...]) -> Column:
        columns = [self.column(part) for part in parts]
        bound = sum(column.bound for column in columns)
        values = np.asarray(0, dtype=np.int64)
        known: Truth | None = np.asarray(False)
        for column in columns:
            own = column.exact(bound)
            values = values + (own if column.known is None else np.where(column.known, own, 0))
            known = None if known is None or column.known is None else known | column.known
        return Column(values, known, bound)

    def _first_known(self, parts: tuple[ex.Number, ...]) -> Column:
        found = Column(np.asarray(0, dtype=np.int64), np.asarray(False), 0)
        for part in reversed(parts):
            column = self.column(part)
            is_known = np.asarray(True) if column.known is None else column.known
            found = _where(is_known, column, found)
        return found

    def _of_two(self, number: ex.Number) -> Column:
        match number:
            case ex.Arithmetic(sign, left, right):
                return _calculated(sign, self.column(left), self.column(right))
            case ex.Least(left, right):
                return _extreme(np.minimum, self.column(left), self.column(right))
            case ex.Greatest(left, right):
                return _extreme(np.maximum, self.column(left), self.column(right))
        raise TypeError(f"not a number of the rule kit: {type(number).__name__}")

    def _holds(self, predicate: ex.Predicate) -> Truth:
        match predicate:
            case ex.AllOf(parts):
                return _joined(np.logical_and, (self.holds(part) for part in parts), True)
            case ex.AnyOf(parts):
                return _joined(np.logical_or, (self.holds(part) for part in parts), False)
            case ex.Not(part):
                return ~self.holds(part)
            case ex.Known(number):
                known = self.column(number).known
                return np.asarray(True) if known is None else known
            case ex.Member(number, values):
                column = self.column(number)
                return _both_known(np.isin(column.values, list(values)), column)
            case ex.Comparison(sign, left, right):
                one, other = self.column(left), self.column(right)
                held = COMPARISONS[sign](one.values, other.values)
                return _both_known(np.asarray(held, dtype=bool), one, other)
            case ex.HasBits(number, mask):
                one, other = self.column(number), self.column(mask)
                return _both_known((one.values & other.values) != 0, one, other)
        raise TypeError(f"not a predicate of the rule kit: {type(predicate).__name__}")


@dataclass
class _Changed(Rows):
    """Rows with one parameter changed, which ask the rows they come from for all else."""

    base: Rows | None = None
    changed: str = ""

    def _column(self, number: ex.Number) -> Column:
        if self.base is not None and not self._is_touched(number):
            return self.base.column(number)
        return super()._column(number)

    def _holds(self, predicate: ex.Predicate) -> Truth:
        if self.base is not None and not self._is_touched(predicate):
            return self.base.holds(predicate)
        return super()._holds(predicate)

    def _is_touched(self, expression: Expression) -> bool:
        return any(
            isinstance(leaf, ex.Parameter) and leaf.name == self.changed
            for leaf in named_in(expression)
        )


def _joined(join: Any, parts: Iterator[Truth], empty: bool) -> Truth:
    found = np.asarray(empty)
    for part in parts:
        found = join(found, part)
    return found


def _both_known(held: Truth, *columns: Column) -> Truth:
    for column in columns:
        if column.known is not None:
            held = held & column.known
    return held


def _known(one: Column, other: Column) -> Truth | None:
    if one.known is None or other.known is None:
        return other.known if one.known is None else one.known
    return one.known & other.known


def _where(when: Truth, one: Column, other: Column) -> Column:
    known = None
    if one.known is not None or other.known is not None:
        yes = True if one.known is None else one.known
        no = True if other.known is None else other.known
        known = np.where(when, yes, no)
    values = np.where(when, one.values, other.values)
    return Column(values, known, max(one.bound, other.bound))


def _extreme(choose: Any, one: Column, other: Column) -> Column:
    bound = max(one.bound, other.bound)
    return Column(choose(one.values, other.values), _known(one, other), bound)


def _calculated(sign: str, one: Column, other: Column) -> Column:
    known = _known(one, other)
    if sign == "//":
        is_whole = other.values != 0
        divisor = np.where(is_whole, other.values, 1)
        known = is_whole if known is None else known & is_whole
        return Column(one.values // divisor, known, one.bound)
    bound = one.bound * other.bound if sign == "*" else one.bound + other.bound
    left, right = one.exact(bound), other.exact(bound)
    values = left * right if sign == "*" else left + right if sign == "+" else left - right
    return Column(values, known, bound)
