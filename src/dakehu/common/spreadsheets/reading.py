"""One way in for every kind of file."""

import zipfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from dakehu.common.spreadsheets.documents import (
    document_beginnings,
    document_rows,
    is_document,
)
from dakehu.common.spreadsheets.texts import encoding_of, text_rows
from dakehu.common.spreadsheets.values import (
    Beginning,
    FileTrouble,
    Limits,
    Row,
    Source,
    UnreadableFile,
)
from dakehu.common.spreadsheets.workbooks import HEAD_ROWS, workbook_beginnings, workbook_rows

ARCHIVE = b"PK\x03\x04"
# Workbooks before .xlsx, and those of today that are locked with a password.
COMPOUND = b"\xd0\xcf\x11\xe0"
PAGES = (b"<html", b"<!doctype html", b"<table", b"<meta", b"<?xml")
BINARY = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf")
START = 512
LINE_END = b"\n"
CHUNK = 1 << 20


def is_workbook(path: Path) -> bool:
    """
    Tell a workbook from a text file by its first bytes.

    :raises UnreadableFile: if it is neither, or empty.
    """
    with path.open("rb") as file:
        start = file.read(START)
    if not start.strip():
        raise UnreadableFile(FileTrouble.EMPTY)
    if start.startswith(COMPOUND):
        raise UnreadableFile(FileTrouble.OLD_WORKBOOK)
    if start.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(PAGES):
        raise UnreadableFile(FileTrouble.WEB_PAGE)
    if start.startswith(BINARY):
        raise UnreadableFile(FileTrouble.NO_SPREADSHEET)
    return start.startswith(ARCHIVE)


def is_open_document(path: Path) -> bool:
    """Tell an .ods from an .xlsx; both are archives."""
    try:
        with zipfile.ZipFile(path) as archive:
            return is_document(archive)
    except (zipfile.BadZipFile, OSError, ValueError):
        return False


def beginnings_of(path: Path, limits: Limits) -> tuple[Beginning, ...]:
    """
    Return the first rows of every sheet of a workbook, or of a text file.

    :raises UnreadableFile: if it is no spreadsheet, or broken.
    """
    if is_workbook(path):
        beginnings = document_beginnings if is_open_document(path) else workbook_beginnings
        found = beginnings(path, limits)
        return tuple(Beginning(Source(sheet=name), rows) for name, rows in found)
    source = Source(encoding=encoding_of(path))
    return (Beginning(source, tuple(islice(text_rows(path, source, limits), HEAD_ROWS))),)


def rows_of(path: Path, source: Source, limits: Limits) -> tuple[int, Iterator[Row]]:
    """
    Return how many lines there are at most, and the rows one after the other.

    :raises UnreadableFile: if the file cannot be read, or is larger than the limits; with texts
        and documents also while their rows are taken.
    """
    if source.sheet:
        rows = document_rows if is_open_document(path) else workbook_rows
        return rows(path, source.sheet, limits)
    return line_count(path), text_rows(path, source, limits)


def line_count(path: Path) -> int:
    """Return how many lines a text file has."""
    with path.open("rb") as file:
        return 1 + sum(chunk.count(LINE_END) for chunk in iter(lambda: file.read(CHUNK), b""))
