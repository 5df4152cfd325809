"""
What a rule may know about one subscriber on the last data day D: its named inputs.

A feature says where one whole number comes from: usage summed over a window, the row of D, the
newest row, the subscriber master, the months before, or the number of days a city delivered.
R = D + 1 is the day of the run.  Rules come to the engine as a :class:`Program`: the features they
read, the signals they raise and the sheets they fill.  Amounts are fen, times seconds, data kB.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from dakehu.facts.store import Partition
from dakehu.facts.windows import Window
from dakehu.rulekit.expressions import Choose, Input, Literal, Number, Predicate, Total

CALLS = Total((Input("out_calls"), Input("in_calls")))
"""Calls of one usage row, made and received."""

DERIVED: Mapping[str, Number] = MappingProxyType(
    {"zero_call_rows": Choose(((CALLS.equals(0), Literal(1)),), Literal(0))}
)
"""Figures of one usage row that are computed before they are summed."""


@dataclass(frozen=True)
class UsageSum:
    """The usage columns added up over the rows of a window; missing figures count 0."""

    name: str
    columns: tuple[str, ...]
    window: Window


@dataclass(frozen=True)
class DeliveredDays:
    """n(a,b): on how many days of the window the subscriber's city delivered its usage."""

    name: str
    window: Window


@dataclass(frozen=True)
class TodayValue:
    """A number of the row of D; missing when there is no row."""

    name: str
    number: Number


@dataclass(frozen=True)
class NewestAge:
    """How many days before D the newest row lies; missing when none is younger than ``days``."""

    name: str
    days: int


@dataclass(frozen=True)
class NewestStatus:
    """The status in the newest row of the last ``days`` days."""

    name: str
    days: int


@dataclass(frozen=True)
class MasterValue:
    """A number of the subscriber master."""

    name: str
    column: str


@dataclass(frozen=True)
class CityNumber:
    """Which of some cities the subscriber master names, counted from 1; 0 for any other."""

    name: str
    cities: tuple[str, ...]


@dataclass(frozen=True)
class DaysSince:
    """R − a date of the subscriber master, in days."""

    name: str
    column: str


@dataclass(frozen=True)
class DaysUntil:
    """A date of the subscriber master − R, in days."""

    name: str
    column: str


@dataclass(frozen=True)
class DaysSinceWindowBegan:
    """R − the first day of a window, in days; the same for everyone."""

    name: str
    window: Window


@dataclass(frozen=True, order=True)
class BirthdayAhead:
    """Whose birthday comes in ``days`` days: those born on this month and day of a calendar."""

    is_lunar: bool
    month: int
    day: int
    days: int


@dataclass(frozen=True)
class DaysToBirthday:
    """Days from R to the next birthday, for the birthdays listed; missing for all others."""

    name: str
    ahead: tuple[BirthdayAhead, ...]


class Gather(StrEnum):
    """How the figures of several months become one."""

    SUM = "sum"
    MAX = "max"


@dataclass(frozen=True)
class MonthFigure:
    """A figure of the whole months before D's month, gathered; missing months count 0."""

    name: str
    column: str
    gather: Gather
    months: int


Feature = (
    UsageSum
    | DeliveredDays
    | TodayValue
    | NewestAge
    | NewestStatus
    | MasterValue
    | CityNumber
    | DaysSince
    | DaysUntil
    | DaysSinceWindowBegan
    | DaysToBirthday
    | MonthFigure
)


@dataclass(frozen=True)
class SignalRule:
    """One warning: when it fires and the two numbers of its evidence."""

    code: str
    when: Predicate
    a: Number
    b: Number


@dataclass(frozen=True)
class Sheet:
    """One result table: whom it lists, and its columns beside ``sub_id``."""

    name: str
    when: Predicate
    columns: tuple[tuple[str, Number], ...]


