"""Taking a file in, assigning its columns, and letting go of it (promise 5)."""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from dakehu.common.spreadsheets import (
    Beginning,
    FileTrouble,
    Limits,
    Source,
    UnreadableFile,
    beginnings_of,
)
from dakehu.files.choices import BUSY, ImportMode, ImportState
from dakehu.files.errors import FILE_WORDS, UnableToImportFile
from dakehu.files.models import ImportRow, ImportRun
from dakehu.files.operations.importing.judging import in_every_language
from dakehu.files.policies import require_import
from dakehu.files.queries.imports import earlier_mapping
from dakehu.files.rules import headings
from dakehu.files.values import Head
from dakehu.ui.imports import ImportField, ImportScreen, screen_of

if TYPE_CHECKING:
    from dakehu.people.models import Staff

BYTES_PER_MB = 1_000_000
FOLDER = "imports"
# Title, person, time, filter and a blank line may stand above the rows of an export.
HEAD_LINES = 40
LONGEST_NAME = 200
PAST = gettext_lazy("This import is past that step. Look at how it stands now.")
MAPPABLE = (ImportState.READ, ImportState.CHECKED)
DROPPABLE = (ImportState.READ, ImportState.CHECKED, ImportState.FAILED)


@dataclass(frozen=True)
class Upload:
    """A file on its way in: its name, its size, and its bytes piece by piece."""

    name: str
    size: int
    chunks: Iterable[bytes]


def limits() -> Limits:
    """Return how large a file this installation reads."""
    return Limits(rows=settings.IMPORT_ROW_CAP + HEAD_LINES)


def field_names(screen: ImportScreen) -> dict[str, str]:
    """Return the fields of an import by every heading that means them, in any language."""
    names: dict[str, str] = {}
    for each in screen.all_fields():
        for words in (each.title, *each.other_titles):
            for said in in_every_language(words):
                names.setdefault(headings.folded(said), each.name)
    return names


def start_import(
    screen: ImportScreen | None, *, upload: Upload, by: "Staff", at: datetime
) -> ImportRun:
    """
    Keep a file, find its headings and guess their columns (promise 5).

    :raises PermissionDenied: if the person may not import with ``screen``.
    :raises UnableToImportFile: if the file is no spreadsheet, empty, broken or too large.
    """
    screen = require_import(by, screen)
    path = stored(upload)
    try:
        source, head = best_head(path, field_names(screen))
    except UnableToImportFile:
        path.unlink(missing_ok=True)
        raise
    mapping = headings.matched(
        head.headings, field_names(screen), known_fields(screen, earlier_mapping(by, screen.name))
    )
    return ImportRun.objects.create(
        name=screen.name,
        file_name=Path(upload.name).name[:LONGEST_NAME],
        path=str(path.relative_to(settings.MEDIA_ROOT)),
        sheet=source.sheet,
        encoding=source.encoding,
        head=head.as_json(),
        mapping=mapping,
        language=get_language() or settings.LANGUAGE_CODE,
        mode=ImportMode.BOTH if screen.may_create else ImportMode.UPDATE,
        staff=by,
        at=at,
    )


def known_fields(screen: ImportScreen, mapping: Mapping[str, str]) -> dict[str, str]:
    """Return a mapping without fields that the import has no longer."""
    names = {each.name for each in screen.all_fields()}
    return {heading: name for heading, name in mapping.items() if name in names}


def stored(upload: Upload) -> Path:
    """
    Write a file to its place outside the web root, under a name that tells nothing.

    :raises UnableToImportFile: if it is larger than this installation takes.
    """
    if upload.size > settings.IMPORT_MAX_MB * BYTES_PER_MB:
        words = _("The file is larger than %(most)s MB. Divide it into several.")
        raise UnableToImportFile(words % {"most": settings.IMPORT_MAX_MB})
    folder = Path(settings.MEDIA_ROOT) / FOLDER
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / secrets.token_hex(16)
    with path.open("xb") as file:
        for chunk in upload.chunks:
            file.write(chunk)
    return path


def best_head(path: Path, names: Mapping[str, str]) -> tuple[Source, Head]:
    """
    Return the sheet in which most known headings stand, and its head.

    :raises UnableToImportFile: if the file cannot be read, or says nothing.
    """
    try:
        beginnings: Sequence[Beginning] = beginnings_of(path, limits())
    except UnreadableFile as error:
        raise UnableToImportFile(FILE_WORDS[error.trouble]) from error
    heads = [
        (each.source, head)
        for each in beginnings
        if (head := headings.head_of(each.rows, names)) is not None
    ]
    if not heads:
        raise UnableToImportFile(FILE_WORDS[FileTrouble.EMPTY])
    return max(heads, key=lambda found: known_in(found[1], names))


def known_in(head: Head, names: Mapping[str, str]) -> int:
    """Return how many fields the headings of a head name."""
    return len({names.get(headings.folded(each)) for each in head.headings} - {None})


