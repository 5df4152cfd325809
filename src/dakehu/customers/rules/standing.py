"""What limit and arrears tell about a customer's standing (信用状况, V6)."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

LOOKED_BACK = 12
LATE_DAYS = 60
LATE_MONTHS = 3
PERCENT = 100


class CreditState(StrEnum):
    """How the arrears of a year look: nothing owed, something owed, owed long or often."""

    UNKNOWN = "unknown"
    GOOD = "good"
    OWING = "owing"
    LATE = "late"


@dataclass(frozen=True)
class CreditFacts:
    """
    The standing of a customer as the files tell it; amounts in fen.

    ``months_owing`` counts the months of the last twelve with arrears, ``longest_days`` is the
    longest of them, ``used_percent`` what the present arrears take of the limit.
    """

    state: CreditState
    limit_fen: int | None
    arrears_fen: int
    arrears_days: int
    months_known: int
    months_owing: int
    longest_days: int
    used_percent: int | None


def credit_facts(
    limit_fen: int | None, months: Sequence[tuple[int | None, int | None]]
) -> CreditFacts:
    """Return the standing from arrears by month, ``(fen, days)``, the oldest month first."""
    known = [(fen or 0, days or 0) for fen, days in months[-LOOKED_BACK:]]
    owing = [(fen, days) for fen, days in known if fen > 0]
    arrears, days = known[-1] if known else (0, 0)
    longest = max((each for _, each in owing), default=0)
    return CreditFacts(
        state=state_of(is_known=bool(known), owing=len(owing), longest=longest),
        limit_fen=limit_fen,
        arrears_fen=arrears,
        arrears_days=days if arrears else 0,
        months_known=len(known),
        months_owing=len(owing),
        longest_days=longest,
        used_percent=min(arrears * PERCENT // limit_fen, PERCENT) if limit_fen else None,
    )


def state_of(*, is_known: bool, owing: int, longest: int) -> CreditState:
    """Return the state: late beats owing, owing beats good."""
    if not is_known:
        return CreditState.UNKNOWN
    if longest > LATE_DAYS or owing >= LATE_MONTHS:
        return CreditState.LATE
    return CreditState.OWING if owing else CreditState.GOOD
