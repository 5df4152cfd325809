"""What clocks tell once it is stored: notices that were raised, and those that ask no more."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True)
class NoticeFacts:
    """One notice of a clock: what it is about, of whom it asks, when it was due.

    ``stage`` is one of :class:`~dakehu.clocks.choices.Stage`; ``name`` is what the subject is
    called, never personal data.
    """

    notice_id: int
    clock_id: int
    subject: str
    subject_id: int
    name: str
    kind: str
    stage: int
    customer_id: int | None
    owner_id: int | None
    unit_id: int
    due_day: date


@dataclass(frozen=True)
class ClockWarned:
    """Four fifths of promised times have run off."""

    notices: tuple[NoticeFacts, ...]
    at: datetime


@dataclass(frozen=True)
class ClockBreached:
    """Deadlines have gone by."""

    notices: tuple[NoticeFacts, ...]
    at: datetime


@dataclass(frozen=True)
class ClockEscalated:
    """Promises are overdue by one or more full periods."""

    notices: tuple[NoticeFacts, ...]
    at: datetime


@dataclass(frozen=True)
class NoticesSettled:
    """Notices ask nobody any more: their clocks were stopped, withdrawn or corrected."""

    notice_ids: tuple[int, ...]
    at: datetime


@dataclass(frozen=True)
class ClocksHandedOver:
    """Clocks got another owner; ``notice_ids`` are the warnings that ask their former one."""

    notice_ids: tuple[int, ...]
    owner: Any
    by: Any
    at: datetime


@dataclass(frozen=True)
class ClocksMoved:
    """Corrections, or a change of a calendar, moved deadlines of things of one kind."""

    subject: str
    subject_ids: tuple[int, ...]
    at: datetime
