"""Spreadsheets as people hand them in."""

import csv
import io
import zipfile
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any
from xml.sax.saxutils import escape

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


def document(
    rows: Rows, *, sheet: str = "数据", before: str = "", styles: str = "", style: str = ""
) -> bytes:
    """Return an OpenDocument spreadsheet as office programs write it.

    A row may also be the text of a row, for what is not made of plain values; ``before`` are
    sheets that stand before.
    """
    body = "".join(row if isinstance(row, str) else document_row(row) for row in rows)
    content = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content'
        ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
        ' xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"'
        ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
        ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{before}"
        f'<table:table table:name="{sheet}" table:style-name="{style}">'
        f'<table:table-column table:number-columns-repeated="16384"/>{body}'
        '<table:table-row table:number-rows-repeated="1048000"><table:table-cell'
        ' table:number-columns-repeated="16384"/></table:table-row></table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
    return file.getvalue()


def document_row(values: Sequence[Any]) -> str:
    """Return the text of a row of an OpenDocument spreadsheet."""
    return f"<table:table-row>{''.join(map(document_cell, values))}</table:table-row>"


def document_cell(value: Any) -> str:
    """Return the text of a cell of an OpenDocument spreadsheet."""
    if value in (None, ""):
        return "<table:table-cell/>"
    shown = f"<text:p>{escape(str(value))}</text:p></table:table-cell>"
    if isinstance(value, date):
        told = f'office:value-type="date" office:date-value="{value.isoformat()}"'
    elif isinstance(value, int | float):
        told = f'office:value-type="float" office:value="{value}"'
    else:
        told = 'office:value-type="string"'
    return f"<table:table-cell {told}>{shown}"
