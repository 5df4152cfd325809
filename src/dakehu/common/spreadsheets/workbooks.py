"""Workbooks (.xlsx): looked through before they are read.

The reader holds a whole sheet as one block, so a single cell far out would cost gigabytes; and it
hands over the last result of a formula as if somebody had typed it. Both are found beforehand by
looking through the sheet's text piece by piece.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from dakehu.common.spreadsheets.values import (
    LETTERS,
    Cell,
    FileTrouble,
    Limits,
    Row,
    UnreadableFile,
)

SHEET = re.compile(rb"<(?:\w+:)?sheet\s([^>]*)>")
RELATION_ID = re.compile(rb"\b\w+:id=[\"']([^\"']+)[\"']")
RELATION = re.compile(rb"<(?:\w+:)?Relationship\s([^>]*)>")
ATTRIBUTE = re.compile(rb"\b(\w+)=[\"']([^\"']*)[\"']")
PLACE = re.compile(rb"\br=[\"']([A-Z]{1,3})(\d{1,9})[\"']")
FORMULA = re.compile(rb"<(?:\w+:)?c\b([^>]*)>\s*<(?:\w+:)?f[\s/>]")
ERROR = re.compile(rb"<(?:\w+:)?c\b([^>]*\bt=[\"']e[\"'][^>]*)>")
SUSPECTS = (
    (re.compile(rb"[<:]f[\s/>]"), FORMULA),
    (re.compile(rb"\bt=[\"']e[\"']"), ERROR),
)
ROW_END = re.compile(rb"</(\w+:)?row>")
CHUNK = 1 << 20
# No cell's opening tag is longer; what lies across two pieces is looked at twice.
OVERLAP = 4096
HEAD_ROWS = 40
HEAD_BYTES = 8 << 20
MOST_SHEETS = 20
BOOK = "xl/workbook.xml"
RELATIONS = "xl/_rels/workbook.xml.rels"
NEEDED = frozenset(
    {
        "[Content_Types].xml",
        "_rels/.rels",
        BOOK,
        RELATIONS,
        "xl/styles.xml",
        "xl/sharedStrings.xml",
    }
)


@dataclass
class Survey:
    """What looking through a sheet has found: its size, and cells that are no typed values."""

    last_line: int = 0
    columns: int = 0
    # By line, one bit per column.
    formulas: dict[int, int] = field(default_factory=dict)

    def note(self, attributes: bytes) -> None:
        """
        Keep the place of a formula or of an error.

        :raises UnreadableFile: if the cell does not say where it stands.
        """
        place = PLACE.search(attributes)
        if place is None:
            raise UnreadableFile(FileTrouble.BROKEN)
        line = int(place[2])
        self.formulas[line] = self.formulas.get(line, 0) | 1 << column_index(place[1])


def column_index(letters: bytes) -> int:
    """Return the number of a column, counted from 0."""
    index = 0
    for letter in letters:
        index = index * LETTERS + letter - ord("A") + 1
    return index - 1


def opened(path: Path, limits: Limits) -> zipfile.ZipFile:
    """
    Open the archive that a workbook is, without unpacking anything.

    :raises UnreadableFile: if it is none, or would grow beyond all bounds.
    """
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise UnreadableFile(FileTrouble.BROKEN) from error
    names = set(archive.namelist())
    if BOOK not in names or RELATIONS not in names:
        raise UnreadableFile(FileTrouble.NO_SPREADSHEET)
    if sum(member.file_size for member in archive.infolist()) > limits.unpacked:
        raise UnreadableFile(FileTrouble.TOO_LARGE)
    return archive


def sheet_members(archive: zipfile.ZipFile) -> list[str]:
    """Return where the sheets of a workbook lie in its archive, in the order of the workbook."""
    targets = {}
    for relation in RELATION.finditer(archive.read(RELATIONS)):
        told = dict(ATTRIBUTE.findall(relation[1]))
        targets[told.get(b"Id")] = told.get(b"Target", b"").decode()
    members = []
    for sheet in SHEET.finditer(archive.read(BOOK)):
        found = RELATION_ID.search(sheet[1])
        target = targets.get(found[1], "") if found else ""
        members.append(target.lstrip("/") if target.startswith("/") else f"xl/{target}")
    return members


def survey_of(archive: zipfile.ZipFile, member: str, limits: Limits) -> Survey:
    """
    Look through a sheet without holding it.

    :raises UnreadableFile: if it is broken, or larger than the limits.
    """
    survey, kept = Survey(), b""
    try:
        with archive.open(member) as file:
            while chunk := file.read(CHUNK):
                look_at(survey, kept + chunk, limits)
                kept = chunk[-OVERLAP:]
    except (zipfile.BadZipFile, KeyError, EOFError, OSError) as error:
        raise UnreadableFile(FileTrouble.BROKEN) from error
    if survey.last_line * survey.columns > limits.cells:
        raise UnreadableFile(FileTrouble.TOO_MANY_CELLS)
    return survey


def look_at(survey: Survey, text: bytes, limits: Limits) -> None:
    """
    Take one piece of a sheet's text into its survey.

    :raises UnreadableFile: if a cell stands beyond the limits.
    """
    places = PLACE.findall(text)
    if places:
        columns = {letters for letters, _ in places}
        lines = {digits for _, digits in places}
        survey.columns = max(survey.columns, 1 + max(map(column_index, columns)))
        survey.last_line = max(survey.last_line, max(map(int, lines)))
    if survey.last_line > limits.rows:
        raise UnreadableFile(FileTrouble.TOO_MANY_ROWS)
    if survey.columns > limits.columns:
        raise UnreadableFile(FileTrouble.TOO_MANY_COLUMNS)
    for sign, pattern in SUSPECTS:
        # Most sheets have none, and the sign is found far quicker than the pattern.
        if sign.search(text):
            for cell in pattern.finditer(text):
                survey.note(cell[1])


def workbook_beginnings(path: Path, limits: Limits) -> Iterator[tuple[str, tuple[Row, ...]]]:
    """
    Yield each visible sheet's name and its first rows, however long the sheets are.

    :raises UnreadableFile: if the file is no workbook, or broken.
    """
    with opened(path, limits) as archive:
        short = shortened(archive, sheet_members(archive))
    book = workbook(short)
    for sheet in visible_sheets(book):
        yield sheet.name, tuple(islice(sheet_rows(sheet, Survey()), HEAD_ROWS))


def shortened(archive: zipfile.ZipFile, sheets: list[str]) -> io.BytesIO:
    """Return a copy of a workbook that holds only the first rows of each sheet."""
    copy, wanted = io.BytesIO(), set(sheets[:MOST_SHEETS])
    try:
        with zipfile.ZipFile(copy, "w") as target:
            for name in archive.namelist():
                if name in wanted:
                    target.writestr(name, first_rows(archive, name))
                elif name in NEEDED:
                    target.writestr(name, archive.read(name))
    except (zipfile.BadZipFile, EOFError, OSError) as error:
        raise UnreadableFile(FileTrouble.BROKEN) from error
    copy.seek(0)
    return copy


def first_rows(archive: zipfile.ZipFile, member: str) -> bytes:
    """Return the text of a sheet, closed after its first rows."""
    with archive.open(member) as file:
        text = file.read(HEAD_BYTES)
        is_whole = not file.read(1)
    ends = list(islice(ROW_END.finditer(text), HEAD_ROWS))
    if not ends or (is_whole and len(ends) < HEAD_ROWS):
        return text
    prefix = ends[-1][1] or b""
    return b"%b</%bsheetData></%bworksheet>" % (text[: ends[-1].end()], prefix, prefix)


def workbook(source: Path | io.BytesIO) -> CalamineWorkbook:
    """
    Open a workbook.

    :raises UnreadableFile: if the reader cannot make sense of it.
    """
    try:
        if isinstance(source, Path):
            return CalamineWorkbook.from_path(str(source))
        return CalamineWorkbook.from_filelike(source)
    except (CalamineError, OSError) as error:
        raise UnreadableFile(FileTrouble.BROKEN) from error


def visible_sheets(book: CalamineWorkbook) -> Iterator[CalamineSheet]:
    """Yield the sheets that a person sees, at most the first twenty of the workbook."""
    for index, known in enumerate(book.sheets_metadata[:MOST_SHEETS]):
        if known.visible is SheetVisibleEnum.Visible:
            yield sheet_at(book, index)


def sheet_at(book: CalamineWorkbook, index: int) -> CalamineSheet:
    """
    Read one sheet.

    :raises UnreadableFile: if the reader cannot make sense of it.
    """
    try:
        return book.get_sheet_by_index(index)
    except (CalamineError, OSError) as error:
        raise UnreadableFile(FileTrouble.BROKEN) from error


def workbook_rows(path: Path, sheet: str, limits: Limits) -> tuple[int, Iterator[Row]]:
    """
    Return the last line of a sheet, and its rows one after the other.

    :raises UnreadableFile: if the file is no workbook, broken, too large, or has no such sheet.
    """
    with opened(path, limits) as archive:
        names = workbook(path).sheet_names
        if sheet not in names:
            raise UnreadableFile(FileTrouble.NO_SUCH_SHEET)
        index = names.index(sheet)
        survey = survey_of(archive, sheet_members(archive)[index], limits)
    return survey.last_line, sheet_rows(sheet_at(workbook(path), index), survey)


def sheet_rows(sheet: CalamineSheet, survey: Survey) -> Iterator[Row]:
    """Yield the rows of a sheet; each cell stands in its own column, counted from A."""
    left: tuple[Cell, ...] = ("",) * (sheet.start[1] if sheet.start else 0)
    merged = merged_columns(sheet)
    for line, cells in enumerate(sheet.iter_rows(), start=1):
        yield Row(
            line,
            (*left, *cells),
            formulas=columns_in(survey.formulas.get(line, 0)),
            merged=columns_in(merged.get(line, 0)),
        )


def merged_columns(sheet: CalamineSheet) -> dict[int, int]:
    """Return, by line, the columns that belong to a merged range, one bit per column."""
    found: dict[int, int] = {}
    last = sheet.end[0] if sheet.end else 0
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or []:
        columns = (1 << (right + 1)) - (1 << left)
        for line in range(top + 1, min(bottom, last) + 2):
            found[line] = found.get(line, 0) | columns
    return found


def columns_in(bits: int) -> frozenset[int]:
    """Return the numbers of the bits that are set."""
    return frozenset(index for index in range(bits.bit_length()) if bits >> index & 1)
