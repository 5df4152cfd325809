"""Which heading of a file belongs to which column of an import (promise 5)."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from dakehu.common.spreadsheets import Row
from dakehu.files.rules.cells import rough_text_of
from dakehu.files.values import Head

SAMPLES = 3
NOISE = re.compile(r"[\s*＊:：_\-—()（）\[\]【】/、.]+")


def folded(heading: str) -> str:
    """Return a heading as it is compared: without blanks, marks, width or case."""
    return NOISE.sub("", unicodedata.normalize("NFKC", heading)).lower()


def head_of(rows: Sequence[Row], names: Mapping[str, str]) -> Head | None:
    """
    Return the head of a sheet: the row that most known headings stand in.

    ``names`` are the fields by their folded headings. Where no heading is known it is the first
    row with at least two cells that say something, else the first at all; nothing of a blank
    sheet.
    """
    said = [row for row in rows if not row.is_blank]
    if not said:
        return None
    best = max(said, key=lambda row: known_count(row, names))
    if known_count(best, names) == 0:
        best = next((row for row in said if filled(row) > 1), said[0])
    headings = trimmed([rough_text_of(cell) for cell in best.cells])
    below = [row for row in said if row.line > best.line][:SAMPLES]
    width = len(headings)
    samples = tuple(tuple(rough_text_of(cell) for cell in row.cells[:width]) for row in below)
    return Head(best.line, tuple(headings), samples)


def filled(row: Row) -> int:
    """Return how many cells of a row say something."""
    return sum(bool(rough_text_of(cell)) for cell in row.cells)


def known_count(row: Row, names: Mapping[str, str]) -> int:
    """Return how many fields the cells of a row name."""
    return len({names.get(folded(rough_text_of(cell))) for cell in row.cells} - {None})


def trimmed(headings: list[str]) -> list[str]:
    """Return headings without the empty ones at the end."""
    while headings and not headings[-1]:
        headings.pop()
    return headings


def matched(
    headings: Iterable[str], names: Mapping[str, str], earlier: Mapping[str, str]
) -> dict[str, str]:
    """
    Return the field of each heading, as far as one is known.

    What a person chose ``earlier`` for the same heading counts before what the heading says; no
    field is given twice.
    """
    found: dict[str, str] = {}
    for heading in headings:
        name = earlier.get(heading) or names.get(folded(heading), "")
        if name and name not in found.values():
            found[heading] = name
    return found


def doubled(headings: Iterable[str]) -> list[str]:
    """Return the headings that stand more than once."""
    counted = Counter(heading for heading in headings if heading)
    return [heading for heading, count in counted.items() if count > 1]
