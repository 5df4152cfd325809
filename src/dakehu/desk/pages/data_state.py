"""How fresh the data are: the newest evaluated day, and which cities are late (F5, F7)."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from dakehu.exchange.queries.facts import delivered_cities, newest_evaluation
from dakehu.people.queries import cities_within

LOOK_BACK = timedelta(days=14)


@dataclass(frozen=True)
class LateCity:
    """A city whose usage of the newest day is missing; ``since`` is the last day it sent."""

    name: str
    since: date | None


@dataclass(frozen=True)
class DataState:
    """The newest evaluated data day, and the cities within reach that are late for it."""

    day: date | None
    cities: int
    late: tuple[LateCity, ...]

    @property
    def delivered(self) -> int:
        """How many of the cities within reach have delivered."""
        return self.cities - len(self.late)


def data_state(actor: Any) -> DataState:
    """Return how fresh the data are that the actor works with."""
    newest = newest_evaluation()
    within = cities_within(actor)
    if newest is None:
        return DataState(day=None, cities=len(within), late=())
    delivered = delivered_cities(newest.day - LOOK_BACK, newest.day)
    late = tuple(
        LateCity(city.name, last_day(code, delivered))
        for code, city in within.items()
        if code not in delivered.get(newest.day, frozenset())
    )
    return DataState(day=newest.day, cities=len(within), late=late)


def last_day(code: str, delivered: dict[date, frozenset[str]]) -> date | None:
    """Return the newest day that a city delivered; None if it is longer ago than was looked."""
    return max((day for day, codes in delivered.items() if code in codes), default=None)
