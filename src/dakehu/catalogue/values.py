"""Values of the catalogue: what a service is, what a level is promised, and what callers get."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from dakehu.catalogue.choices import (
    Cycle,
    Dispatch,
    Form,
    Handler,
    Mode,
    Occasion,
    Offer,
    Population,
)
from dakehu.clocks.choices import ClockKind
from dakehu.clocks.values import Standard

LOWEST_PRIORITY = 9


@dataclass(frozen=True)
class PromisedTime:
    """A promised time; of several standards the one that is due earliest counts (C13)."""

    kind: ClockKind
    standards: tuple[Standard, ...]


@dataclass(frozen=True)
class Frequency:
    """At least so often in every period; ``goal`` is what is aimed at where a range is named."""

    least: int
    goal: int
    cycle: Cycle
    population: Population = Population.ALL
    form: Form | None = None


@dataclass(frozen=True)
class Coverage:
    """What share of the customers of a level has the service, in per cent."""

    percent: int
    population: Population = Population.ALL


@dataclass(frozen=True)
class FormRule:
    """By what customers are reached on an occasion."""

    occasion: Occasion
    forms: tuple[Form, ...]
    population: Population = Population.ALL


@dataclass(frozen=True)
class Handling:
    """Who takes a request, and how an engineer is sent (R1 to R6)."""

    modes: tuple[Mode, ...]
    handler: Handler
    dispatch: Dispatch
    same_engineer: bool = False


@dataclass(frozen=True)
class Terms:
    """What one level of a scheme is promised of one service, in words and in numbers."""

    offer: Offer = Offer.GIVEN
    text: str = ""
    text_en: str = ""
    times: tuple[PromisedTime, ...] = ()
    frequency: Frequency | None = None
    coverage: tuple[Coverage, ...] = ()
    limit_months: int | None = None
    priority: int | None = None
    forms: tuple[FormRule, ...] = ()
    handling: Handling | None = None


@dataclass(frozen=True)
class Advance:
    """How long before a launch channels are told, and whether they are trained by then (O11)."""

    days: int
    working: bool = False
    trained: bool = True


@dataclass(frozen=True)
class Body:
    """A service in one version: what it is, who does it, and the terms by scheme and rank."""

    content: str = ""
    content_en: str = ""
    work: str = ""
    work_en: str = ""
    recipients: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    leading: tuple[str, ...] = ()
    supporting: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    depth: int = 1
    # From how many of the same kind on it is a batch (C3).
    minimum: int | None = None
    advance: Advance | None = None
    # Which services' requests the times are promised for too (R1 to R4).
    covers: tuple[str, ...] = ()
    standards: Mapping[str, Mapping[int, Terms]] = field(default_factory=dict)


@dataclass(frozen=True)
class Published:
    """A published version without its body: which service, which number, from which day on."""

    pk: int
    service: str
    number: int
    active_from: str
    digest: str


@dataclass(frozen=True)
class Held:
    """Where a customer stands: scheme, rank, and the name of the level."""

    scheme: str
    rank: int
    level: str


@dataclass(frozen=True)
class Promise:
    """A time promised to a customer; ``source`` says by which standard, level and version."""

    kind: ClockKind
    standard: Standard
    source: str
    priority: int


@dataclass(frozen=True)
class Recurring:
    """Something owed to a customer again and again, by which standard, level and version."""

    service: str
    scheme: str
    rank: int
    frequency: Frequency
    source: str


@dataclass(frozen=True)
class CoverageTarget:
    """A share to be reached among the customers of some levels, by which standard and version."""

    service: str
    scheme: str
    ranks: tuple[int, ...]
    coverage: Coverage
    source: str


@dataclass(frozen=True)
class Limit:
    """For how many months at most something is given, by which standard, level and version."""

    months: int
    source: str


@dataclass(frozen=True)
class Entitlement:
    """What a customer is entitled to of one service by one of its standings."""

    service: str
    held: Held
    version: int
    terms: Terms
