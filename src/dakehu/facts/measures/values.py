"""What a measure is: of whom it speaks and where its figure comes from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from dakehu.facts.interfaces import GROUP, GROUP_MONTH, MONTH, SUBSCRIBER, USAGE, Interface, Kind

MOST_MONTHS = 36
MOST_DAYS = 366


class Subject(StrEnum):
    """Of whom a measure speaks."""

    GROUP = "GROUP"
    INDIVIDUAL = "INDIVIDUAL"

    @property
    def profile(self) -> Interface:
        """The interface whose newest row describes the customer."""
        return GROUP if self is Subject.GROUP else SUBSCRIBER

    @property
    def months(self) -> Interface:
        """The interface of the customer's months."""
        return GROUP_MONTH if self is Subject.GROUP else MONTH

    @property
    def owner_kind(self) -> str:
        """What subscriptions and service records call such a customer."""
        return "group" if self is Subject.GROUP else "subscriber"


class Fold(StrEnum):
    """How the figures of several months or days become one; a mean is rounded down."""

    SUM = "sum"
    MEAN = "mean"
    MAX = "max"
    MIN = "min"
    NEWEST = "newest"
    COUNT = "count"


class Gaps(StrEnum):
    """What a month means that nobody told of: it is left out, or it counts 0."""

    SKIP = "skip"
    ZERO = "zero"


@dataclass(frozen=True)
class Newest:
    """A column of the newest row about the customer; ``as_number`` reads a text as a number."""

    column: str
    as_number: bool = False


@dataclass(frozen=True)
class Age:
    """Days from a date of the newest row to the run day; ``ahead`` counts the other way."""

    column: str
    ahead: bool = False


@dataclass(frozen=True)
class Monthly:
    """
    A column of the whole months before the data day's month, folded.

    With gaps skipped the measure is missing where fewer than ``least`` months are known.
    """

    column: str
    fold: Fold
    months: int
    least: int = 1
    gaps: Gaps = Gaps.SKIP


@dataclass(frozen=True)
class Daily:
    """A usage column of the last ``days`` days, folded; nothing told is nothing used."""

    column: str
    fold: Fold
    days: int


@dataclass(frozen=True)
class Held:
    """How many different products the customer holds on the data day; of ``products`` if named."""

    products: tuple[str, ...] = ()


@dataclass(frozen=True)
class Served:
    """How many acts of service were recorded in the last ``days`` days."""

    days: int


@dataclass(frozen=True)
class Silence:
    """Days since the last recorded act of service; missing if there never was one."""


@dataclass(frozen=True)
class Recorded:
    """What people recorded in Dakehu under the measure's code."""


@dataclass(frozen=True)
class Share:
    """``top`` × ``scale`` ÷ ``base`` of two other measures; missing over a base of nothing."""

    top: str
    base: str
    scale: int = 100


@dataclass(frozen=True)
class Difference:
    """``top`` − ``base`` of two other measures; missing where either is."""

    top: str
    base: str


Derived = Share | Difference
Source = Newest | Age | Monthly | Daily | Held | Served | Silence | Recorded | Derived


@dataclass(frozen=True)
class Measure:
    """One measure: its name in rules and columns, of whom it speaks, where it comes from."""

    code: str
    subject: Subject
    source: Source

    @property
    def column(self) -> str:
        """Its quoted column; a code may be a word of SQL."""
        return f'"{self.code}"'

    @property
    def is_text(self) -> bool:
        """Whether its values are words, which rules can only look up in lists."""
        if not isinstance(self.source, Newest) or self.source.as_number:
            return False
        return self.subject.profile.column(self.source.column).kind is Kind.TEXT


@dataclass(frozen=True)
class Known:
    """
    What the records know beside the files, by customer number.

    ``recorded`` gives the values of :class:`Recorded` measures by code.  ``added`` are customers
    no file tells of (prospects), as rows of the profile's columns.  ``left_out`` are numbers that
    files still tell of and nobody evaluates (former, merged and removed customers). With ``only``
    nobody else than these is measured.
    """

    recorded: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    added: Sequence[Mapping[str, Any]] = ()
    left_out: frozenset[str] = frozenset()
    only: frozenset[str] | None = None


def trouble_with(measure: Measure) -> str:
    """Return what is wrong with where a measure comes from, as a code; empty if nothing is."""
    match measure.source:
        case Newest() | Age():
            return _trouble_of_newest(measure.subject, measure.source)
        case Monthly(column, _, months, least, _):
            found = _column(measure.subject.months, column)
            if found is None or found.kind is not Kind.INTEGER:
                return "column"
            return "" if 1 <= least <= months <= MOST_MONTHS else "window"
        case Daily(column, fold, days):
            found = _column(USAGE, column) if measure.subject is Subject.INDIVIDUAL else None
            if found is None or found.kind is not Kind.INTEGER:
                return "column"
            if fold in {Fold.NEWEST, Fold.MEAN}:
                return "fold"
            return "" if 1 <= days <= MOST_DAYS else "window"
        case Served(days):
            return "" if days >= 1 else "window"
        case Share(_, _, scale):
            return "" if scale >= 1 else "scale"
    return ""


def _trouble_of_newest(subject: Subject, source: Newest | Age) -> str:
    found = _column(subject.profile, source.column)
    if found is None:
        return "column"
    if isinstance(source, Age):
        return "" if found.kind is Kind.DATE else "column"
    is_wanted = found.kind is Kind.TEXT or (found.kind is Kind.INTEGER and not source.as_number)
    return "" if is_wanted else "column"


def _column(interface: Interface, name: str) -> Any:
    return next((each for each in interface.columns if each.name == name), None)


def columns_for(subject: Subject, form: str) -> tuple[str, ...]:
    """
    Return the delivered columns that measures of a form can come from.

    ``form`` is ``newest``, ``age``, ``monthly`` or ``daily``.
    """
    interface = {
        "newest": subject.profile,
        "age": subject.profile,
        "monthly": subject.months,
        "daily": USAGE,
    }[form]
    wanted = {"newest": {Kind.TEXT, Kind.INTEGER}, "age": {Kind.DATE}}.get(form, {Kind.INTEGER})
    hidden = {"sub_id", "group_no", "name", "msisdn", "address", "city_id"}
    return tuple(
        each.name for each in interface.columns if each.kind in wanted and each.name not in hidden
    )
