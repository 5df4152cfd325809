"""
Imports of spreadsheets, step by step (promise 5).

1. :func:`start_import` keeps the file and guesses which heading belongs to which column.
2. :func:`assign_columns` takes what the person decided, and the dry run may begin.
3. :func:`checked_chunks` judges every row and writes the verdicts into the book.
4. :func:`begin_applying` and :func:`apply_chunk` write, chunk by chunk, what was announced.
5. :func:`begin_undoing` and :func:`undo_chunk` take it back, rows changed meanwhile excepted.

Each chunk is one transaction that first claims its rows in the book: a second worker, or a second
try after a kill, finds them claimed and goes on with the next.
"""

from dakehu.files.operations.importing.applying import apply_chunk, begin_applying, finish_applying
from dakehu.files.operations.importing.checking import (
    CHUNK,
    begin_again,
    checked_chunks,
    finish_checking,
    note_progress,
    stop_import,
)
from dakehu.files.operations.importing.starting import (
    Upload,
    assign_columns,
    drop_import,
    forget_imports,
    reopen_columns,
    start_import,
)
from dakehu.files.operations.importing.undoing import begin_undoing, finish_undoing, undo_chunk

__all__ = [
    "CHUNK",
    "Upload",
    "apply_chunk",
    "assign_columns",
    "begin_again",
    "begin_applying",
    "begin_undoing",
    "checked_chunks",
    "drop_import",
    "finish_applying",
    "finish_checking",
    "finish_undoing",
    "forget_imports",
    "note_progress",
    "reopen_columns",
    "start_import",
    "stop_import",
    "undo_chunk",
]
