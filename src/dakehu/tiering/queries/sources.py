"""
Where the facts lie that evaluations read.

Which facts are live is known on a floor above; it says so once, when it starts.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from dakehu.facts.engine import EngineLimits
from dakehu.facts.rows import Sources
from dakehu.facts.store import FactStore


@dataclass(frozen=True)
class Facts:
    """The fact store, how much of the machine to use, and what is live as of a day."""

    store: FactStore
    limits: EngineLimits
    sources: Sources


@dataclass(frozen=True)
class Provider:
    """How to find the facts of a day, the newest day that has any, and the store."""

    facts: Callable[[date], Facts]
    newest_day: Callable[[], date | None]
    store: Callable[[], FactStore]


_providers: list[Provider] = []


def register_provider(provider: Provider) -> None:
    """Say where facts are found; the last one said counts."""
    _providers[:] = [provider]


def facts_of(day: date) -> Facts:
    """Return the facts as of a data day."""
    return _providers[0].facts(day)


def newest_day() -> date | None:
    """Return the newest data day that has facts; None before the first delivery."""
    return _providers[0].newest_day()


def store() -> FactStore:
    """Return the fact store."""
    return _providers[0].store()
