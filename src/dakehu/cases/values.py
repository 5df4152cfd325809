"""Values of the service desk."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
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
