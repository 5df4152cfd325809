"""Values of the outbox."""

from dataclasses import dataclass
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
class Limit:
    """How many messages of a purpose a customer gets within how many days; 0 is no limit."""

    most: int
    days: int


@dataclass(frozen=True)
class Hours:
    """Between which hours of the day messages that are not asked for may leave."""

    first: int
    last: int
