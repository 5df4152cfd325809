"""What the panel of attached files shows."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.timezone import localdate

from dakehu.files.policies import ATTACH_FILES, is_sealed
from dakehu.files.queries import attachments as queries
from dakehu.files.rules.contents import KINDS
from dakehu.people.policies import may

if TYPE_CHECKING:
    from django.db import models

    from dakehu.people.models import Staff

ICONS = {
    "application/pdf": "file-type-pdf",
    "application/msword": "file-type-doc",
    "application/vnd.ms-excel": "file-type-xls",
    "application/vnd.ms-powerpoint": "file-type-ppt",
    "application/zip": "file-zip",
}
ICONS_BY_BEGINNING = (
    ("image/", "photo"),
    ("audio/", "file-music"),
    ("video/", "video"),
    ("text/", "file-text"),
    ("application/vnd.openxmlformats-officedocument.word", "file-type-docx"),
    ("application/vnd.openxmlformats-officedocument.spread", "file-type-xls"),
    ("application/vnd.openxmlformats-officedocument.pres", "file-type-ppt"),
)


@dataclass(frozen=True)
class FileLine:
    """One attached file with its icon; of a removed one the day until which it can come back."""

    file: Any
    icon: str
    until: date | None = None


@dataclass(frozen=True)
class AttachmentsPanel:
    """The files of one record, and what may be done with them."""

    label: str
    subject_id: int
    lines: tuple[FileLine, ...]
    removed: tuple[FileLine, ...]
    may_attach: bool
    most_mb: int
    kinds: str
    accept: str
    troubles: tuple[str, ...] = ()


def attachments_panel(
    actor: "Staff", record: "models.Model", *, troubles: tuple[str, ...] = ()
) -> AttachmentsPanel:
    """Gather the files of a record that the actor may see."""
    label = record._meta.label_lower
    may_attach = may(actor, ATTACH_FILES) and not is_sealed(label, record.pk)
    removed = queries.removed_from(record) if may_attach else []
    endings = sorted(
        ending for name in settings.ATTACHMENT_TYPES for ending in KINDS[name].endings
    )
    return AttachmentsPanel(
        label=label,
        subject_id=record.pk,
        lines=tuple(map(line_of, queries.attachments_of(record))),
        removed=tuple(map(line_of, removed)),
        may_attach=may_attach,
        most_mb=settings.ATTACHMENT_MB,
        kinds=", ".join(endings),
        accept=",".join(f".{ending}" for ending in endings),
        troubles=troubles,
    )


def line_of(file: Any) -> FileLine:
    """Return an attached file as a line."""
    kind = file.content_type
    icon = next((icon for start, icon in ICONS_BY_BEGINNING if kind.startswith(start)), "file")
    return FileLine(file, ICONS.get(kind, icon), until_of(file))


def until_of(file: Any) -> date | None:
    """Return until when a removed file can be brought back."""
    if file.removed_at is None:
        return None
    return localdate(file.removed_at + timedelta(days=settings.ATTACHMENT_KEPT_DAYS))
