"""What a spreadsheet is made of, and why one cannot be read."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum

Cell = str | int | float | bool | date | datetime | time | timedelta
LETTERS = 26


class CellKind(StrEnum):
    """What the cells of a column hold."""

    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    DATE = "date"
    CHOICE = "choice"
    YES_NO = "yes_no"
    # The name or code of another record.
    REFERENCE = "reference"


class FileTrouble(StrEnum):
    """Why a file is not read at all."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    OLD_WORKBOOK = "old_workbook"
    WEB_PAGE = "web_page"
    NO_SPREADSHEET = "no_spreadsheet"
    BROKEN = "broken"
    UNKNOWN_ENCODING = "unknown_encoding"
    TOO_MANY_ROWS = "too_many_rows"
    TOO_MANY_COLUMNS = "too_many_columns"
    TOO_MANY_CELLS = "too_many_cells"
    NO_SUCH_SHEET = "no_such_sheet"


class UnreadableFile(Exception):
    """A file cannot be read as a spreadsheet; ``trouble`` says why."""

    def __init__(self, trouble: FileTrouble) -> None:
        self.trouble = trouble
        super().__init__(trouble.value)


@dataclass(frozen=True)
class Limits:
    """How much of a file is read: rows below the headings, columns, cells, unpacked bytes."""

    rows: int
    columns: int = 200
    cells: int = 6_000_000
    unpacked: int = 1_000_000_000


@dataclass(frozen=True)
class Source:
    """Where rows come from: the sheet of a workbook, or the encoding of a text file."""

    sheet: str = ""
    encoding: str = ""


@dataclass(frozen=True)
class Row:
    """One row: its line as a spreadsheet counts, its cells from column A, and what is wrong.

    ``formulas`` and ``merged`` are the columns whose cell is a formula or part of a merged range.
    """

    line: int
    cells: tuple[Cell, ...]
    formulas: frozenset[int] = field(default=frozenset())
    merged: frozenset[int] = field(default=frozenset())

    @property
    def is_blank(self) -> bool:
        """Tell whether no cell says anything."""
        return all(
            cell == "" or (isinstance(cell, str) and not cell.strip()) for cell in self.cells
        )


@dataclass(frozen=True)
class Beginning:
    """The first rows of one source."""

    source: Source
    rows: tuple[Row, ...]


def column_letters(index: int) -> str:
    """Return the letters of a column counted from 0: 0 is "A", 26 is "AA"."""
    letters, rest = "", index + 1
    while rest:
        rest, place = divmod(rest - 1, LETTERS)
        letters = chr(ord("A") + place) + letters
    return letters
