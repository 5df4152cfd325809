"""When a service record is late (R8), and what was entered beforehand (R7)."""

from datetime import date, datetime


def record_is_late(arrived: date | None, written: date | None, today: date) -> bool:
    """
    Tell whether a service record came, or will come, after the day of the work (R8).

    Work of today is recorded today; without arrival there is nothing to record yet.
    """
    if arrived is None:
        return False
    return (written or today) > arrived


def is_beforehand(entered_at: datetime, starts_at: datetime) -> bool:
    """Tell whether something was entered before it begins (R7)."""
    return entered_at <= starts_at
