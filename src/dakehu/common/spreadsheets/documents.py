"""OpenDocument spreadsheets (.ods): one long text, read as it is unpacked, row by row.

Formulas and merged cells say so in the text, and rows that repeat say how often; so nothing has to
be looked through beforehand, and nothing is ever held but the row in hand.
"""

import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from xml.parsers import expat

from dakehu.common.spreadsheets.values import Cell, FileTrouble, Limits, Row, UnreadableFile

KIND = b"application/vnd.oasis.opendocument.spreadsheet"
MARK = "mimetype"
CONTENT = "content.xml"
CHUNK = 1 << 18
HEAD_ROWS = 40
HEAD_BYTES = 8 << 20
ROW_TAG = b"<table:table-row"
MOST_SHEETS = 20
LONGEST_CELL = 131_072
DATE_LENGTH = len("2026-03-01")
CELLS = ("table:table-cell", "table:covered-table-cell")
BREAKS = {"text:tab": "\t", "text:line-break": "\n"}
NUMBERS = ("float", "percentage", "currency")
Told = Mapping[str, str]


@dataclass
class CellInHand:
    """A cell while it is read: what its tag told, and its text so far."""

    told: Told
    text: list[str] = field(default_factory=list)

    @property
    def is_formula(self) -> bool:
        return "table:formula" in self.told

    @property
    def times(self) -> int:
        return number_told(self.told, "table:number-columns-repeated")

    def value(self) -> Cell:
        """Return what the cell holds, by the type that it tells."""
        kind = self.told.get("office:value-type", "")
        try:
            if kind in NUMBERS:
                return float(self.told["office:value"])
            if kind == "date":
                return day_or_instant(self.told["office:date-value"])
            if kind == "boolean":
                return self.told["office:boolean-value"] == "true"
        except (KeyError, ValueError) as error:
            raise UnreadableFile(FileTrouble.BROKEN) from error
        return "".join(self.text)


def day_or_instant(text: str) -> date | datetime:
    """Return a date, or an instant without zone, as a document writes it."""
    if len(text) == DATE_LENGTH:
        return date.fromisoformat(text)
    return datetime.fromisoformat(text).replace(tzinfo=None)


def number_told(told: Told, name: str) -> int:
    """
    Return how often something repeats, or over how many cells it stretches; once if not told.

    :raises UnreadableFile: if it is no number above 0.
    """
    text = told.get(name, "1")
    if not text.isdigit() or not int(text):
        raise UnreadableFile(FileTrouble.BROKEN)
    return int(text)


@dataclass
class RowInHand:
    """A row while it is read: its cells without the blank ones at its end."""

    times: int
    limits: Limits
    cells: list[Cell] = field(default_factory=list)
    formulas: set[int] = field(default_factory=set)
    # Blank cells that count only if something follows.
    blanks: int = 0

    @property
    def place(self) -> int:
        """Return the column, counted from 0, that comes next."""
        return len(self.cells) + self.blanks

    def take(self, cell: CellInHand) -> None:
        """
        Add a cell, as often as it repeats.

        :raises UnreadableFile: if it stands beyond the limits.
        """
        value, times = cell.value(), cell.times
        if value == "" and not cell.is_formula:
            self.blanks += times
            return
        first = self.place
        if first + times > self.limits.columns:
            raise UnreadableFile(FileTrouble.TOO_MANY_COLUMNS)
        self.cells += [""] * self.blanks + [value] * times
        self.blanks = 0
        if cell.is_formula:
            self.formulas.update(range(first, first + times))


