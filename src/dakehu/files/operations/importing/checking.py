"""The dry run: every row is judged, and nothing but the book of imports is written."""

from collections.abc import Collection, Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from dakehu.common.batches import batched
from dakehu.common.spreadsheets import FileTrouble, Row, Source, UnreadableFile, rows_of
from dakehu.files.choices import BUSY, ImportState, RowVerdict
from dakehu.files.errors import FILE_WORDS, UnableToImportFile
from dakehu.files.models import ImportRow, ImportRun
from dakehu.files.operations.importing.judging import (
    Judge,
    Judged,
    ReadRow,
    in_every_language,
    read_row,
)
from dakehu.files.operations.importing.starting import limits
from dakehu.files.policies import require_import
from dakehu.files.queries.imports import tally_of
from dakehu.files.values import Head
from dakehu.ui.imports import ImportScreen, screen_of

if TYPE_CHECKING:
    from dakehu.people.models import Staff

CHUNK = 500
LONGEST_ERROR = 300


def checked_chunks(run: ImportRun, *, at: datetime) -> Iterator[tuple[int, int]]:
    """
    Judge the rows of a file chunk by chunk, from the start; yield rows done and rows in all.

    A try that was broken off before leaves nothing behind.

    :raises PermissionDenied: if who started the import may not import with this any more.
    :raises UnableToImportFile: if the file cannot be read to its end.
    """
    screen = require_import(run.staff, screen_of(run.name))
    ImportRow.objects.filter(run=run).delete()
    head = Head.of(run.head)
    columns = columns_of(run, head)
    judge = Judge(screen, run.staff, mode=run.mode, names=run.mapping.values(), at=at)
    example = example_texts(screen, set(run.mapping.values()))
    try:
        last, rows = rows_of(file_of(run), Source(run.sheet, run.encoding), limits())
        for chunk in batched(data_rows(rows, head, columns, example), CHUNK):
            write_down(run, chunk, judge.judge(chunk))
            end = chunk[-1].line
            yield end - head.line, max(last, end) - head.line
    except UnreadableFile as error:
        raise UnableToImportFile(FILE_WORDS[error.trouble]) from error
    except FileNotFoundError as error:
        raise UnableToImportFile(FILE_WORDS[FileTrouble.NO_SUCH_SHEET]) from error


def file_of(run: ImportRun) -> Path:
    """Return where the file of an import lies."""
    return Path(settings.MEDIA_ROOT) / run.path


def columns_of(run: ImportRun, head: Head) -> list[tuple[int, str]]:
    """Return the assigned columns: their number from 0, and their field."""
    return [
        (index, run.mapping[heading])
        for index, heading in enumerate(head.headings)
        if heading in run.mapping
    ]


def data_rows(
    rows: Iterator[Row], head: Head, columns: list[tuple[int, str]], example: dict[str, set[str]]
) -> Iterator[ReadRow]:
    """
    Yield what stands below the headings; blank rows and the template's example are passed over.

    :raises UnableToImportFile: if the headings are merged or moved cells.
    """
    for row in rows:
        if row.line == head.line and row.merged.intersection(index for index, _name in columns):
            raise UnableToImportFile(_("The headings are merged cells. Unmerge them."))
        if row.line <= head.line or row.is_blank:
            continue
        read = read_row(row, columns)
        if (read.texts or read.troubles) and not is_example(read, example):
            yield read


def example_texts(screen: ImportScreen, names: Collection[str]) -> dict[str, set[str]]:
    """Return the example of each named field that has one, in every language of the template."""
    return {
        each.name: in_every_language(each.example)
        for each in screen.all_fields()
        if each.name in names and each.example
    }


def is_example(read: ReadRow, example: dict[str, set[str]]) -> bool:
    """Tell whether a row is the template's example, left in place."""
    said = read.texts
    return said.keys() == example.keys() and all(said[name] in example[name] for name in said)


def write_down(run: ImportRun, rows: list[ReadRow], judged: list[Judged]) -> None:
    """Keep the verdicts on a chunk of rows; of what changes nothing only that it was there."""
    ImportRow.objects.bulk_create(
        [
            ImportRow(
                run=run,
                line=read.line,
                cells={} if each.verdict == RowVerdict.UNCHANGED else read.texts,
                verdict=each.verdict,
                errors=[list(trouble) for trouble in each.draft.troubles],
                subject_id=each.draft.found.pk if each.draft.found else None,
                before=each.before,
                after=each.after,
            )
            for read, each in zip(rows, judged, strict=True)
        ]
    )


def note_progress(run: ImportRun, *, done: int, rows: int, at: datetime) -> None:
    """Record how far an import has come."""
    ImportRun.objects.filter(pk=run.pk).update(done=done, rows=rows, beat_at=at)


@transaction.atomic
def finish_checking(run: ImportRun, *, at: datetime) -> None:
    """Record that every row was judged, with the counts."""
    settle(run, ImportState.CHECKED, at=at)


def settle(run: ImportRun, state: ImportState, *, at: datetime) -> None:
    """Bring the entry of an import in line with its rows, and end what was going on."""
    tally = tally_of(run)
    ImportRun.objects.filter(pk=run.pk, state__in=BUSY).update(
        state=state,
        rows=tally.rows,
        done=tally.rows,
        created=tally.created,
        updated=tally.updated,
        unchanged=tally.unchanged,
        rejected=tally.rejected,
        beat_at=at,
        error="",
    )


def stop_import(run: ImportRun, *, words: str, at: datetime) -> None:
    """
    Record why work on an import ended before its time.

    A dry run has failed with it. What was being applied or undone keeps its state: it can be gone
    on with.
    """
    busy = ImportRun.objects.filter(pk=run.pk, state__in=BUSY)
    busy.update(error=words[:LONGEST_ERROR], beat_at=at)
    busy.filter(state=ImportState.CHECKING).update(state=ImportState.FAILED)


def begin_again(run: ImportRun, *, by: "Staff", at: datetime) -> None:
    """
    Let work that has ended before its time be gone on with.

    :raises PermissionDenied: if the person may not import with this.
    :raises UnableToImportFile: if there is none.
    """
    require_import(by, screen_of(run.name))
    busy = ImportRun.objects.filter(pk=run.pk, state__in=BUSY)
    if not busy.update(error="", beat_at=at):
        raise UnableToImportFile(_("Nothing of this import is left to do."))
