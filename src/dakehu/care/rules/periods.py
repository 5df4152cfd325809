"""Which days a service report is about (R1 to R4)."""

from datetime import date, timedelta

MONTHS = {"QUARTER": 3, "HALF": 6, "YEAR": 12}
MONTHS_OF_YEAR = 12


def running_period(cycle: str, *, on: date) -> tuple[date, date]:
    """Return the first and the last day of the period of a cycle that a day lies in."""
    months = MONTHS[cycle]
    first = date(on.year, (on.month - 1) // months * months + 1, 1)
    month = first.month + months
    following = date(
        first.year + (month - 1) // MONTHS_OF_YEAR, (month - 1) % MONTHS_OF_YEAR + 1, 1
    )
    return first, following - timedelta(days=1)


def ended_period(cycle: str, *, on: date) -> tuple[date, date]:
    """Return the first and the last day of the newest period of a cycle that has ended."""
    return running_period(cycle, on=running_period(cycle, on=on)[0] - timedelta(days=1))
