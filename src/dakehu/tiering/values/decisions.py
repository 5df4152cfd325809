"""What one evaluation says of one customer."""

from dataclasses import dataclass
from datetime import date

from dakehu.tiering.choices import Turn


@dataclass(frozen=True)
class Prior:
    """What the evaluation before said: the level, since when, how often in a row below it."""

    level: int
    since: date | None = None
    streak: int = 0


@dataclass(frozen=True)
class Decision:
    """
    The level that is due by the conditions alone, and the one decided.

    ``streak`` counts the evaluations in a row, this one included, that gave a lower level than
    the one kept; ``since`` is the data day on which the decided level was first decided.
    """

    due: int
    level: int
    turn: Turn
    streak: int
    since: date
    before: int | None
