"""
Conditions over named measures, as people write them: what the editor shows and a pack says.

A measure that is missing meets no condition, nor its opposite, unless the condition says so.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Limit:
    """
    A measure compared with a whole number by ``>= > <= < = !=``.

    ``to_confirm`` marks a limit that no source gives.  ``firm`` limits are never eased when a
    level is kept.  ``missing_met`` lets a missing measure meet it.
    """

    measure: str
    operator: str
    value: int
    to_confirm: bool = False
    firm: bool = False
    missing_met: bool = False


@dataclass(frozen=True)
class OneOf:
    """A measure is one of some values; words for text measures, numbers for others."""

    measure: str
    values: tuple[str | int, ...]
    to_confirm: bool = False
    missing_met: bool = False


@dataclass(frozen=True)
class IsKnown:
    """A measure is not missing."""

    measure: str


@dataclass(frozen=True)
class Every:
    """All parts are met."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True)
class Either:
    """At least one part is met."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True)
class Opposite:
    """The part is known and not met."""

    part: "Condition"


Leaf = Limit | OneOf | IsKnown
Condition = Leaf | Every | Either | Opposite
