"""
What customers may see of their own matters by a link, told by the app that keeps the matter (CH7).

An app registers in its ``apps.ready()``::

    progress.register(progress.Matter("case", case_progress))

The page is public: whoever holds the link sees it. What an app tells there bears no names and no
numbers of people, and nothing that was written within the house.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Stop:
    """One step on the way; ``at`` is None for one that is still to come."""

    words: Any
    at: datetime | None = None


@dataclass(frozen=True)
class Told:
    """Something that the customer was told on the way."""

    at: datetime
    words: str


@dataclass(frozen=True)
class Progress:
    """Where a matter stands: what it is, its number, its state, the steps, what was told."""

    kind: Any
    number: str
    subject: str
    state: Any
    tone: str
    stops: tuple[Stop, ...]
    told: tuple[Told, ...] = ()
    due_at: datetime | None = None


def never(_pk: int) -> int:
    """Return how often a matter was given to another customer, of a kind that never is."""
    return 0


@dataclass(frozen=True)
class Matter:
    """A kind of matter: its letters in links, and where one of them stands; None if it is gone.

    ``given_away`` tells how often one was given to another customer: a link that the former one
    holds opens nothing afterwards.
    """

    code: str
    progress: Callable[[int], Progress | None]
    given_away: Callable[[int], int] = never


_matters: dict[str, Matter] = {}


def register(matter: Matter) -> None:
    """Let customers follow a kind of matter; a second registration replaces the first."""
    _matters[matter.code] = matter


def progress_of(code: str, pk: int) -> Progress | None:
    """Return where a matter stands; None if there is none."""
    matter = _matters.get(code)
    return matter.progress(pk) if matter else None


def edition_of(code: str, pk: int) -> int:
    """Return how often a matter was given to another customer."""
    matter = _matters.get(code)
    return matter.given_away(pk) if matter else 0
