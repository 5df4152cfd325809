"""Batch business as a spreadsheet: a row for each number, with what is to be done (C3, CH9)."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from dakehu.cases.errors import UnableToKeepCase
from dakehu.cases.queries.batches import MOST_ROWS, batch_in
from dakehu.cases.values import BatchLine
from dakehu.common.spreadsheets import Limits, UnreadableFile, beginnings_of, rows_of

LIMITS = Limits(rows=MOST_ROWS + 1, columns=20, cells=200_000, unpacked=50_000_000)
SHOWN_TROUBLES = 5


def lines_of(upload: Any) -> list[BatchLine]:
    """
    Return the rows of a file that somebody hands over; headings above them are passed over.

    :raises UnableToKeepCase: if it cannot be read, or a row is wrong.
    """
    with tempfile.NamedTemporaryFile(suffix=Path(upload.name or "").suffix) as copy:
        for chunk in upload.chunks():
            copy.write(chunk)
        copy.flush()
        try:
            rows = [row for row in read(Path(copy.name)) if row[0]]
        except UnreadableFile as trouble:
            raise UnableToKeepCase(
                _("The file cannot be read as Excel or CSV. Save it as .xlsx and send it again."),
                "file",
            ) from trouble
    if len(rows) > MOST_ROWS + 1:
        words = _("At most %(most)s rows go into one order; divide the file.")
        raise UnableToKeepCase(words % {"most": MOST_ROWS}, "file")
    lines, troubles = batch_in("\n".join("\t".join(row) for row in rows))
    if troubles and rows and troubles[0].startswith("1:"):
        # The first row may be headings.
        lines, troubles = batch_in("\n".join("\t".join(row) for row in rows[1:]))
    if troubles:
        words = _("No number, or one that stands there twice: %(rows)s. Correct the file.")
        shown = _(", ").join(troubles[:SHOWN_TROUBLES])
        raise UnableToKeepCase(words % {"rows": shown}, "file")
    return lines


def read(path: Path) -> Iterator[tuple[str, str]]:
    """Yield the first two cells of every row of the first sheet, as text."""
    source = beginnings_of(path, LIMITS)[0].source
    _most, rows = rows_of(path, source, LIMITS)
    for row in rows:
        first, second = (*row.cells, None, None)[:2]
        yield told(first), told(second)


def told(cell: Any) -> str:
    """Return a cell as people read it, on one line."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return " ".join(str(cell).split())
