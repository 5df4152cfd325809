"""
In which order cards wait for a person, and when nobody is asked for anything (P7).

A card stands for all warnings of one customer that nobody has touched.  A model that ranks by
itself would give another function from a card to what it is sorted by; the rest stays.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta


@dataclass(frozen=True)
class Card:
    """What a card is ranked by: how soon it wants handling, for whom, and how much speaks for it.

    ``level`` is the rank of the customer's card level, ``warnings`` how many are on the card.
    """

    number: int
    urgency: int
    due: date | None
    level: int
    warnings: int


Rank = tuple[int, date, int, int, int]


def rank_of(card: Card) -> Rank:
    """
    What a card is sorted by, the first to handle first.

    The most urgent, then the one due sooner, then the higher level, then more warnings, then the
    older card.
    """
    due = card.due or date.max
    return (card.urgency, due, -card.level, -card.warnings, card.number)


@dataclass(frozen=True)
class QuietHours:
    """A time of the day in which nobody is asked; it may pass midnight."""

    begins: time
    ends: time

    def begun_at(self, at: datetime) -> datetime | None:
        """When the quiet hours that ``at`` lies in began; None outside of them."""
        moment = at.time()
        today = datetime.combine(at.date(), self.begins, at.tzinfo)
        if self.begins <= self.ends:
            return today if self.begins <= moment < self.ends else None
        if moment >= self.begins:
            return today
        return today - timedelta(days=1) if moment < self.ends else None

    def ended_before(self, at: datetime) -> datetime:
        """When quiet hours last ended, at ``at`` or before it."""
        today = datetime.combine(at.date(), self.ends, at.tzinfo)
        return today if today <= at else today - timedelta(days=1)
