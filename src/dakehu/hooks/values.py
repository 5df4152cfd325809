"""Values of telling other systems."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Happened:
    """What happened to which version of which object; ``number`` is how people call it."""

    kind: str
    subject: str
    pk: int
    number: str
    version: int
    unit_id: int
    at: datetime


@dataclass(frozen=True)
class People:
    """Who is behind an object, and whether that is for the own channels alone (CH15)."""

    told: Mapping[str, Any]
    is_key: bool


@dataclass(frozen=True)
class HookSubject:
    """A kind of object that other systems hear of: who is behind one, and its page."""

    name: str
    people: Callable[[int], People | None]
    url: Callable[[int], str]


@dataclass(frozen=True)
class SubscriptionDraft:
    """What somebody wants another system to be told."""

    name: str
    url: str
    kinds: frozenset[str]
    unit: Any
    with_people: bool
    is_partner: bool
    note: str


@dataclass(frozen=True)
class Period:
    """From when on, and until when."""

    since: datetime
    until: datetime
