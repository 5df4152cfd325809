"""Text files of values: UTF-8 with or without its mark, UTF-16 with its mark, or GB18030.

The encoding is told from the whole content, never from the name: text that is valid UTF-8 is
UTF-8, because Chinese text in GB18030 practically never is.
"""

import codecs
import csv
from collections.abc import Iterator
from pathlib import Path

from dakehu.common.spreadsheets.values import (
    FileTrouble,
    Limits,
    Row,
    Source,
    UnreadableFile,
)

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
ENCODINGS = ("utf-8", "gb18030")
SEPARATORS = ",\t;"
CHUNK = 1 << 20
LONGEST_CELL = 131_072


def encoding_of(path: Path) -> str:
    """
    Return the encoding of a text file.

    :raises UnreadableFile: if its bytes are no text in any of the known encodings.
    """
    with path.open("rb") as file:
        start = file.read(4)
    marked = [name for mark, name in MARKS if start.startswith(mark)]
    for name in marked or ENCODINGS:
        if is_text_in(path, name):
            return name
    raise UnreadableFile(FileTrouble.UNKNOWN_ENCODING)


def is_text_in(path: Path, encoding: str) -> bool:
    """Tell whether a whole file is text in an encoding, reading it piece by piece."""
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                if "\0" in decoder.decode(chunk):
                    return False
            decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    return True


def separator_of(path: Path, encoding: str) -> str:
    """Return what separates the values: the candidate that the first full line has most of."""
    with path.open(encoding=encoding, newline="") as file:
        line = next((line for line in file if line.strip()), "")
    return max(SEPARATORS, key=line.count)


def text_rows(path: Path, source: Source, limits: Limits) -> Iterator[Row]:
    """
    Yield the rows of a text file.

    :raises UnreadableFile: if there are too many rows or columns, or quotes that never end.
    """
    separator = separator_of(path, source.encoding)
    csv.field_size_limit(LONGEST_CELL)
    with path.open(encoding=source.encoding, newline="") as file:
        try:
            for line, cells in enumerate(csv.reader(file, delimiter=separator), start=1):
                if line > limits.rows:
                    raise UnreadableFile(FileTrouble.TOO_MANY_ROWS)
                if len(cells) > limits.columns:
                    raise UnreadableFile(FileTrouble.TOO_MANY_COLUMNS)
                yield Row(line, tuple(cells))
        except csv.Error as error:
            raise UnreadableFile(FileTrouble.BROKEN) from error
