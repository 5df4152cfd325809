"""
Say why a predicate held or did not: every part, with the values it saw.

A finding is a frozen value of codes and numbers; the words are made where it is shown.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from dakehu.rulekit import expressions as ex
from dakehu.rulekit.evaluation import Row
from dakehu.rulekit.walking import named_in, parts_of


class Sort(StrEnum):
    """What kind of statement a finding speaks about."""

    ALL = "all"
    ANY = "any"
    NOT = "not"
    COMPARISON = "comparison"
    MEMBER = "member"
    BITS = "bits"
    KNOWN = "known"


@dataclass(frozen=True)
class Seen:
    """One named number and the value it had; ``None`` when it was missing."""

    name: str
    value: int | None


@dataclass(frozen=True)
class Finding:
    """
    One statement: whether it held and what it compared.

    ``left`` and ``right`` are the numbers it speaks about, ``operator`` how they were compared;
    ``seen`` are the inputs and parameters that stand in it, in the order of writing, each once.
    """

    sort: Sort
    held: bool
    operator: str = ""
    left: int | None = None
    right: int | None = None
    seen: tuple[Seen, ...] = ()
    parts: tuple["Finding", ...] = ()


def explain(predicate: ex.Predicate, row: Row) -> Finding:
    """
    Evaluate ``predicate`` on ``row`` and keep what every part saw.

    :raises KeyError: if the expression names an input or parameter the row does not have.
    """
    held = row.holds(predicate)
    match predicate:
        case ex.AllOf(parts):
            return Finding(Sort.ALL, held, parts=tuple(explain(part, row) for part in parts))
        case ex.AnyOf(parts):
            return Finding(Sort.ANY, held, parts=tuple(explain(part, row) for part in parts))
        case ex.Not(part):
            return Finding(Sort.NOT, held, parts=(explain(part, row),))
        case _:
            return _of_numbers(predicate, row, held)


_SORTS: Mapping[type[ex.Predicate], Sort] = MappingProxyType(
    {
        ex.Comparison: Sort.COMPARISON,
        ex.HasBits: Sort.BITS,
        ex.Member: Sort.MEMBER,
        ex.Known: Sort.KNOWN,
    }
)


def _of_numbers(predicate: ex.Predicate, row: Row, held: bool) -> Finding:
    numbers = [part for part in parts_of(predicate) if isinstance(part, ex.Number)]
    values = [row.value(number) for number in numbers]
    return Finding(
        _SORTS[type(predicate)],
        held,
        operator=predicate.operator if isinstance(predicate, ex.Comparison) else "",
        left=values[0],
        right=values[1] if len(values) > 1 else None,
        seen=seen_in(*numbers, row=row),
    )


def seen_in(*numbers: ex.Number, row: Row) -> tuple[Seen, ...]:
    """The inputs and parameters that stand in ``numbers``, each once, with their values."""
    named = dict.fromkeys(leaf for number in numbers for leaf in named_in(number))
    return tuple(Seen(leaf.name, row.value(leaf)) for leaf in named)
