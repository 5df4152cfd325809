"""
Compile an expression to one SQL expression over columns named like its inputs.

Only what every engine knows is used (``CASE``, ``coalesce``, comparisons), and what differs
between engines stands in a :class:`Dialect`.  Numbers are widened before they are combined, so
products of large sums cannot overflow where plain Python would not.  Steps are referred to by
name: :meth:`Compiler.with_steps` puts their columns there first.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from dakehu.rulekit import expressions as ex
from dakehu.rulekit.walking import Expression, steps_in


@dataclass(frozen=True)
class Dialect:
    """What one engine spells in its own way; its integer division truncates towards zero."""

    name: str
    wide: str
    quote: str
    divide: str
    remainder: str


DUCKDB = Dialect(name="duckdb", wide="HUGEINT", quote='"', divide="//", remainder="%")
SPARK = Dialect(name="spark", wide="DECIMAL(38,0)", quote="`", divide="div", remainder="%")


def parameter_column(name: str) -> str:
    """The column of a parameter that differs from row to row; no input is called so."""
    return f"number_{name}"


@dataclass(frozen=True)
class Compiler:
    """
    Writes expressions as SQL of one dialect, with the parameters filled in.

    A parameter of ``varying`` differs from row to row: its value stands in the column that
    :func:`parameter_column` names.
    """

    dialect: Dialect = DUCKDB
    parameters: Mapping[str, int] = field(default_factory=dict)
    varying: Collection[str] = ()

    def number(self, number: ex.Number) -> str:
        """
        The SQL of a number; NULL where it is missing.

        :raises KeyError: if a parameter has no value.
        """
        match number:
            case ex.Literal(value):
                return self._literal(value)
            case ex.Parameter(name):
                return self._parameter(name)
            case ex.Input(name):
                return f"CAST({self.column(name)} AS {self.dialect.wide})"
            case ex.Step(name, _):
                return self.column(name)
            case ex.Choose(cases, otherwise):
                return self._choose(cases, otherwise)
            case ex.Total(parts):
                return self._total(parts)
            case ex.FirstKnown(parts):
                return f"coalesce({', '.join(self.number(part) for part in parts)})"
            case _:
                return self._of_two(number)

    def with_steps(self, table: str, expressions: Iterable[Expression]) -> str:
        """A query for ``table`` with one more column for every step of ``expressions``."""
        for layer in steps_in(expressions):
            columns = (f"{self.number(step.number)} AS {self.column(step.name)}" for step in layer)
            table = f"(SELECT *, {', '.join(columns)} FROM {table})"
        return f"SELECT * FROM {table}"

    def column(self, name: str) -> str:
        """The quoted column of an input."""
        return f"{self.dialect.quote}{name}{self.dialect.quote}"

    def _parameter(self, name: str) -> str:
        if name in self.varying:
            return f"CAST({self.column(parameter_column(name))} AS {self.dialect.wide})"
        return self._literal(self.parameters[name])

    def _literal(self, value: int) -> str:
        return f"CAST({value} AS {self.dialect.wide})"

    def _choose(self, cases: tuple[tuple[ex.Predicate, ex.Number], ...], other: ex.Number) -> str:
        if not cases:
            return self.number(other)
        whens = " ".join(f"WHEN {self.predicate(p)} THEN {self.number(n)}" for p, n in cases)
        return f"(CASE {whens} ELSE {self.number(other)} END)"

    def _total(self, parts: tuple[ex.Number, ...]) -> str:
        numbers = [self.number(part) for part in parts]
        known = " OR ".join(f"{number} IS NOT NULL" for number in numbers)
        zero = self._literal(0)
        total = " + ".join(f"coalesce({number}, {zero})" for number in numbers)
        return f"(CASE WHEN {known} THEN {total} END)"

    def _of_two(self, number: ex.Number) -> str:
        match number:
            case ex.Arithmetic("//", left, right):
                return self._floor(self.number(left), self.number(right))
            case ex.Arithmetic(operator, left, right):
                return f"({self.number(left)} {operator} {self.number(right)})"
            case ex.Least(left, right):
                return self._extreme("<=", self.number(left), self.number(right))
            case ex.Greatest(left, right):
                return self._extreme(">=", self.number(left), self.number(right))
        raise TypeError(f"not a number of the rule kit: {type(number).__name__}")

    def _extreme(self, operator: str, left: str, right: str) -> str:
        # least() and greatest() skip NULL in one engine and return it in another.
        return (
            f"(CASE WHEN {left} {operator} {right} THEN {left} "
            f"WHEN {left} IS NOT NULL THEN {right} END)"
        )

    def _floor(self, left: str, right: str) -> str:
        zero = self._literal(0)
        divisor = f"nullif({right}, {zero})"
        quotient = f"({left} {self.dialect.divide} {divisor})"
        rest = f"({left} {self.dialect.remainder} {divisor})"
        # The engine truncates; one less is the floor when a remainder is left and signs differ.
        below = f"{rest} <> {zero} AND ({left} < {zero}) <> ({right} < {zero})"
        return f"(CASE WHEN {below} THEN {quotient} - {self._literal(1)} ELSE {quotient} END)"

    def predicate(self, predicate: ex.Predicate) -> str:
        """
        The SQL of a predicate; never NULL.

        :raises KeyError: if a parameter has no value.
        """
        match predicate:
            case ex.AllOf(parts):
                return self._joined(" AND ", parts, "TRUE")
            case ex.AnyOf(parts):
                return self._joined(" OR ", parts, "FALSE")
            case ex.Not(part):
                return f"(NOT {self.predicate(part)})"
            case ex.Known(number):
                return f"({self.number(number)} IS NOT NULL)"
            case ex.Member(number, values):
                return self._member(number, values)
            case ex.Comparison(operator, left, right):
                return f"coalesce({self.number(left)} {operator} {self.number(right)}, FALSE)"
            case ex.HasBits(number, mask):
                return self._bits(number, mask)
        raise TypeError(f"not a predicate of the rule kit: {type(predicate).__name__}")

    def _joined(self, word: str, parts: tuple[ex.Predicate, ...], empty: str) -> str:
        return f"({word.join(self.predicate(part) for part in parts)})" if parts else empty

    def _member(self, number: ex.Number, values: tuple[int, ...]) -> str:
        if not values:
            return "FALSE"
        listed = ", ".join(self._literal(value) for value in values)
        return f"coalesce({self.number(number)} IN ({listed}), FALSE)"

    def _bits(self, number: ex.Number, mask: ex.Number) -> str:
        # Flags are small; 64 bits are the widest type both engines know bit operations for.
        both = f"CAST({self.number(number)} AS BIGINT) & CAST({self.number(mask)} AS BIGINT)"
        return f"coalesce(({both}) <> 0, FALSE)"
