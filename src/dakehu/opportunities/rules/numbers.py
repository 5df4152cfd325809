"""The number by which people speak of an opportunity: S, city, day, running number."""

import re
from datetime import date

PATTERN = re.compile(r"^\s*[sS](\d{2})-?(\d{6})-?(\d{5,18})\s*$")


def number_of(city_code: str, day: date, pk: int) -> str:
    """Return the number of an opportunity, as S01-261129-00042."""
    return f"S{city_code}-{day:%y%m%d}-{pk:05d}"


def key_in(typed: str) -> int | None:
    """Return the key that a typed number names, hyphens or not; nothing if it is no number."""
    found = PATTERN.match(typed)
    return int(found[3]) if found else None
