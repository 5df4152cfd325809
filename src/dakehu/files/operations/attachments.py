"""Attaching files to records, removing and restoring them, and handing them out (V2)."""

import shutil
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, TypeAlias

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import models, transaction
from django.http import Http404
from django.utils.translation import gettext as _

from dakehu.audit.choices import AccessVerb
from dakehu.audit.operations import (
    change_rows,
    create_record,
    record_access,
    remove_record,
    restore_record,
)
from dakehu.files.errors import UnableToAttach
from dakehu.files.models import Attachment
from dakehu.files.operations import keeping
from dakehu.files.policies import ATTACH_FILES, is_sealed
from dakehu.files.queries.attachments import files_of
from dakehu.files.rules import contents
from dakehu.files.values import BuiltFile, Unfit, UnfitContent
from dakehu.people.policies import require

if TYPE_CHECKING:
    from dakehu.people.models import Staff

# Django's class takes a type only where types are checked.
Upload: TypeAlias = "UploadedFile[Any]"
KIND = "attachments"
MEGABYTE = 1024 * 1024


def attach_file(
    *, record: models.Model, upload: Upload, by: "Staff", at: datetime, note: str = ""
) -> Attachment:
    """
    Attach a file to a record that ``by`` may see; its kind is told from its content.

    :raises PermissionDenied: if ``by`` may not attach files.
    :raises UnableToAttach: if it is empty, too large, of a kind that is not taken, another one
        than its name says, carries macros, is attached already, or the record's files are sealed.
    """
    require(by, ATTACH_FILES)
    name = contents.clean_name(upload.name or "")
    refuse_sealed(record._meta.label_lower, record.pk, name)
    kind = fit_kind(upload, name)
    file = keep_copy(upload)
    try:
        with transaction.atomic():
            refuse_known(record, file, name)
            attachment = Attachment(
                subject_type=record._meta.label_lower,
                subject_id=record.pk,
                name=name,
                path=file.path,
                content_type=kind.content_type,
                size=file.size,
                sha256=file.sha256,
                note=note,
                staff=by,
                at=at,
            )
            return create_record(attachment, by=by, at=at)
    except BaseException:
        keeping.remove(file.path)
        raise


def refuse_sealed(label: str, pk: int, name: str) -> None:
    """Pass in silence unless the files of a record stay as they are.

    :raises UnableToAttach: if they do.
    """
    if is_sealed(label, pk):
        raise UnableToAttach(Unfit.SEALED, name=name)


def fit_kind(upload: Upload, name: str) -> contents.Kind:
    """
    Return the kind of an uploaded file, if it is fit to be kept.

    :raises UnableToAttach: otherwise, saying why.
    """
    kinds = ", ".join(sorted(settings.ATTACHMENT_TYPES))
    facts: dict[str, object] = {"name": name, "most": settings.ATTACHMENT_MB, "kinds": kinds}
    size = upload.size or 0
    if not size:
        raise UnableToAttach(Unfit.EMPTY, **facts)
    if size > settings.ATTACHMENT_MB * MEGABYTE:
        raise UnableToAttach(Unfit.TOO_LARGE, **facts)
    try:
        kind = contents.kind_of(content_of(upload))
        facts["kind"] = kind.name
        contents.judge_name(name, kind)
    except UnfitContent as unfit:
        raise UnableToAttach(unfit.reason, **facts) from unfit
    if kind.name not in settings.ATTACHMENT_TYPES:
        raise UnableToAttach(Unfit.NOT_ALLOWED, **facts)
    return kind


def content_of(upload: Upload) -> IO[bytes]:
    """Return the content of an upload, in memory or on disk."""
    if upload.file is None:
        raise ValueError("An upload is read while its request lasts.")
    return upload.file


def keep_copy(upload: Upload) -> BuiltFile:
    """Put the content of an upload to rest."""

    def write(file: IO[bytes], room: Path) -> int:
        content = content_of(upload)
        content.seek(0)
        shutil.copyfileobj(content, file)
        return 0

    return keeping.keep(KIND, write)


def refuse_known(record: models.Model, file: BuiltFile, name: str) -> None:
    """Pass in silence unless the record has this very content already.

    :raises UnableToAttach: if it has, saying under which name.
    """
    known = files_of(record).filter(removed_at=None, sha256=file.sha256).first()
    if known is not None:
        raise UnableToAttach(Unfit.KNOWN, name=name, other=known.name)


def remove_attachment(*, attachment: Attachment, by: "Staff", at: datetime) -> None:
    """
    Take a file away from its record, so that it can be brought back.

    :raises PermissionDenied: if ``by`` may not attach files.
    :raises UnableToAttach: if the files of the record are sealed.
    """
    require(by, ATTACH_FILES)
    refuse_sealed(attachment.subject_type, attachment.subject_id, attachment.name)
    remove_record(attachment, by=by, at=at)


def restore_attachment(*, attachment: Attachment, by: "Staff", at: datetime) -> None:
    """
    Bring a removed file back.

    :raises PermissionDenied: if ``by`` may not attach files.
    :raises Http404: if it was removed so long ago that its file is gone.
    :raises UnableToAttach: if the files of the record are sealed.
    """
    require(by, ATTACH_FILES)
    refuse_sealed(attachment.subject_type, attachment.subject_id, attachment.name)
    if attachment.path is None:
        raise Http404
    restore_record(attachment, by=by, at=at)


@transaction.atomic
def discard_removed(*, before: datetime, at: datetime) -> int:
    """
    Remove the files of attachments that were removed before an instant; return how many.

    What they were called stays on record. Killed in between, a file is left that no row names,
    which tidying removes.
    """
    had_their_time = Attachment.objects.filter(removed_at__lt=before, path__isnull=False)
    paths = dict(had_their_time.select_for_update().values_list("pk", "path"))
    rows = Attachment.objects.filter(pk__in=paths)
    change_rows(rows, values={"path": None}, by=None, at=at, reason=_("Kept long enough"))
    for path in paths.values():
        transaction.on_commit(partial(keeping.remove, path or ""))
    return len(paths)


@transaction.atomic
def take_attachment(
    *, attachment: Attachment, record: models.Model, by: "Staff", at: datetime
) -> Path:
    """
    Return where a file lies, for its download, and record that ``by`` looked at it.

    :raises Http404: if it was removed, or its file is lost.
    """
    if attachment.removed_at is not None or attachment.path is None:
        raise Http404
    path = keeping.full_path(attachment.path)
    if not path.is_file():
        raise Http404
    record_access(
        verb=AccessVerb.VIEWED,
        by=by,
        at=at,
        subject=record,
        detail=f"{attachment._meta.label_lower} {attachment.pk}",
    )
    return path
