"""Values of care: stops of a day, what a visit brought."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any


@dataclass(frozen=True)
class Stop:
    """One visit of a day as the route knows it; ``at`` None may be made at any time."""

    pk: int
    at: time | None
    minutes: int
    district: str
    street: str


@dataclass(frozen=True)
class Leg:
    """A stop at its place in the route: why it stands there, and whether times overlap."""

    stop: Stop
    reason: str
    clashes: bool = False


@dataclass(frozen=True)
class Party:
    """Whom of the customer's people one meets, and which colleagues come along; None: as it is."""

    people: Sequence[Any] | None = None
    companions: Sequence[Any] | None = None


AS_IT_IS = Party()


@dataclass(frozen=True)
class VisitReport:
    """What came of a visit: when and where it was, with which result, what is to follow."""

    happened_at: datetime
    minutes: int
    place: str
    result: str
    text: str
    opinion: str = ""
    satisfaction: int | None = None
    running_state: str = ""
    plans: str = ""
    counts_for: str = ""
    follow_up: str = ""
    follow_up_day: date | None = None


@dataclass(frozen=True)
class Proposed:
    """A greeting that is proposed: for whom, for what, on which day, in which form."""

    key: str
    customer_id: int
    contact_id: int | None
    kind: str
    title: str
    day: date
    form: str
    person: str = ""
    years: int = 0


@dataclass(frozen=True)
class Invited:
    """What inviting did: how many are new, were invited already, have left, or refused."""

    new: int = 0
    known: int = 0
    gone: int = 0
    refused: int = 0


@dataclass(frozen=True)
class Answer:
    """What somebody who is invited says: comes or not, for how many, what is to follow."""

    state: str
    seats: int = 1
    may_wait: bool = False
    note: str = ""