@transaction.atomic
def assign_columns(
    run: ImportRun, *, mapping: Mapping[str, str], mode: str, by: "Staff", at: datetime
) -> None:
    """
    Keep which heading belongs to which field, and let the dry run begin.

    :raises PermissionDenied: if the person may not import with this any more.
    :raises UnableToImportFile: if a needed column is missing or doubled, or the import is not at
        this step.
    """
    screen = require_import(by, screen_of(run.name))
    head = Head.of(run.head)
    chosen = known_fields(
        screen, {heading: name for heading, name in mapping.items() if heading in head.headings}
    )
    refuse_doubled(head, chosen)
    refuse_missing(screen, chosen, mode)
    ImportRow.objects.filter(run=run).delete()
    changed = ImportRun.objects.filter(pk=run.pk, state__in=MAPPABLE).update(
        mapping=chosen,
        mode=ImportMode(mode) if screen.may_create else ImportMode.UPDATE,
        state=ImportState.CHECKING,
        language=get_language() or settings.LANGUAGE_CODE,
        rows=0,
        done=0,
        beat_at=at,
        error="",
    )
    if not changed:
        raise UnableToImportFile(PAST)


def refuse_doubled(head: Head, chosen: Mapping[str, str]) -> None:
    """Refuse headings that stand twice, and fields that two headings were given to.

    :raises UnableToImportFile: if there are such.
    """
    twice = [heading for heading in headings.doubled(head.headings) if heading in chosen]
    if twice:
        words = _("These headings stand more than once: %(headings)s. Delete or rename one.")
        raise UnableToImportFile(words % {"headings": ", ".join(twice)})
    if len(set(chosen.values())) < len(chosen):
        raise UnableToImportFile(_("Two columns were given to the same field. Choose one."))


def refuse_missing(screen: ImportScreen, chosen: Mapping[str, str], mode: str) -> None:
    """Refuse a file without the columns that tell what a row means.

    :raises UnableToImportFile: if one is missing.
    """
    given = set(chosen.values())
    keys = [each for each in screen.fields if each.key]
    needed: list[ImportField] = []
    if mode != ImportMode.UPDATE and screen.may_create:
        needed = [each for each in screen.all_fields() if each.required and each.name not in given]
    if not needed and keys and not given.intersection(each.name for each in keys):
        needed = keys
    if needed:
        titles = ", ".join(str(each.title) for each in needed)
        words = ngettext(
            "No column is given to this field, which is needed: %(titles)s.",
            "No columns are given to these fields, which are needed: %(titles)s.",
            len(needed),
        )
        raise UnableToImportFile(words % {"titles": titles})


@transaction.atomic
def reopen_columns(run: ImportRun, *, by: "Staff", at: datetime) -> None:
    """
    Go back from the result of the dry run to the columns.

    :raises PermissionDenied: if the person may not import with this.
    :raises UnableToImportFile: if the import is not at this step.
    """
    require_import(by, screen_of(run.name))
    checked = ImportRun.objects.filter(
        pk=run.pk, state__in=(ImportState.CHECKED, ImportState.FAILED)
    )
    if not checked.update(state=ImportState.READ, beat_at=at, error=""):
        raise UnableToImportFile(PAST)


@transaction.atomic
def drop_import(run: ImportRun, *, by: "Staff", at: datetime) -> None:
    """
    Let go of an import that was not applied: its file and its rows go, its entry stays.

    :raises PermissionDenied: if the person may not import with this.
    :raises UnableToImportFile: if it is being worked on, or was applied.
    """
    require_import(by, screen_of(run.name))
    changed = ImportRun.objects.filter(pk=run.pk, state__in=DROPPABLE).update(
        state=ImportState.DROPPED, beat_at=at
    )
    if not changed:
        raise UnableToImportFile(_("This import can no longer be dropped."))
    clear_away(run)


def clear_away(run: ImportRun) -> None:
    """Remove the rows of an import from the book, and its file once that is certain."""
    ImportRow.objects.filter(run=run).delete()
    ImportRun.objects.filter(pk=run.pk).update(head={})
    transaction.on_commit(lambda: remove_file(run))


def remove_file(run: ImportRun) -> None:
    """Remove the file of an import; one that is gone already is no trouble."""
    if run.path:
        (Path(settings.MEDIA_ROOT) / run.path).unlink(missing_ok=True)


def forget_imports(*, before: datetime) -> int:
    """
    Remove the rows and files of imports older than ``before``; return of how many.

    They hold personal data as somebody typed them. The entries stay, with their counts; what was
    applied can no longer be undone.
    """
    held = ImportRun.objects.filter(at__lt=before, path__gt="")
    # What was uploaded long ago may be undone at this very moment.
    held = held.exclude(state__in=BUSY, beat_at__gte=before)
    count = 0
    for run in held.iterator():
        with transaction.atomic():
            clear_away(run)
            ImportRun.objects.filter(pk=run.pk).update(path="")
            same = ImportRun.objects.filter(pk=run.pk)
            same.filter(state__in=DROPPABLE).update(state=ImportState.DROPPED)
            same.filter(state__in=BUSY).update(state=ImportState.FAILED)
        count += 1
    return count
