"""States of imports and of released exports."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ImportState(models.TextChoices):
    """How far an import has come."""

    READ = "READ", _("Columns to be assigned")
    CHECKING = "CHECKING", _("Being checked")
    CHECKED = "CHECKED", _("Checked")
    APPLYING = "APPLYING", _("Being applied")
    APPLIED = "APPLIED", _("Applied")
    UNDOING = "UNDOING", _("Being undone")
    UNDONE = "UNDONE", _("Undone")
    DROPPED = "DROPPED", _("Dropped")
    FAILED = "FAILED", _("Failed")


class ImportMode(models.TextChoices):
    """What an import may do."""

    CREATE = "CREATE", _("Create only")
    UPDATE = "UPDATE", _("Update only")
    BOTH = "BOTH", _("Create and update")


class RowVerdict(models.TextChoices):
    """What a row does, or why not (promise 5)."""

    CREATE = "CREATE", _("Create")
    UPDATE = "UPDATE", _("Update")
    UNCHANGED = "UNCHANGED", _("Unchanged")
    REJECTED = "REJECTED", _("Rejected")


# Background work is on its way with it.
BUSY = frozenset({ImportState.CHECKING, ImportState.APPLYING, ImportState.UNDOING})


IMPORT_TONES = {
    ImportState.READ: "info",
    ImportState.CHECKING: "accent",
    ImportState.CHECKED: "info",
    ImportState.APPLYING: "accent",
    ImportState.APPLIED: "success",
    ImportState.UNDOING: "accent",
    ImportState.UNDONE: "warning",
    ImportState.DROPPED: "neutral",
    ImportState.FAILED: "danger",
}
VERDICT_TONES = {
    RowVerdict.CREATE: "success",
    RowVerdict.UPDATE: "info",
    RowVerdict.UNCHANGED: "neutral",
    RowVerdict.REJECTED: "danger",
}


class ExportState(models.TextChoices):
    """How far the release of an export has come (promise 3)."""

    WAITING = "WAITING", _("Waiting for release")
    REFUSED = "REFUSED", pgettext_lazy("export", "Refused")
    WITHDRAWN = "WITHDRAWN", _("Withdrawn")
    APPROVED = "APPROVED", _("Released")
    BUILDING = "BUILDING", _("Being built")
    READY = "READY", _("Ready")
    FAILED = "FAILED", _("Failed")
    EXPIRED = "EXPIRED", _("Expired")


EXPORT_TONES = {
    "WAITING": "warning",
    "REFUSED": "danger",
    "WITHDRAWN": "neutral",
    "APPROVED": "info",
    "BUILDING": "info",
    "READY": "success",
    "FAILED": "danger",
    "EXPIRED": "neutral",
}
"""How the states of an export look."""

TO_RELEASE = "export_release"
TO_TAKE = "export_ready"
TO_KNOW = "export_lost"
"""
Sources of to-dos: an export that waits for its release, a file that waits for its owner, and the
news for its owner that none will come.
"""
