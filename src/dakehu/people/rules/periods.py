"""Periods of people's files: which are possible (M1)."""

from datetime import date

FIRST_YEAR = 1940
LAST_YEAR = 2100


def is_possible_period(starts_on: date, ends_on: date | None, *, may_be_empty: bool) -> bool:
    """
    Tell whether a period lies in the years of people alive and does not end before it starts.

    ``may_be_empty`` says whether it may end on the day on which it starts: it may where the last
    day counts, it may not where the end is exclusive.
    """
    if not FIRST_YEAR <= starts_on.year <= LAST_YEAR:
        return False
    if ends_on is None:
        return True
    if ends_on.year > LAST_YEAR:
        return False
    return starts_on <= ends_on if may_be_empty else starts_on < ends_on
