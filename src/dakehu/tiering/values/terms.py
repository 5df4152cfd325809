"""For how long a level by hand holds, and why."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Term:
    """From the first day up to, not including, the last; with the reason."""

    starts_on: date
    ends_on: date
    reason: str
