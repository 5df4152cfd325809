"""What people ask of each other, for the apps above."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dakehu.people.models import Staff


@dataclass(frozen=True)
class ApprovalAsked:
    """Somebody asks a second person to decide, before what they made holds (four eyes)."""

    source: str
    source_id: int
    owner_id: int | None
    unit_id: int
    at: datetime
    facts: Mapping[str, int | str] = field(default_factory=dict)
    customer_id: int | None = None


@dataclass(frozen=True)
class ApprovalEnded:
    """What somebody was asked to decide was decided by ``by``, or is no longer asked (None)."""

    source: str
    source_id: int
    by: "Staff | None"
    at: datetime
