"""Taking an import back: what it created is removed, what it changed gets its old values."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from dakehu.audit.operations import changes_told_together
from dakehu.files.choices import ImportState, RowVerdict
from dakehu.files.errors import UnableToImportFile
from dakehu.files.models import ImportRow, ImportRun
from dakehu.files.operations.importing.applying import CHUNK, claim, save, write_rows
from dakehu.files.operations.importing.checking import settle
from dakehu.files.operations.importing.judging import kept, recalled
from dakehu.files.operations.importing.starting import PAST
from dakehu.files.policies import require_import
from dakehu.files.queries.imports import WRITTEN, is_undoable
from dakehu.ui.imports import Act, Draft, Found, ImportScreen, UnableToImport, screen_of

if TYPE_CHECKING:
    from dakehu.people.models import Staff


@transaction.atomic
def begin_undoing(run: ImportRun, *, by: "Staff", at: datetime) -> None:
    """
    Let an applied import be taken back; also one of which an earlier try left rows behind.

    :raises PermissionDenied: if the person may not import with this.
    :raises UnableToImportFile: if it was not applied, or is too long ago.
    """
    require_import(by, screen_of(run.name))
    if not is_undoable(run):
        raise UnableToImportFile(
            _("Nothing of this import can be undone any more; its rows are no longer kept.")
        )
    applied = ImportRun.objects.filter(
        pk=run.pk, state__in=(ImportState.APPLIED, ImportState.UNDONE)
    )
    changed = applied.update(
        state=ImportState.UNDOING, done=0, undone_at=at, undone_by=by, beat_at=at, error=""
    )
    if not changed:
        raise UnableToImportFile(PAST)


def undo_chunk(run: ImportRun, *, below: int | None, at: datetime) -> tuple[int, int | None]:
    """
    Take back the last rows above line ``below`` in one transaction.

    Return how many were looked at and the lowest of their lines. A row whose record was changed
    meanwhile is left as it is, and says so.

    :raises PermissionDenied: if who wanted it may not import with this any more.
    :raises ClaimedElsewhere: if another worker has the same rows in hand.
    """
    screen = require_import(run.undone_by, screen_of(run.name))
    applied = ImportRow.objects.filter(run=run, verdict__in=WRITTEN, is_applied=True)
    if below is not None:
        applied = applied.filter(line__lt=below)
    with transaction.atomic(), changes_told_together():
        rows = list(applied.order_by("-line")[:CHUNK])
        tried = {row.pk for row in rows if row.errors}
        claim(rows, is_applied=False)
        numbers = {row.subject_id for row in rows if row.subject_id is not None}
        current = screen.current(run.undone_by, numbers)
        for row in rows:
            found = current.get(row.subject_id) if row.subject_id is not None else None
            undo_row(screen, run, row, found, at=at)
        # The claim has marked them all as undone already.
        write_rows(row for row in rows if row.is_applied or row.pk in tried)
    return len(rows), rows[-1].line if rows else None


def undo_row(
    screen: ImportScreen, run: ImportRun, row: ImportRow, found: Found | None, *, at: datetime
) -> None:
    """Take one row back, or note why it is left as it is."""
    words = _("Undoing of the import of %(file)s, line %(line)s")
    act = Act(run.undone_by, at, words % {"file": run.file_name, "line": row.line})
    row.is_applied, row.errors = False, []
    try:
        if row.verdict == RowVerdict.CREATE:
            take_back(screen, row, found, act)
        else:
            restore(screen, row, found, act)
    except UnableToImport as refusal:
        row.is_applied, row.errors = True, [[refusal.field, refusal.words]]


def take_back(screen: ImportScreen, row: ImportRow, found: Found | None, act: Act) -> None:
    """
    Remove a record that the import created; one that is gone already stays gone.

    :raises UnableToImport: if it was changed meanwhile, or cannot be removed.
    """
    if found is None:
        return
    if found.version != row.version:
        raise UnableToImport(_("changed since the import, so it is not removed"))
    if screen.remove is None:
        raise UnableToImport(_("what this import creates is not removed; close it on screen"))
    with transaction.atomic():
        screen.remove(found.pk, act)


def restore(screen: ImportScreen, row: ImportRow, found: Found | None, act: Act) -> None:
    """
    Give a record the values back that it had before the import.

    :raises UnableToImport: if one of them was changed meanwhile, or the record is out of reach.
    """
    if found is None:
        raise UnableToImport(_("no longer there or within reach, so it is left as it is"))
    fields = {each.name: each for each in screen.all_fields()}
    for name, value in row.after.items():
        if name not in fields or kept(found.values.get(name)) != value:
            words = _("changed since the import, so it is left as it is")
            raise UnableToImport(words, field=name)
    values: dict[str, Any] = {
        name: recalled(fields[name], value) for name, value in row.before.items()
    }
    save(screen, Draft(row.line, values, found), act)


@transaction.atomic
def finish_undoing(run: ImportRun, *, at: datetime) -> None:
    """Record that every row was taken back, or left for a stated reason."""
    settle(run, ImportState.UNDONE, at=at)
