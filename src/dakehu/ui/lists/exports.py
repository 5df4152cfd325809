"""The Excel export: the same rows, filter, order, columns and masks as on the screen.

Text stays text whatever it looks like: a cell beginning with ``=`` is no formula, and a long
number keeps its digits. The head of the sheet names the list, the person, the time and the filter.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from tempfile import TemporaryFile
from typing import IO, Any

import django_tables2 as tables
from django.utils.formats import date_format
from django.utils.timezone import localtime, make_naive
from django.utils.translation import gettext as _

from dakehu.common.masking import Masked

CHUNK = 2000
WIDEST = 40
NARROWEST = 8
# A sheet name may be 31 characters long and hold none of these.
SHEET_NAME_LENGTH = 31
SHEET_NAME_FORBIDDEN = str.maketrans("[]:*?/\\", "       ")
# A printed header may be 255 characters long, with its codes.
PRINTED_LENGTH = 240
# Beyond this a spreadsheet loses digits.
LARGEST_EXACT = 10**15


@dataclass(frozen=True)
class Head:
    """What stands above the rows: title, person, time, filter in words and the cut, if any."""

    title: str
    viewer: str
    at: datetime
    filters: str
    cut: str = ""
    # Who asked for a released export, who released it, and under which number.
    mark: str = ""

    def lines(self) -> list[str]:
        """Return the lines of the head in the language of the page."""
        made = _("Exported by %(viewer)s at %(time)s") % {
            "viewer": self.viewer,
            "time": date_format(localtime(self.at), "Y-m-d H:i"),
        }
        chosen = _("Filter: %(filters)s") % {"filters": self.filters or _("none")}
        return [line for line in (made, chosen, self.mark, self.cut) if line]


def workbook_of(
    head: Head, columns: Sequence[Any], lines: Iterable[Sequence[Any]]
) -> tuple[IO[bytes], int]:
    """Return a workbook with the head and one row per line, and how many lines it holds.

    The file has no name on disk and is gone when it is closed.
    """
    file = TemporaryFile()  # noqa: SIM115 - the response that sends it closes it
    written = write_workbook(file, head, columns, lines)
    file.seek(0)
    return file, written


def write_workbook(
    file: IO[bytes],
    head: Head,
    columns: Sequence[Any],
    lines: Iterable[Sequence[Any]],
    *,
    workroom: str | None = None,
) -> int:
    """Write a workbook row by row into ``file``; return how many lines it holds.

    What is on its way lies in ``workroom``, or where the system keeps such files.
    """
    # Loading the writer costs time that only exports should pay.
    import xlsxwriter

    book = xlsxwriter.Workbook(
        file,
        {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "tmpdir": workroom,
        },
    )
    sheet = book.add_worksheet(head.title.translate(SHEET_NAME_FORBIDDEN)[:SHEET_NAME_LENGTH])
    try:
        written = Sheet(book, sheet, columns).write(head, lines)
    except BaseException:
        # The writer closes its file of rows only when the workbook is finished.
        sheet.row_data_fh.close()
        raise
    book.close()
    return written


class Sheet:
    """One sheet being written from the top, as constant memory demands."""

    def __init__(self, book: Any, sheet: Any, columns: Sequence[Any]) -> None:
        self.sheet = sheet
        self.columns = columns
        self.title_format = book.add_format({"bold": True, "font_size": 14})
        self.note_format = book.add_format({"font_color": "#5b6675"})
        self.head_format = book.add_format(
            {"bold": True, "bg_color": "#eef2f7", "bottom": 1, "text_wrap": True}
        )
        self.day_format = book.add_format({"num_format": "yyyy-mm-dd"})
        self.instant_format = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        self.number_formats = [
            book.add_format({"num_format": getattr(bound.column, "excel_format", "General")})
            for bound in columns
        ]

    def write(self, head: Head, lines: Iterable[Sequence[Any]]) -> int:
        """Write the head, the headings and all lines; return how many lines there were."""
        first = self.write_head(head)
        row = first
        for row, line in enumerate(lines, start=first + 1):
            for index, value in enumerate(line):
                self.write_cell(row - 1, index, value)
        return row - first

    def write_head(self, head: Head) -> int:
        """Write what stands above the rows; return the number of the first free row."""
        for index, bound in enumerate(self.columns):
            width = min(max(2 * len(str(bound.header)) + 2, NARROWEST + 6), WIDEST)
            self.sheet.set_column(index, index, width)
        self.sheet.write_string(0, 0, head.title, self.title_format)
        notes = head.lines()
        for row, note in enumerate(notes, start=1):
            self.sheet.write_string(row, 0, note, self.note_format)
        first = len(notes) + 2
        for index, bound in enumerate(self.columns):
            self.sheet.write_string(first - 1, index, str(bound.header), self.head_format)
        self.sheet.freeze_panes(first, 0)
        if head.mark:
            printed = head.mark.replace("&", "&&")[:PRINTED_LENGTH]
            self.sheet.set_header(f"&C{printed}")
            self.sheet.set_footer(f"&C{printed}")
        return first

    def write_cell(self, row: int, index: int, value: Any) -> None:
        """Write one value by its type; whatever is no date or exact number is text."""
        if value is None or value == "":
            return
        if isinstance(value, datetime):
            moment = make_naive(value) if value.tzinfo else value
            self.sheet.write_datetime(row, index, moment, self.instant_format)
        elif isinstance(value, date):
            self.sheet.write_datetime(row, index, value, self.day_format)
        elif is_exact_number(value):
            self.sheet.write_number(row, index, value, self.number_formats[index])
        else:
            self.sheet.write_string(row, index, str(value))


def is_exact_number(value: Any) -> bool:
    """Tell whether a spreadsheet keeps ``value`` as it is when stored as a number."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return False
    return abs(value) < LARGEST_EXACT


def exported_columns(table: tables.Table) -> list[Any]:
    """Return the shown columns that a workbook can hold; row buttons cannot."""
    return [bound for bound in table.columns if not bound.column.exclude_from_export]


def lines_of(
    table: tables.Table, columns: Sequence[Any], *, plain: bool = False
) -> Iterator[list[Any]]:
    """Return the values of each row of ``table``, one list per row.

    With ``plain``, personal values of the row itself are given as they are instead of masked.
    """
    value = plain_value if plain else shown_value
    for row in table.rows:
        yield [value(row, bound) for bound in columns]


def shown_value(row: Any, bound: Any) -> Any:
    """Return what stands in a cell; a personal value masked."""
    return row.get_cell_value(bound.name)


def plain_value(row: Any, bound: Any) -> Any:
    """Return what stands in a cell; a personal value in plain."""
    stored = bound.accessor.resolve(row.record, quiet=True) if bound.accessor else None
    return stored.plain if isinstance(stored, Masked) else shown_value(row, bound)
