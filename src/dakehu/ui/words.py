"""Amounts, durations, months and whole numbers as people read them on a screen."""

from decimal import Decimal
from typing import Any

FEN_PER_YUAN = 100
SECONDS_PER_MINUTE = 60


def yuan(fen: Any) -> str:
    """Return an amount kept in fen as yuan: 123450 is "1,234.50"; nothing stays nothing."""
    if fen is None or fen == "":
        return ""
    return f"{Decimal(int(fen)) / FEN_PER_YUAN:,.2f}"


def number(value: Any) -> str:
    """Return a number with its thousands grouped."""
    if value is None or value == "":
        return ""
    return f"{value:,}"


def minutes(seconds: Any) -> str:
    """Return a duration kept in seconds as minutes: 90 is "1.5"."""
    if seconds is None or seconds == "":
        return ""
    return f"{Decimal(int(seconds)) / SECONDS_PER_MINUTE:,.1f}"


def month(ym: Any) -> str:
    """Return a month kept as YYYYMM with its dash: 202611 is "2026-11"."""
    if ym is None or ym == "":
        return ""
    return f"{int(ym) // 100:04d}-{int(ym) % 100:02d}"
