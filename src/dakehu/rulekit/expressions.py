"""
The values rules are made of: numbers and predicates over named inputs.

Numbers take ``+ - * //`` and give predicates by ``< <= > >=``, :meth:`Number.equals`,
:meth:`Number.is_in`, :meth:`Number.has_bits` and :meth:`Number.is_known`; predicates combine with
``& | ~``.  ``==`` stays the equality of two expressions as values.
"""

import re
from dataclasses import dataclass

NAME = re.compile(r"[a-z][a-z0-9_]*")


class Number:
    """A whole number that may be missing: the value of an expression."""

    def __add__(self, other: "Number | int") -> "Arithmetic":
        return Arithmetic("+", self, as_number(other))

    def __sub__(self, other: "Number | int") -> "Arithmetic":
        return Arithmetic("-", self, as_number(other))

    def __mul__(self, other: "Number | int") -> "Arithmetic":
        return Arithmetic("*", self, as_number(other))

    def __floordiv__(self, other: "Number | int") -> "Arithmetic":
        return Arithmetic("//", self, as_number(other))

    def __lt__(self, other: "Number | int") -> "Comparison":
        return Comparison("<", self, as_number(other))

    def __le__(self, other: "Number | int") -> "Comparison":
        return Comparison("<=", self, as_number(other))

    def __gt__(self, other: "Number | int") -> "Comparison":
        return Comparison(">", self, as_number(other))

    def __ge__(self, other: "Number | int") -> "Comparison":
        return Comparison(">=", self, as_number(other))

    def equals(self, other: "Number | int") -> "Comparison":
        """Both numbers are known and the same."""
        return Comparison("=", self, as_number(other))

    def is_in(self, values: tuple[int, ...]) -> "Member":
        """The number is known and one of ``values``."""
        return Member(self, values)

    def has_bits(self, mask: "Number | int") -> "HasBits":
        """The number is known and at least one bit of ``mask`` is set in it."""
        return HasBits(self, as_number(mask))

    def is_known(self) -> "Known":
        """The number is not missing."""
        return Known(self)


class Predicate:
    """A statement that holds or does not hold; there is no third value."""

    def __and__(self, other: "Predicate") -> "AllOf":
        return AllOf((self, other))

    def __or__(self, other: "Predicate") -> "AnyOf":
        return AnyOf((self, other))

    def __invert__(self) -> "Not":
        return Not(self)


def as_number(value: "Number | int") -> Number:
    """Take a number as it is, and a Python integer as a literal."""
    return value if isinstance(value, Number) else Literal(value)


@dataclass(frozen=True)
class Literal(Number):
    """A number written in the rule itself."""

    value: int


@dataclass(frozen=True)
class Named(Number):
    """
    A number known by its name.

    :raises ValueError: if the name is not lower-case letters, digits and underscores, which is
        what lets it stand in SQL.
    """

    name: str

    def __post_init__(self) -> None:
        if not NAME.fullmatch(self.name):
            raise ValueError(f"not a name of an input or a parameter: {self.name!r}")


@dataclass(frozen=True)
class Input(Named):
    """A number that differs from row to row."""


@dataclass(frozen=True)
class Parameter(Named):
    """A number the operator sets; the same for all rows of one evaluation."""


@dataclass(frozen=True)
class Arithmetic(Number):
    """``left operator right`` with operator ``+``, ``-``, ``*`` or ``//``."""

    operator: str
    left: Number
    right: Number


@dataclass(frozen=True)
class Least(Number):
    """The smaller of two numbers; missing if either is."""

    left: Number
    right: Number


@dataclass(frozen=True)
class Greatest(Number):
    """The larger of two numbers; missing if either is."""

    left: Number
    right: Number


@dataclass(frozen=True)
class Total(Number):
    """The sum of the known parts; missing only when no part is known."""

    parts: tuple[Number, ...]


@dataclass(frozen=True)
class FirstKnown(Number):
    """The first part that is not missing."""

    parts: tuple[Number, ...]


@dataclass(frozen=True)
class Choose(Number):
    """The number beside the first predicate that holds, else ``otherwise``."""

    cases: tuple[tuple[Predicate, Number], ...]
    otherwise: Number


@dataclass(frozen=True)
class Step(Named):
    """
    A number with a name of its own, computed once however often it is used.

    It means what ``number`` means; an engine computes it as a column before the rules that use it.
    """

    number: Number


@dataclass(frozen=True)
class Comparison(Predicate):
    """``left operator right`` with operator ``<``, ``<=``, ``=``, ``>=`` or ``>``."""

    operator: str
    left: Number
    right: Number


@dataclass(frozen=True)
class Member(Predicate):
    """The number is one of a fixed set; no number is a member of the empty set."""

    number: Number
    values: tuple[int, ...]


@dataclass(frozen=True)
class HasBits(Predicate):
    """The number, read as flags, shares at least one flag with the mask."""

    number: Number
    mask: Number


@dataclass(frozen=True)
class Known(Predicate):
    """The number is not missing."""

    number: Number


@dataclass(frozen=True)
class AllOf(Predicate):
    """Every part holds; true when there is no part."""

    parts: tuple[Predicate, ...]


@dataclass(frozen=True)
class AnyOf(Predicate):
    """At least one part holds; false when there is no part."""

    parts: tuple[Predicate, ...]


@dataclass(frozen=True)
class Not(Predicate):
    """The part does not hold."""

    part: Predicate


def all_of(*parts: Predicate) -> AllOf:
    """Every part holds."""
    return AllOf(parts)


def any_of(*parts: Predicate) -> AnyOf:
    """At least one part holds."""
    return AnyOf(parts)
