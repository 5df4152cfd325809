"""A version of the rules of one scheme, as a value."""

from dataclasses import dataclass

from dakehu.tiering.choices import Period
from dakehu.tiering.values.card import CardNumbers
from dakehu.tiering.values.conditions import Condition


@dataclass(frozen=True)
class LevelRule:
    """When a level is due; the last level has no condition and takes the rest."""

    rank: int
    when: Condition | None


@dataclass(frozen=True)
class Grace:
    """
    When a level is kept although a lower one is due (hysteresis).

    It falls only after ``evaluations`` of them in a row gave a lower one, only if it misses its
    limits eased to ``keep_percent``, and only ``valid_months`` after it began.
    """

    evaluations: int = 1
    keep_percent: int = 100
    valid_months: int = 0


@dataclass(frozen=True)
class TierRules:
    """Levels from the top, what keeps a level, and the period with whose start one falls."""

    levels: tuple[LevelRule, ...]
    grace: Grace = Grace()
    period: Period = Period.MONTH


Body = TierRules | CardNumbers
"""What a rule set holds: levels by conditions, or the numbers of the individual card level."""
