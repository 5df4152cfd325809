"""The number by which people speak of a case: city, day, running number, as 01-261129-00042.

It follows from what a case never changes, so that nobody has to wait for a counter.
"""

import re
from datetime import date

PATTERN = re.compile(r"^\s*(\d{2})-?(\d{6})-?(\d{5,})\s*$")


def number_of(city_code: str, day: date, pk: int) -> str:
    """Return the number of a case."""
    return f"{city_code}-{day:%y%m%d}-{pk:05d}"


def key_in(typed: str) -> int | None:
    """Return the key that a typed number names, hyphens or not; nothing if it is no number."""
    found = PATTERN.match(typed)
    return int(found[3]) if found else None
