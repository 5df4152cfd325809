"""Writing what the dry run announced, chunk by chunk, through the operations of the owning app."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from dakehu.audit.errors import EditedMeanwhile
from dakehu.files.choices import ImportState, RowVerdict
from dakehu.files.errors import UnableToImportFile
from dakehu.files.models import ImportRow, ImportRun
from dakehu.files.operations.importing.checking import settle
from dakehu.files.operations.importing.judging import Judge, Judged, ReadRow
from dakehu.files.operations.importing.starting import PAST, remove_file
from dakehu.files.policies import require_import
from dakehu.files.queries.imports import WRITTEN
from dakehu.ui.imports import Act, Draft, ImportScreen, UnableToImport, screen_of

if TYPE_CHECKING:
    from dakehu.people.models import Staff

CHUNK = 200
WRITTEN_FIELDS = [
    "verdict", "errors", "subject_id", "before", "after", "version", "is_applied",
]  # fmt: skip


class ClaimedElsewhere(Exception):
    """Somebody else is applying or undoing the same rows at this moment."""


@transaction.atomic
def begin_applying(run: ImportRun, *, by: "Staff", at: datetime) -> None:
    """
    Let a checked import be applied.

    :raises PermissionDenied: if the person may not import with this.
    :raises UnableToImportFile: if it is not checked, or was begun already.
    """
    require_import(by, screen_of(run.name))
    changed = ImportRun.objects.filter(pk=run.pk, state=ImportState.CHECKED).update(
        state=ImportState.APPLYING, done=0, applied_at=at, beat_at=at, error=""
    )
    if not changed:
        raise UnableToImportFile(PAST)


def apply_chunk(run: ImportRun, *, at: datetime) -> int:
    """
    Write the next rows of an import in one transaction; return how many were looked at.

    Each is judged anew, as the records may have changed since the dry run. A refusal rejects its
    row and no other.

    :raises PermissionDenied: if who started the import may not import with this any more.
    :raises ClaimedElsewhere: if another worker has the same rows in hand.
    """
    screen = require_import(run.staff, screen_of(run.name))
    waiting = ImportRow.objects.filter(run=run, verdict__in=WRITTEN, is_applied=False)
    with transaction.atomic():
        rows = list(waiting.order_by("line")[:CHUNK])
        claim(rows, is_applied=True)
        judge = Judge(screen, run.staff, mode=run.mode, names=run.mapping.values(), at=at)
        judged = judge.judge([read_again(row) for row in rows])
        for row in rows:
            row.is_applied = True
        known = [kept_of(row) for row in rows]
        numbers = saved_together(screen, run, judged, at=at)
        for row, each in zip(rows, judged, strict=True):
            apply_row(screen, run, row, each, at=at, number=numbers.get(row.line))
        note_versions(screen, run, rows)
        write_rows(row for row, was in zip(rows, known, strict=True) if kept_of(row) != was)
    return len(rows)


def kept_of(row: ImportRow) -> list[Any]:
    """Return what the book says of a row."""
    return [getattr(row, name) for name in WRITTEN_FIELDS]


def write_rows(rows: Iterable[ImportRow]) -> None:
    """Write what has changed into the book; far quicker than one update with a case per row."""
    ImportRow.objects.bulk_create(
        rows,
        update_conflicts=True,
        update_fields=WRITTEN_FIELDS,
        unique_fields=["run", "line"],
    )


def claim(rows: list[ImportRow], *, is_applied: bool) -> None:
    """
    Take rows in hand for this transaction; whoever comes second waits, and finds them taken.

    :raises ClaimedElsewhere: if somebody was quicker.
    """
    keys = [row.pk for row in rows]
    wanted = ImportRow.objects.filter(pk__in=keys, is_applied=not is_applied)
    if wanted.update(is_applied=is_applied) != len(keys):
        raise ClaimedElsewhere


def read_again(row: ImportRow) -> ReadRow:
    """Return a row of the book as it was read from the file."""
    return ReadRow(row.line, row.cells)


def saved_together(
    screen: ImportScreen, run: ImportRun, judged: Sequence[Judged], *, at: datetime
) -> dict[int, int]:
    """
    Write all rows of a chunk at once; return by line the numbers of their records.

    Nothing is written, and nothing returned, where the owning app cannot, or refuses one of them.
    """
    drafts = [each.draft for each in judged if each.verdict in WRITTEN]
    if screen.save_all is None or not drafts:
        return {}
    acts = [Act(run.staff, at, reason_for(run, draft.line)) for draft in drafts]
    try:
        with transaction.atomic():
            numbers = screen.save_all(drafts, acts)
    except (UnableToImport, EditedMeanwhile):
        return {}
    return {draft.line: number for draft, number in zip(drafts, numbers, strict=True)}


def apply_row(
    screen: ImportScreen,
    run: ImportRun,
    row: ImportRow,
    judged: Judged,
    *,
    at: datetime,
    number: int | None,
) -> None:
    """Write one row unless its record has a number already; note in the book what came of it."""
    draft, row.verdict = judged.draft, judged.verdict
    if number is not None:
        row.subject_id = number
    elif judged.verdict in WRITTEN:
        act = Act(run.staff, at, reason_for(run, row.line))
        try:
            row.subject_id = save(screen, draft, act)
        except UnableToImport as refusal:
            draft.refuse(refusal.field, refusal.words)
            row.verdict = RowVerdict.REJECTED
    row.errors = [list(trouble) for trouble in draft.troubles]
    row.before, row.after = judged.before, judged.after
    row.is_applied = row.verdict in WRITTEN


def save(screen: ImportScreen, draft: Draft, act: Act) -> int:
    """
    Write one row; a refusal takes back what it has written so far.

    :raises UnableToImport: if the owning app refuses it, or somebody is changing the record.
    """
    try:
        with transaction.atomic():
            return screen.save(draft, act)
    except EditedMeanwhile as clash:
        raise UnableToImport(_("the record is being changed by somebody else")) from clash


def reason_for(run: ImportRun, line: int) -> str:
    """Return what the record of changes says of a row: the file and the line."""
    return _("Import of %(file)s, line %(line)s") % {"file": run.file_name, "line": line}


def note_versions(screen: ImportScreen, run: ImportRun, rows: list[ImportRow]) -> None:
    """Keep which version the created records have now: the undoing removes no changed one."""
    created = [row for row in rows if row.is_applied and row.verdict == RowVerdict.CREATE]
    numbers = {row.subject_id for row in created if row.subject_id is not None}
    current = screen.current(run.staff, numbers) if numbers else {}
    for row in created:
        if row.subject_id is not None and row.subject_id in current:
            row.version = current[row.subject_id].version


@transaction.atomic
def finish_applying(run: ImportRun, *, at: datetime) -> None:
    """Record that every row was written or rejected; the file is not needed any longer."""
    settle(run, ImportState.APPLIED, at=at)
    transaction.on_commit(lambda: remove_file(run))
