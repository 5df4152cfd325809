"""What is said of records of work, wherever the work is kept."""

from datetime import datetime


def is_beforehand(entered_at: datetime, starts_at: datetime) -> bool:
    """Tell whether something was entered before it begins (R7)."""
    return entered_at <= starts_at
