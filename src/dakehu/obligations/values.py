"""Values of obligations: periods, stretches of a promise, plans, coverage."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Span:
    """A period: its first day, and the day after its last."""

    start: date
    end: date

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.end - self.start).days

    @property
    def last(self) -> date:
        """Its last day."""
        return date.fromordinal(self.end.toordinal() - 1)


@dataclass(frozen=True)
class Stretch:
    """So many times in a whole period were promised from ``start`` until before ``end``."""

    start: date
    end: date
    least: int


@dataclass(frozen=True)
class Slot:
    """A stretch of days in which one act is to be planned, and where."""

    first: date
    last: date
    place: int


@dataclass(frozen=True)
class Covered:
    """How far a share is reached: the population, those with the service, how many it takes."""

    population: int
    covered: int
    target: int
    percent: int

    @property
    def missing(self) -> int:
        """How many more customers it takes."""
        return max(self.target - self.covered, 0)

    @property
    def reached(self) -> bool:
        """Whether the target is reached."""
        return self.covered >= self.target


@dataclass(frozen=True)
class Refreshed:
    """What a refresh did."""

    customers: int = 0
    opened: int = 0
    changed: int = 0
    missed: int = 0
    asked: int = 0