class Reader:
    """Turns the text of a document into sheets and rows, while it is fed."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        # Rows that are whole and not yet taken, each with the number of its sheet.
        self.rows: list[tuple[int, Row]] = []
        self.sheets: list[str] = []
        self.hidden: set[int] = set()
        self.hidden_styles: set[str] = set()
        self.style = ""
        self.depth = 0
        self.line = 0
        # By line, the columns that a cell of a line above stretches over.
        self.merged: dict[int, set[int]] = {}
        self.row: RowInHand | None = None
        self.cell: CellInHand | None = None
        self.paragraphs = 0
        self.is_text = False
        self.notes = 0
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.begin
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.say
        self.parser.StartDoctypeDeclHandler = self.refuse_doctype

    def refuse_doctype(self, *_told: object) -> None:
        """A document needs no definitions of its own, which can grow without bounds."""
        raise UnreadableFile(FileTrouble.BROKEN)

    def begin(self, name: str, told: Told) -> None:
        """Take the opening tag of an element."""
        if name == "style:style":
            self.style = told.get("style:name", "")
        elif name == "style:table-properties" and told.get("table:display") == "false":
            self.hidden_styles.add(self.style)
        elif name == "table:table":
            self.begin_table(told)
        elif name == "table:table-row" and self.depth == 1:
            times = number_told(told, "table:number-rows-repeated")
            self.row = RowInHand(times, self.limits)
        elif name in CELLS and self.row is not None and self.cell is None:
            self.cell, self.paragraphs = CellInHand(told), 0
        elif self.cell is not None:
            self.begin_in_cell(name, told)

    def begin_table(self, told: Told) -> None:
        """Take the beginning of a sheet; a table within a cell is none."""
        self.depth += 1
        if self.depth > 1:
            return
        if told.get("table:style-name", "") in self.hidden_styles:
            self.hidden.add(len(self.sheets))
        self.sheets.append(told.get("table:name", ""))
        self.line, self.merged = 0, {}

    def begin_in_cell(self, name: str, told: Told) -> None:
        """Take a tag within a cell: paragraphs are lines, notes are left out."""
        if name == "office:annotation":
            self.notes += 1
        elif self.notes or self.depth > 1:
            return
        elif name == "text:p":
            if self.paragraphs:
                self.write("\n")
            self.paragraphs += 1
            self.is_text = True
        elif name == "text:s":
            self.write(" " * min(number_told(told, "text:c"), LONGEST_CELL))
        elif name in BREAKS:
            self.write(BREAKS[name])

    def say(self, text: str) -> None:
        """Take text between tags."""
        if self.cell is not None and self.is_text and not self.notes:
            self.write(text)

    def write(self, text: str) -> None:
        """Add to the text of the cell in hand."""
        if self.cell is not None:
            self.cell.text.append(text)

    def end(self, name: str) -> None:
        """Take the closing tag of an element."""
        if name == "table:table":
            self.depth -= 1
        elif name == "office:annotation" and self.notes:
            self.notes -= 1
        elif name == "text:p" and not self.notes:
            self.is_text = False
        elif name in CELLS and self.cell is not None and self.row is not None and self.depth == 1:
            self.merge(self.row.place, self.cell.told)
            self.row.take(self.cell)
            self.cell = None
        elif name == "table:table-row" and self.row is not None and self.depth == 1:
            self.end_row(self.row)
            self.row = None

    def merge(self, place: int, told: Told) -> None:
        """Note over which cells one stretches."""
        columns = number_told(told, "table:number-columns-spanned")
        lines = number_told(told, "table:number-rows-spanned")
        if columns * lines == 1:
            return
        covered = range(place, min(place + columns, self.limits.columns))
        for line in range(self.line + 1, min(self.line + lines, self.limits.rows) + 1):
            self.merged.setdefault(line, set()).update(covered)

    def end_row(self, row: RowInHand) -> None:
        """
        Hand a whole row over, as often as it repeats; blank ones are only counted.

        :raises UnreadableFile: if it stands beyond the limits.
        """
        if not row.cells:
            self.line += row.times
            return
        if self.line + row.times > self.limits.rows:
            raise UnreadableFile(FileTrouble.TOO_MANY_ROWS)
        for _time in range(row.times):
            self.line += 1
            merged = frozenset(self.merged.pop(self.line, ()))
            whole = Row(self.line, tuple(row.cells), frozenset(row.formulas), merged)
            self.rows.append((len(self.sheets) - 1, whole))

    def taken(self) -> list[tuple[int, Row]]:
        """Return the rows that are whole, and forget them."""
        rows, self.rows = self.rows, []
        return rows


def is_document(archive: zipfile.ZipFile) -> bool:
    """Tell an OpenDocument spreadsheet from other archives."""
    try:
        return archive.read(MARK).strip() == KIND
    except (KeyError, zipfile.BadZipFile, OSError, RuntimeError):
        return False


def chunks_of(path: Path, limits: Limits) -> Iterator[bytes]:
    """
    Yield the text of a document piece by piece, as it is unpacked.

    :raises UnreadableFile: if the document is broken, locked, or larger than the limits.
    """
    size = 0
    try:
        with zipfile.ZipFile(path) as archive, archive.open(CONTENT) as file:
            while chunk := file.read(CHUNK):
                size += len(chunk)
                if size > limits.unpacked:
                    raise UnreadableFile(FileTrouble.TOO_LARGE)
                yield chunk
    except (zipfile.BadZipFile, KeyError, EOFError, OSError) as error:
        raise UnreadableFile(FileTrouble.BROKEN) from error
    except RuntimeError as error:
        # The archive is locked with a password.
        raise UnreadableFile(FileTrouble.OLD_WORKBOOK) from error


def read_rows(path: Path, reader: Reader, *, most: int = 0) -> Iterator[tuple[int, Row]]:
    """
    Yield every row with the number of its sheet; with ``most`` of the first bytes only.

    :raises UnreadableFile: if the document is broken, locked, or larger than the limits.
    """
    size = 0
    for chunk in chunks_of(path, reader.limits):
        size += len(chunk)
        try:
            reader.parser.Parse(chunk)
        except expat.ExpatError as error:
            raise UnreadableFile(FileTrouble.BROKEN) from error
        yield from reader.taken()
        if most and size >= most:
            break


def document_beginnings(path: Path, limits: Limits) -> Iterator[tuple[str, tuple[Row, ...]]]:
    """
    Yield the name and the first rows of each visible sheet that begins early in the document.

    :raises UnreadableFile: if the document is broken.
    """
    reader, first = Reader(limits), dict[int, list[Row]]()
    for sheet, row in read_rows(path, reader, most=HEAD_BYTES):
        if row.line <= HEAD_ROWS:
            first.setdefault(sheet, []).append(row)
    for index, name in islice(enumerate(reader.sheets), MOST_SHEETS):
        if index not in reader.hidden:
            yield name, tuple(first.get(index, ()))


def document_rows(path: Path, sheet: str, limits: Limits) -> tuple[int, Iterator[Row]]:
    """
    Return about how many lines a document has, and the rows of a sheet one after the other.

    :raises UnreadableFile: if the document is broken or too large; also while rows are taken.
    """
    lines = sum(chunk.count(ROW_TAG) for chunk in chunks_of(path, limits))
    return lines, rows_of_sheet(path, sheet, limits)


def rows_of_sheet(path: Path, sheet: str, limits: Limits) -> Iterator[Row]:
    """
    Yield the rows of one sheet.

    :raises UnreadableFile: if the document is broken, too large, or has no such sheet.
    """
    reader = Reader(limits)
    for index, row in read_rows(path, reader):
        if reader.sheets[index] == sheet:
            yield row
    if sheet not in reader.sheets:
        raise UnreadableFile(FileTrouble.NO_SUCH_SHEET)
