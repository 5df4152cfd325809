"""
Where an opportunity comes from: an upper app leads to the intake and hears what was made.

An app registers in its ``apps.ready()``; its link names the origin and the number of the thing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from dakehu.opportunities.values import Begun

if TYPE_CHECKING:
    from dakehu.opportunities.models import Opportunity
    from dakehu.people.models import Staff


@dataclass(frozen=True)
class Origin:
    """
    Where opportunities come from.

    ``begin`` returns what is known before somebody types, and refuses as a page does whoever does
    not reach the thing; ``made`` is told in the transaction that keeps the opportunity.
    """

    code: str
    begin: "Callable[[Any, int], Begun]"
    made: "Callable[[int, Opportunity, Staff, datetime], None]"


_origins: dict[str, Origin] = {}


def register_origin(origin: Origin) -> None:
    """Add an origin; a second registration of its code replaces the first."""
    _origins[origin.code] = origin


def origin_named(code: str) -> Origin | None:
    """Return the origin with a code."""
    return _origins.get(code)
