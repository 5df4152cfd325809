"""
Conditions over named measures, as people write them: what the editor shows and a pack says.

A measure that is missing meets no condition, nor its opposite, unless the condition says so.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Limit:
    """
    A measure compared with a whole number by ``>= > <= < = !=``.

    ``to_confirm`` marks a limit that no source gives.  ``firm`` limits are never eased when a
    level is kept.  ``missing_met`` lets a missing measure meet it.  ``local`` are cities with a
    number of their own, by code (T21); ``of_city`` names the city whose number ``value`` is, once
    rules are read as a city has them.
    """

    measure: str
    operator: str
    value: int
    to_confirm: bool = False
    firm: bool = False
    missing_met: bool = False
    local: tuple[tuple[str, int], ...] = ()
    of_city: str = ""

    @property
    def own_numbers(self) -> Mapping[str, int]:
        """The numbers of cities that have their own, by code."""
        return dict(self.local)

    def at_city(self, city: str) -> "Limit":
        """Return the limit as it holds in a city."""
        own = self.own_numbers.get(city)
        if own is None:
            return replace(self, local=())
        return replace(self, value=own, local=(), of_city=city)


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
