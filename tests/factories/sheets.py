"""Spreadsheets as people hand them in."""

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import xlsxwriter

Rows = Iterable[Sequence[Any]]


def workbook(
    rows: Rows, *, sheet: str = "数据", fill: Callable[[Any, Any], None] | None = None
) -> bytes:
    """Return a workbook of one sheet; texts stay text, numbers are numbers.

    ``fill`` may add to it: it is called with the workbook and the sheet.
    """
    file = io.BytesIO()
    with xlsxwriter.Workbook(
        file, {"strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        page = book.add_worksheet(sheet)
        for line, row in enumerate(rows):
            for column, value in enumerate(row):
                if value is not None and value != "":
                    page.write(line, column, value)
        if fill is not None:
            fill(book, page)
    return file.getvalue()


def text(rows: Rows, *, encoding: str = "utf-8-sig") -> bytes:
    """Return a text file of values."""
    file = io.StringIO(newline="")
    csv.writer(file).writerows(rows)
    return file.getvalue().encode(encoding)
