"""The rhythm of days: weekends, and the public holidays of 2024 to 2027.

The last year's dates are those of the statutory days with a usual arrangement around them: nothing
but the drawn usage depends on them.
"""

from dataclasses import dataclass
from datetime import date

SPRING_FESTIVAL = (
    (date(2024, 2, 9), date(2024, 2, 17)),
    (date(2025, 1, 28), date(2025, 2, 4)),
    (date(2026, 2, 15), date(2026, 2, 23)),
    (date(2027, 2, 5), date(2027, 2, 12)),
)
OTHER_HOLIDAYS = (
    (date(2024, 1, 1), date(2024, 1, 1)),
    (date(2024, 4, 4), date(2024, 4, 6)),
    (date(2024, 5, 1), date(2024, 5, 5)),
    (date(2024, 6, 8), date(2024, 6, 10)),
    (date(2024, 9, 15), date(2024, 9, 17)),
    (date(2024, 10, 1), date(2024, 10, 7)),
    (date(2025, 1, 1), date(2025, 1, 1)),
    (date(2025, 4, 4), date(2025, 4, 6)),
    (date(2025, 5, 1), date(2025, 5, 5)),
    (date(2025, 5, 31), date(2025, 6, 2)),
    (date(2025, 10, 1), date(2025, 10, 8)),
    (date(2026, 1, 1), date(2026, 1, 3)),
    (date(2026, 4, 4), date(2026, 4, 6)),
    (date(2026, 5, 1), date(2026, 5, 5)),
    (date(2026, 6, 19), date(2026, 6, 21)),
    (date(2026, 9, 25), date(2026, 9, 27)),
    (date(2026, 10, 1), date(2026, 10, 7)),
    (date(2027, 1, 1), date(2027, 1, 3)),
    (date(2027, 5, 1), date(2027, 5, 5)),
    (date(2027, 10, 1), date(2027, 10, 7)),
)


@dataclass(frozen=True)
class Rhythm:
    """How a day differs from a usual one: factors on calls, data, messages and travel."""

    private: float
    business: float
    data: float
    messages: float
    travel: float
    working: bool


def is_within(on: date, spans: tuple[tuple[date, date], ...]) -> bool:
    """Tell whether ``on`` lies in one of ``spans``, ends included."""
    return any(start <= on <= end for start, end in spans)


def rhythm_of(on: date) -> Rhythm:
    """Return the rhythm of ``on``."""
    if is_within(on, SPRING_FESTIVAL):
        return Rhythm(0.96, 0.82, 1.2, 4.0, 0.03, working=False)
    if is_within(on, OTHER_HOLIDAYS):
        return Rhythm(0.94, 0.8, 1.15, 1.5, 0.025, working=False)
    if on.weekday() >= 5:
        return Rhythm(0.93, 0.84, 1.12, 1.0, 0.01, working=False)
    return Rhythm(1.02, 1.06, 0.96, 1.0, 0.006, working=True)
