"""Values of the service desk."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True)
class NewCase:
    """What is known when a case is opened; ``customer`` is None while the caller is unknown.

    ``lines`` are the rows of a batch. ``answer`` is what was told to the customer at once, and
    ``is_solved`` says that nothing is left to do.
    """

    kind: str
    channel: str
    text: str
    customer: Any = None
    subject: str = ""
    caller_name: str = ""
    caller_phone: str = ""
    product_code: str = ""
    lines: tuple["BatchLine", ...] = ()
    answer: str = ""
    is_solved: bool = False
    keep: bool = False


@dataclass(frozen=True)
class BatchLine:
    """One row of a batch: for which number, and what is to be done."""

    number: str
    wish: str = ""


@dataclass(frozen=True)
class Place:
    """Where a case stands in the working order, and by what."""

    priority: int
    due_at: datetime | None
    opened_at: datetime


@dataclass(frozen=True)
class Matter:
    """What two cases are compared by."""

    kind: str
    text: str
    is_open: bool
    opened_at: datetime


@dataclass(frozen=True)
class Stint:
    """A stretch of time; its end is exclusive."""

    start: datetime
    end: datetime

    @property
    def minutes(self) -> int:
        """How long it is."""
        return int((self.end - self.start).total_seconds() // 60)

    def touches(self, other: "Stint") -> bool:
        """Whether both share a moment."""
        return self.start < other.end and other.start < self.end

    def holds(self, other: "Stint") -> bool:
        """Whether the other lies within."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True)
class Need:
    """What a work order asks of whoever gets it.

    ``area`` is the way from the top of the tree of units to where the customer belongs;
    ``original`` whoever was there last; ``is_key`` that the customer is of an upper level (R6).
    """

    time: Stint
    skills: frozenset[str] = frozenset()
    area: tuple[int, ...] = ()
    original: int | None = None
    is_key: bool = False


@dataclass(frozen=True)
class Engineer:
    """Somebody who could get a work order, and what is known of their day.

    ``busy`` are the orders still to come, ``done`` those that are over and count as load alone.
    """

    key: int
    skills: frozenset[str] = frozenset()
    area: tuple[int, ...] = ()
    busy: tuple[Stint, ...] = ()
    done: tuple[Stint, ...] = ()
    away: tuple[Stint, ...] = ()
    works: tuple[Stint, ...] = ()


@dataclass(frozen=True)
class Judged:
    """An engineer with why they are proposed or passed over; ``lacking`` names missing skills."""

    key: int
    reasons: tuple[str, ...]
    is_able: bool
    load: int
    lacking: tuple[str, ...] = ()


@dataclass(frozen=True)
class Proposal:
    """Whom to send, if anybody can go, and everybody in the order of their fitness."""

    chosen: int | None
    judged: tuple[Judged, ...]


@dataclass(frozen=True)
class Plan:
    """What a work order says: what for, where, when, and what it takes."""

    subject: str
    place: str
    starts_at: datetime
    ends_at: datetime
    skills: tuple[str, ...] = ()
    contact: str = ""
    phone: str = ""
    afterwards: str = ""


@dataclass(frozen=True)
class Talk:
    """Something said to the customer, or noted within.

    ``kind`` is the kind of act; ``answers`` names what the act answers beyond the first response.
    """

    kind: str
    text: str
    answers: tuple[str, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Done:
    """What was done on a case, for its timeline; internal unless the customer heard of it."""

    kind: str
    text: str = ""
    is_internal: bool = True
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Passing:
    """To whom a case goes, or into the queue of which team, and what they should know."""

    owner: Any = None
    unit: Any = None
    reason: str = ""


@dataclass(frozen=True)
class Span:
    """Some days, both ends included."""

    first: date
    last: date


@dataclass(frozen=True)
class Asked:
    """Of what figures are wanted: which days, in which steps, of a kind, a product, a unit."""

    first: date
    last: date
    step: str
    kind: str = ""
    product: str = ""
    unit: Any = None


@dataclass(frozen=True)
class Figures:
    """What is counted of some requests."""

    total: int = 0
    closed: int = 0
    complaints: int = 0
    repeats: int = 0
    faults: int = 0

    def __add__(self, other: "Figures") -> "Figures":
        return Figures(
            self.total + other.total,
            self.closed + other.closed,
            self.complaints + other.complaints,
            self.repeats + other.repeats,
            self.faults + other.faults,
        )
