"""The ladder of service: hotline, remote, on site, headquarters support (R5)."""

from collections.abc import Sequence

from dakehu.cases.choices import SETTLED, Rung

LADDER = tuple(Rung)


def rungs_above(rung: str) -> tuple[Rung, ...]:
    """Return to which rungs a case can be raised; upward only, and over several at once."""
    return LADDER[LADDER.index(Rung(rung)) + 1 :]


def needs_order(reached: Sequence[str], orders: Sequence[str]) -> bool:
    """Tell whether a case was raised to the rung on site and nobody planned a work order yet."""
    return Rung.ON_SITE in reached and not orders


def has_open_order(orders: Sequence[str]) -> bool:
    """Tell whether a work order of a case is neither signed nor withdrawn; by their states."""
    return any(state not in SETTLED for state in orders)
