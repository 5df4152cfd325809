"""What happened to levels, for the apps above (T19)."""

from dataclasses import dataclass
from datetime import date, datetime


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
