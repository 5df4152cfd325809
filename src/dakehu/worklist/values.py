"""What another context hands in when it asks somebody to do something."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Ask:
    """One thing to be done: what it is about, for whom, how soon (P7).

    ``facts`` are plain values for the wording, never personal data. ``owner_id`` None leaves it
    to the unit until somebody hands it out. ``at_hand`` are those of its records that have been
    read anyway, by the names of a to-do's fields: the log then need not ask what they are called.
    """

    source_id: int
    facts: Mapping[str, int | str]
    customer_id: int | None
    owner_id: int | None
    unit_id: int
    urgency: int
    due_date: date | None
    at_hand: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class TodoCounts:
    """How much a person has to do: all that is open, what is due on the day, what is overdue."""

    open: int
    due: int
    overdue: int


@dataclass(frozen=True)
class WorkCount:
    """How many entries of the work log, and how many minutes, a class or a person has (P10)."""

    named: Any
    count: int
    minutes: int
