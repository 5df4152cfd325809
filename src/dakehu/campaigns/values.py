"""Values of campaigns."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Judged:
    """A customer whom a campaign could contact: who looks after them, and why not, if so."""

    customer_id: int
    unit_id: int
    manager_id: int | None
    reason: str = ""
    words: str = ""


@dataclass(frozen=True)
class Preview:
    """How many customers a campaign reaches, how many are left out and why, what it costs."""

    found: int
    reached: int
    left_out: dict[str, int]
    parts: int
    cost_fen: int


@dataclass(frozen=True)
class Called:
    """What a call brought, as it was typed."""

    result: str
    reply: str = ""
    note: str = ""
    again_on: date | None = None


@dataclass(frozen=True)
class Numbers:
    """What came of a campaign, or of a part of it."""

    name: str
    total: int = 0
    left_out: int = 0
    waiting: int = 0
    contacted: int = 0
    reached: int = 0
    interested: int = 0
    refused: int = 0
    opportunities: int = 0
    won: int = 0
    won_fen: int = 0

    @property
    def meant(self) -> int:
        """How many were to be contacted."""
        return self.total - self.left_out

    @property
    def share(self) -> int | None:
        """How many per cent of those reached were interested."""
        return (
            (200 * self.interested + self.reached) // (2 * self.reached) if self.reached else None
        )
