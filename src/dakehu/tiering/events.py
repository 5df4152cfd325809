"""What happened to levels, for the apps above (T19)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dakehu.people.models import Staff


@dataclass(frozen=True)
class TierChanged:
    """
    Customers go up or down in a scheme: by an evaluation, or one of them by hand.

    Announced after commit, and again by the next night if that was cut short, so whoever listens
    must bear to hear it twice.  Which customers, and from when, ``tiering.queries.moves`` answers.
    """

    scheme: str
    day: date
    at: datetime
    evaluation_id: int | None = None
    grant_id: int | None = None


@dataclass(frozen=True)
class ApprovalAsked:
    """Somebody asks a second person to decide: about rules, or a level by hand."""

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
