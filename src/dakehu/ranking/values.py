"""
What a training says and what came of it, as values: periods, samples, metrics, calibration.

A model estimates how likely a managed subscriber is to leave within ``horizon`` days.  Shares and
probabilities are numbers from 0 to 1.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

LAYOUT = 1
"""Which inputs a model reads and what they mean; models of another layout cannot rank."""

SHARE = 10
"""The part at the top that lift speaks about and whose reasons are kept every night: a tenth."""


@dataclass(frozen=True)
class Period:
    """The days of one part: of training, of calibration, or of the final examination."""

    days: tuple[date, ...]

    @property
    def first(self) -> date:
        """The first day."""
        return self.days[0]

    @property
    def last(self) -> date:
        """The last day."""
        return self.days[-1]


@dataclass(frozen=True)
class Split:
    """
    Days to learn from, days to calibrate by, days to examine on, in this order of time.

    Between two parts lie at least ``horizon`` days: what happened within the horizon of a day of
    one part ends before the first horizon of the next part begins.
    """

    horizon: int
    train: Period
    valid: Period
    test: Period

    @property
    def days(self) -> tuple[date, ...]:
        """Every day of every part, oldest first."""
        return (*self.train.days, *self.valid.days, *self.test.days)


@dataclass(frozen=True)
class Recipe:
    """How trees are grown; the defaults suit some ten thousand to some million rows."""

    seed: int = 7
    threads: int = 2
    rounds: int = 600
    patience: int = 40
    learning_rate: float = 0.06
    leaves: int = 31
    least_rows: int = 20
    feature_share: float = 0.7
    row_share: float = 0.8
    ridge: float = 5.0


class CalibrationKind(StrEnum):
    """How raw scores become probabilities."""

    ISOTONIC = "isotonic"
    SIGMOID = "sigmoid"


@dataclass(frozen=True)
class Calibration:
    """
    The way from a raw score to a probability.

    Isotonic: straight lines between the points ``at`` → ``gives``.  Sigmoid (Platt): one over one
    plus e to the ``slope`` · score + ``offset``.
    """

    kind: CalibrationKind
    at: tuple[float, ...] = ()
    gives: tuple[float, ...] = ()
    slope: float = 0.0
    offset: float = 0.0


@dataclass(frozen=True)
class Point:
    """A point of a curve."""

    x: float
    y: float


@dataclass(frozen=True)
class CalibrationBand:
    """A tenth of those examined: what was foretold on average, what happened, how many."""

    foretold: float
    happened: float
    count: int


@dataclass(frozen=True)
class Metrics:
    """
    How well an order of people (and, where given, their probabilities) foretold who left.

    ``brier`` and ``bands`` are missing for a score that is no probability.
    """

    roc_auc: float
    pr_auc: float
    lift: float
    brier: float | None
    roc: tuple[Point, ...] = ()
    pr: tuple[Point, ...] = ()
    gains: tuple[Point, ...] = ()
    bands: tuple[CalibrationBand, ...] = ()


class Remark(StrEnum):
    """What a reader of a model's card has to bear in mind."""

    FEW_LEFT = "FEW_LEFT"
    SHORT_HISTORY = "SHORT_HISTORY"
    FROM_HISTORY = "FROM_HISTORY"
    NOT_BETTER = "NOT_BETTER"


@dataclass(frozen=True)
class Counts:
    """How many rows of a part there are, and how many of them left."""

    rows: int
    left: int

    @property
    def share(self) -> float:
        """The share of those who left."""
        return self.left / self.rows if self.rows else 0.0


@dataclass(frozen=True)
class Report:
    """Everything a card of a model tells about how it was made and how it did."""

    horizon: int
    split: Mapping[str, tuple[date, ...]]
    counts: Mapping[str, Counts]
    results: Mapping[str, Metrics]
    importance: tuple[tuple[str, float], ...]
    trees: int
    calibration: CalibrationKind
    remarks: tuple[str, ...] = ()
    late: int = 0
    from_history: int = 0
    partitions: int = 0
    recipe: Recipe = field(default_factory=Recipe)


@dataclass(frozen=True)
class Push:
    """What one input contributes to one person's score: above zero towards leaving."""

    name: str
    value: float | None
    push: float
