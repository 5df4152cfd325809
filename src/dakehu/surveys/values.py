"""Values of surveys."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Sample:
    """Whom to ask: from where, how many, by what; the seed makes the draw repeatable."""

    source: str
    way: str
    size: int
    seed: str
    days: int = 30
    group: Any = None


@dataclass(frozen=True)
class Drawn:
    """What came of a draw: how many could be asked, were asked, and why others were not."""

    found: int
    asked: int
    recently: int
    refused: int
    without_address: int


@dataclass(frozen=True)
class Nps:
    """How many would recommend us, are in between, would not; the score from -100 to 100."""

    promoters: int
    passives: int
    detractors: int
    score: int | None

    @property
    def count(self) -> int:
        """How many gave a score."""
        return self.promoters + self.passives + self.detractors


@dataclass(frozen=True)
class Csat:
    """How many are satisfied of how many, and in per cent."""

    satisfied: int
    count: int
    share: int | None


@dataclass(frozen=True)
class Given:
    """The answer to one question: a number, or words."""

    question_id: int
    number: int | None = None
    text: str = ""
