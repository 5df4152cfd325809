"""Values of the outbox."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class NewMessage:
    """
    What is to be told to whom: the address ``to``, what it is about, and what for.

    ``source`` and ``source_id`` name what the message belongs to, such as a case.
    """

    way: str
    purpose: str
    text: str
    to: str
    customer: Any = None
    title: str = ""
    source: str = ""
    source_id: int | None = None


@dataclass(frozen=True)
class Letter:
    """What a gateway is given of a message; ``key`` is the same whenever it is tried again."""

    pk: int
    key: str
    to: str
    title: str
    text: str
    purpose: str


@dataclass(frozen=True)
class Limits:
    """
    How often a customer is contacted unasked within some days; 0 is no limit.

    ``together`` bounds marketing by everything else that was not asked for: promotion steps back
    where a customer was greeted, invited or surveyed often enough.
    """

    days: int
    care: int
    marketing: int
    together: int


@dataclass(frozen=True)
class Touch:
    """One contact: what for, when, of what matter; contacts about one matter count once."""

    purpose: str
    at: datetime
    matter: str


@dataclass(frozen=True)
class TooMany:
    """By which number one more contact is refused: that of its purpose, or that of all."""

    is_together: bool
    most: int
    days: int
    last_at: datetime


@dataclass(frozen=True)
class Wanted:
    """A contact that somebody is about to make: with which customer, what for, of what matter."""

    customer_id: int
    purpose: str
    matter: str


@dataclass(frozen=True)
class Hours:
    """Between which hours of the day messages that are not asked for may leave."""

    first: int
    last: int
