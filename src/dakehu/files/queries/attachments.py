"""Attached files for those who may see the record to which they belong (V2)."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import QuerySet
from django.http import Http404

from dakehu.files.models import Attachment
from dakehu.files.policies import seen_subject

if TYPE_CHECKING:
    from dakehu.people.models import Staff


def files_of(record: models.Model) -> QuerySet[Attachment]:
    """Return all files of a record, the newest first; the record comes from a query."""
    found = Attachment.objects.filter(subject_type=record._meta.label_lower, subject_id=record.pk)
    return found.select_related("staff").order_by("-at", "-pk")


def attachments_of(record: models.Model) -> list[Attachment]:
    """Return the files attached to a record, the newest first."""
    return list(files_of(record).filter(removed_at=None))


def removed_from(record: models.Model) -> list[Attachment]:
    """Return the files that were removed from a record and can be brought back, newest first."""
    removed = files_of(record).filter(removed_at__isnull=False, path__isnull=False)
    return list(removed.order_by("-removed_at", "-pk"))


def get_attachment(actor: "Staff", pk: int) -> tuple[Attachment, models.Model]:
    """
    Return a file with the record to which it is attached, if the actor may see that record.

    :raises Http404: if there is none.
    :raises PermissionDenied: if the actor may not see records of this kind.
    """
    found: Attachment | None = Attachment.objects.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found, seen_subject(actor, found.subject_type, found.subject_id)


def attachment_paths() -> set[str]:
    """Return the paths of all files that a row names, removed ones included."""
    return {path for path in Attachment.objects.values_list("path", flat=True) if path}
