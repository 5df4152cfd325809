"""What hangs on customers: an upper app tells a lower one what a change of owner concerns.

An app registers in its ``apps.ready()``::

    dependants.register(
        Dependant("alerts", _("Alerts that hold"), "alarm", _("They follow …"), count, 20)
    )

Whoever asks before customers change hands shows each with its number and its rule.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise

# Counts what hangs on the customers whose numbers the query gives.
Counting = Callable[[QuerySet[Any]], int]


@dataclass(frozen=True)
class Dependant:
    """One kind of thing that hangs on customers, and what becomes of it, in words."""

    name: str
    title: str | Promise
    icon: str
    rule: str | Promise
    count: Counting
    order: int = 100


_dependants: dict[str, Dependant] = {}


def register(dependant: Dependant) -> None:
    """Add ``dependant``; a second registration of its name replaces the first."""
    _dependants[dependant.name] = dependant


def dependants() -> tuple[Dependant, ...]:
    """Return all that may hang on customers, in order."""
    return tuple(sorted(_dependants.values(), key=lambda each: each.order))
