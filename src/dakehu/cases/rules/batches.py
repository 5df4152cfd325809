"""Batch business: thirty rows or more of the same kind take the green channel (C3)."""

import re
from collections import Counter

from dakehu.cases.values import BatchLine

GREEN = 30
MOST_LINES = 5_000
LONGEST_WISH = 200
NUMBER = re.compile(r"^\+?[0-9A-Za-z-]{5,20}$")
CUTS = re.compile(r"[\t,，;；]+|\s{1,}")


def lines_in(typed: str) -> tuple[list[BatchLine], list[str]]:
    """
    Return the rows of a pasted list, and what is wrong with it, row by row.

    A row begins with a number; what follows it is what is to be done. Empty rows are passed over.
    """
    lines: list[BatchLine] = []
    troubles: list[str] = []
    for place, row in enumerate(typed.splitlines(), start=1):
        parts = [part for part in CUTS.split(row.strip(), maxsplit=1) if part]
        if not parts:
            continue
        if not NUMBER.match(parts[0]):
            troubles.append(f"{place}: {parts[0][:20]}")
            continue
        lines.append(BatchLine(parts[0], parts[1][:LONGEST_WISH] if len(parts) > 1 else ""))
    return lines, troubles


def repeated(lines: list[BatchLine]) -> list[str]:
    """Return the numbers that stand in a list more than once."""
    counts = Counter(line.number for line in lines)
    return [number for number, count in counts.items() if count > 1]


def is_green(count: int) -> bool:
    """Tell whether so many rows take the green channel."""
    return count >= GREEN