@dataclass(frozen=True)
class Variant:
    """
    Other parameters for the subscribers of a city, at a level, or both (None: any).

    ``features`` are those that mean something else there, under the names of the program's own;
    ``parameters`` those that differ.  The level is the one the subscriber master names.
    """

    city: str | None
    level: int | None
    features: tuple[Feature, ...] = ()
    parameters: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Program:
    """
    Rules that read the same subscribers: their features, signals, sheets and parameters.

    Of the ``variants`` the first that fits a subscriber holds for them; they are all evaluated in
    the same pass.
    """

    features: tuple[Feature, ...]
    signals: tuple[SignalRule, ...] = ()
    sheets: tuple[Sheet, ...] = ()
    parameters: Mapping[str, int] = field(default_factory=dict)
    variants: tuple[Variant, ...] = ()

    @property
    def varying(self) -> tuple[str, ...]:
        """The parameters that any variant changes, in a fixed order."""
        return tuple(sorted({name for variant in self.variants for name in variant.parameters}))

    @property
    def alternates(self) -> Mapping[str, tuple[Feature, ...]]:
        """
        What variants put in the place of a feature, by its name: each meaning once.

        The meanings have names of their own, so that all of them stand beside each other.
        """
        found: dict[str, list[Feature]] = {}
        for variant in self.variants:
            for feature in variant.features:
                known = found.setdefault(feature.name, [])
                if feature not in known:
                    known.append(feature)
        return {
            name: tuple(
                replace(feature, name=f"{name}__{number}")
                for number, feature in enumerate(features, start=1)
            )
            for name, features in found.items()
        }

    def alternate(self, variant: Variant, name: str) -> str | None:
        """The name of what a variant puts in the place of a feature; None if nothing."""
        own = {feature.name: feature for feature in variant.features}
        for other in self.alternates.get(name, ()):
            if name in own and replace(own[name], name=other.name) == other:
                return other.name
        return None

    def computed(self) -> tuple[Feature, ...]:
        """Every feature that has to be worked out: the program's own, and the alternates."""
        others = (feature for features in self.alternates.values() for feature in features)
        return (*self.features, *others)

    def expressions(self) -> Iterator[Number | Predicate]:
        """Every expression of the program's signals and sheets."""
        for rule in self.signals:
            yield from (rule.when, rule.a, rule.b)
        for sheet in self.sheets:
            yield sheet.when
            yield from (number for _, number in sheet.columns)


def features_of(programs: Iterable[Program]) -> tuple[Feature, ...]:
    """
    The features of several programs and of their variants, each name once.

    :raises ValueError: if two programs mean different things by one name.
    """
    found: dict[str, Feature] = {}
    for program in programs:
        for feature in program.computed():
            if found.setdefault(feature.name, feature) != feature:
                raise ValueError(f"two meanings of the feature {feature.name}")
    return tuple(found.values())


def summed_columns(features: Iterable[Feature]) -> tuple[str, ...]:
    """The usage figures that any window sums, in a fixed order."""
    sums = (feature for feature in features if isinstance(feature, UsageSum))
    return tuple(sorted({column for feature in sums for column in feature.columns}))


def delivered_days(
    partitions: Iterable[Partition], window: Window, *, day: date
) -> Mapping[str, int]:
    """
    n(a,b) by city: days of the window with a live usage delivery, an empty one counting too.

    A city that is not in the answer delivered on no day of the window.
    """
    span = window.span(day)
    days: dict[str, set[date]] = {}
    for partition in partitions:
        if partition.interface == "usage" and partition.day in span:
            days.setdefault(partition.city, set()).add(partition.day)
    return {city: len(delivered) for city, delivered in days.items()}


def months_before(day: date, months: int) -> tuple[int, ...]:
    """The ``months`` whole months before ``day``'s month as YYYYMM, the newest first."""
    newest = day.year * 12 + day.month - 2
    counted = (newest - back for back in range(months))
    return tuple((each // 12) * 100 + each % 12 + 1 for each in counted)


def cities_of(partitions: Collection[Partition]) -> tuple[str, ...]:
    """The cities that ever delivered, in order."""
    return tuple(sorted({partition.city for partition in partitions}))
