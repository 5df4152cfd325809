"""
The numbers of the individual card level and what a decision on one says.

Amounts are fen (1/100 yuan), terms are days, shares are per cent.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

OwnNumbers = tuple[tuple[str, tuple[tuple[str, int], ...]], ...]
"""Numbers that single cities have of their own: (city, (name, number) …) …, in order."""


@dataclass(frozen=True)
class CardNumbers:
    """
    The limits and guards of the card level; the defaults are those shipped.

    ``limit_1`` to ``limit_4`` are the average monthly revenues from which level 1 to 4 is due;
    ``local`` are numbers that cities have of their own (T21).
    """

    version: int = 1
    limit_1: int = 5_000
    limit_2: int = 10_000
    limit_3: int = 20_000
    limit_4: int = 40_000
    months: int = 3
    new_tenure_days: int = 90
    new_level_cap: int = 2
    arrears_days: int = 60
    keep_percent: int = 90
    local: OwnNumbers = ()

    @property
    def parameters(self) -> dict[str, int]:
        """The numbers of the province by name."""
        return {name: getattr(self, name) for name in CARD_NUMBERS}

    @property
    def cities(self) -> tuple[str, ...]:
        """The cities that have numbers of their own, in order."""
        return tuple(city for city, _ in self.local)

    def own_of(self, city: str | None) -> Mapping[str, int]:
        """Return the numbers that a city has of its own, by name."""
        return dict(dict(self.local).get(city or "", ()))

    def at_city(self, city: str | None) -> "CardNumbers":
        """Return the numbers as they hold in a city; without one those of the province."""
        return replace(self, **self.own_of(city), local=())

    def with_own(self, city: str, numbers: Mapping[str, int]) -> "CardNumbers":
        """
        Return numbers of which a city has exactly these of its own.

        One that is the province's is none of its own.
        """
        own = {name: n for name, n in numbers.items() if n != getattr(self, name)}
        others = {name: rest for name, rest in self.local if name != city}
        found = {**others, city: tuple(sorted(own.items()))} if own else others
        return replace(self, local=tuple(sorted(found.items())))


CARD_NUMBERS = tuple(
    each.name for each in fields(CardNumbers) if each.name not in {"version", "local"}
)
"""The names of the numbers that people set."""


@dataclass(frozen=True)
class CardDecision:
    """
    One card level with what decided it.

    ``by_revenue`` is the level the average alone gives; ``capped``, ``lowered`` and ``kept`` say
    whether the cap for new subscribers, the arrears or the hysteresis changed it.  ``limit`` is
    the limit of the level by revenue (0 for level 0).
    """

    old_level: int
    new_level: int
    avg3: int
    arr: int
    tenure: int | None
    by_revenue: int
    limit: int
    capped: bool
    lowered: bool
    kept: bool
    version: int
