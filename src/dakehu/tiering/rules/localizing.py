"""
Limits of cities: rules as one city has them, and numbers of a city put into rules (T21).

A city's own number stands in the comparison itself, so that it moves, is drafted, published and
compared with the rule set it belongs to.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from dakehu.tiering.rules.compiling import leaves_of
from dakehu.tiering.values import (
    Body,
    CardNumbers,
    Condition,
    Either,
    Every,
    LevelRule,
    Limit,
    Opposite,
    TierRules,
)

LimitChange = Callable[[Limit, int], Limit]


@dataclass(frozen=True)
class PlacedLimit:
    """A limit of rules: the rank of its level, and which of the level's comparisons it is."""

    rank: int
    position: int
    limit: Limit

    @property
    def key(self) -> str:
        """What tells it from the others of the same rules."""
        return f"{self.rank}-{self.position}"


def limits_in(rules: TierRules) -> Iterator[PlacedLimit]:
    """Yield the limits of rules from the top, each with its place."""
    for level in rules.levels:
        for position, leaf in enumerate(leaves_of(level.when)):
            if isinstance(leaf, Limit):
                yield PlacedLimit(level.rank, position, leaf)


def cities_in(conditions: Iterable[Condition | None]) -> tuple[str, ...]:
    """Return the cities that have numbers of their own in conditions, in order."""
    limits = (leaf for each in conditions for leaf in leaves_of(each) if isinstance(leaf, Limit))
    return tuple(sorted({city for limit in limits for city, _ in limit.local}))


def cities_of(body: Body) -> tuple[str, ...]:
    """Return the cities that have numbers of their own, in order."""
    if isinstance(body, CardNumbers):
        return body.cities
    return cities_in(level.when for level in body.levels)


def names_cities(body: Body | None) -> bool:
    """Tell whether rules have numbers of single cities."""
    return body is not None and bool(cities_of(body))


def rules_at(rules: TierRules, city: str | None) -> TierRules:
    """Return rules as they hold in a city; without one as they hold where nobody has their own."""
    levels = tuple(
        level if level.when is None else LevelRule(level.rank, condition_at(level.when, city))
        for level in rules.levels
    )
    return replace(rules, levels=levels)


def condition_at(condition: Condition, city: str | None) -> Condition:
    """Return a condition as it holds in a city."""
    return replaced(condition, lambda limit, _position: limit.at_city(city or ""))


def with_own(rules: TierRules, city: str, numbers: Mapping[str, int]) -> TierRules:
    """
    Return rules in which a city has exactly these limits of its own, by :attr:`PlacedLimit.key`.

    A number that is the province's is none of its own.
    """
    levels = []
    for level in rules.levels:

        def own(limit: Limit, position: int, rank: int = level.rank) -> Limit:
            others = {name: n for name, n in limit.local if name != city}
            number = numbers.get(f"{rank}-{position}")
            if number is not None and number != limit.value:
                others[city] = number
            return replace(limit, local=tuple(sorted(others.items())))

        when = None if level.when is None else replaced(level.when, own)
        levels.append(LevelRule(level.rank, when))
    return replace(rules, levels=tuple(levels))


def replaced(condition: Condition, change: LimitChange) -> Condition:
    """Return a condition whose limits are changed, each told its position among the leaves."""
    positions = iter(range(len(list(leaves_of(condition)))))

    def walked(part: Condition) -> Condition:
        match part:
            case Every(parts):
                return Every(tuple(walked(each) for each in parts))
            case Either(parts):
                return Either(tuple(walked(each) for each in parts))
            case Opposite(inner):
                return Opposite(walked(inner))
        position = next(positions)
        return change(part, position) if isinstance(part, Limit) else part

    return walked(condition)
