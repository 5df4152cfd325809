"""
The numbers of the individual card level and what a decision on one says.

Amounts are fen (1/100 yuan), terms are days, shares are per cent.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class CardNumbers:
    """
    The limits and guards of the card level; the defaults are those shipped.

    ``limit_1`` to ``limit_4`` are the average monthly revenues from which level 1 to 4 is due.
    """

    version: int = 1
    limit_1: int = 5_000
    limit_2: int = 10_000
    limit_3: int = 20_000
    limit_4: int = 40_000
    months: int = 3
    new_tenure_days: int = 90
    new_level_cap: int = 2
    arrears_days: int = 60
    keep_percent: int = 90


@dataclass(frozen=True)
class CardDecision:
    """
    One card level with what decided it.

    ``by_revenue`` is the level the average alone gives; ``capped``, ``lowered`` and ``kept`` say
    whether the cap for new subscribers, the arrears or the hysteresis changed it.  ``limit`` is
    the limit of the level by revenue (0 for level 0).
    """

    old_level: int
    new_level: int
    avg3: int
    arr: int
    tenure: int | None
    by_revenue: int
    limit: int
    capped: bool
    lowered: bool
    kept: bool
    version: int
