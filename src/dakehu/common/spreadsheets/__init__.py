"""Reading spreadsheets that people hand in: workbooks and text files, told apart by content.

Nothing of a file is trusted: sizes are looked at before anything is unpacked, formulas and merged
cells are found, and text is decoded without guessing at single characters. Rows come one after the
other.
"""

from dakehu.common.spreadsheets.reading import beginnings_of, rows_of
from dakehu.common.spreadsheets.values import (
    Beginning,
    Cell,
    CellKind,
    FileTrouble,
    Limits,
    Row,
    Source,
    UnreadableFile,
    column_letters,
)

__all__ = [
    "Beginning",
    "Cell",
    "CellKind",
    "FileTrouble",
    "Limits",
    "Row",
    "Source",
    "UnreadableFile",
    "beginnings_of",
    "column_letters",
    "rows_of",
]
