"""
The background work of imports: dry run, applying, undoing, and letting go of old rows.

Each may be done twice, or broken off anywhere and done again: the dry run begins anew, applying
and undoing go on with the rows that no transaction has taken yet.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks import task

from dakehu.common.work import WorkGivenUp
from dakehu.files.choices import ImportState
from dakehu.files.errors import UnableToImportFile
from dakehu.files.models import ImportRun
from dakehu.files.operations import importing
from dakehu.files.queries.imports import applied_count

if TYPE_CHECKING:
    from dakehu.people.models import Staff


def run_of(pk: int, state: ImportState) -> ImportRun | None:
    """Return an import with the people it acts for, if it is at this step."""
    found = ImportRun.objects.select_related("staff", "undone_by").filter(pk=pk, state=state)
    return found.first()


@contextmanager
def attended(run: ImportRun) -> Iterator[None]:
    """Speak the language of the import, and tell its people why it cannot go on."""
    with translation.override(run.language or settings.LANGUAGE_CODE):
        try:
            yield
        except UnableToImportFile as refusal:
            importing.stop_import(run, words=str(refusal), at=timezone.now())
        except PermissionDenied:
            words = _("The right to import this was withdrawn meanwhile.")
            importing.stop_import(run, words=words, at=timezone.now())


@task()
def check_import(pk: int) -> None:
    """Judge every row of an import."""
    run = run_of(pk, ImportState.CHECKING)
    if run is None:
        return
    with attended(run):
        for done, rows in importing.checked_chunks(run, at=timezone.now()):
            importing.note_progress(run, done=done, rows=rows, at=timezone.now())
        importing.finish_checking(run, at=timezone.now())


@task()
def apply_import(pk: int) -> None:
    """Write the rows of a checked import that are not written yet."""
    run = run_of(pk, ImportState.APPLYING)
    if run is None:
        return
    wanted, done = run.created + run.updated, applied_count(run)
    with attended(run):
        while count := importing.apply_chunk(run, at=timezone.now()):
            done += count
            importing.note_progress(run, done=done, rows=wanted, at=timezone.now())
        importing.finish_applying(run, at=timezone.now())


@task()
def undo_import(pk: int) -> None:
    """Take back the rows of an applied import, the last first."""
    run = run_of(pk, ImportState.UNDOING)
    if run is None:
        return
    wanted, done, below = applied_count(run), 0, None
    with attended(run):
        while True:
            count, below = importing.undo_chunk(run, below=below, at=timezone.now())
            if not count:
                break
            done += count
            importing.note_progress(run, done=done, rows=wanted, at=timezone.now())
        importing.finish_undoing(run, at=timezone.now())


WORK = {
    ImportState.CHECKING: check_import,
    ImportState.APPLYING: apply_import,
    ImportState.UNDOING: undo_import,
}


def hand_over(run: ImportRun) -> None:
    """Let a worker get on with an import."""
    work = WORK.get(ImportState(run.state))
    if work is not None:
        work.enqueue(run.pk)


@transaction.atomic
def check_columns(
    run: ImportRun, *, mapping: dict[str, str], mode: str, by: "Staff", at: datetime
) -> None:
    """Keep the columns of an import, and let the dry run be done."""
    importing.assign_columns(run, mapping=mapping, mode=mode, by=by, at=at)
    check_import.enqueue(run.pk)


@transaction.atomic
def start_applying(run: ImportRun, *, by: "Staff", at: datetime) -> None:
    """Confirm an import, and let it be applied."""
    importing.begin_applying(run, by=by, at=at)
    apply_import.enqueue(run.pk)


@transaction.atomic
def start_undoing(run: ImportRun, *, by: "Staff", at: datetime) -> None:
    """Let an import be taken back."""
    importing.begin_undoing(run, by=by, at=at)
    undo_import.enqueue(run.pk)


@transaction.atomic
def go_on(run: ImportRun, *, by: "Staff", at: datetime) -> None:
    """Let work that has ended before its time be gone on with."""
    importing.begin_again(run, by=by, at=at)
    run.refresh_from_db(fields=["state"])
    hand_over(run)


def forget_imports(at: datetime) -> None:
    """Let go of what people typed long ago."""
    importing.forget_imports(before=at - timedelta(days=settings.IMPORT_KEPT_DAYS))


def own_up(event: WorkGivenUp) -> None:
    """Tell the people of an import that its background work has failed."""
    paths = {work.module_path for work in WORK.values()}
    run = ImportRun.objects.filter(pk=event.args[0]).first() if event.path in paths else None
    if run is not None:
        with translation.override(run.language or settings.LANGUAGE_CODE):
            words = _(
                "The background work has failed several times. Try to go on, or ask for help."
            )
            importing.stop_import(run, words=words, at=event.at)
