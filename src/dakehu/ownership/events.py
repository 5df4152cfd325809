"""What happened to ownership, for the apps above (M3)."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from dakehu.ownership.values import Passage

if TYPE_CHECKING:
    from dakehu.people.models import Staff


@dataclass(frozen=True)
class CustomersMoved:
    """Customers changed hands by a move: who from whom to whom.

    Announced after commit, and again by the next night if that was cut short, so whoever listens
    must bear to hear it twice. ``by`` is None for what the night did.
    """

    move_id: int
    lines: tuple[Passage, ...]
    by: "Staff | None"
    at: datetime


@dataclass(frozen=True)
class ReceiptConfirmed:
    """A successor confirmed that customers were handed over."""

    receipt_id: int
    by: "Staff"
    at: datetime
