"""Kinds and states of changes of ownership (归属)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MoveKind(models.TextChoices):
    """What a change of ownership is (M3)."""

    ASSIGN = "ASSIGN", _("Assign")
    SWAP = "SWAP", _("Swap")
    RECALL = "RECALL", _("Recall")
    COVER = "COVER", _("Leave cover")
    CLAIM = "CLAIM", _("Claim from the pool")
    UNDO = "UNDO", _("Undo")


class MoveState(models.TextChoices):
    """How far a change of ownership has come."""

    PLANNED = "PLANNED", _("Planned")
    DONE = "DONE", _("Done")
    CANCELLED = "CANCELLED", _("Cancelled")
    UNDONE = "UNDONE", _("Undone")


class LineState(models.TextChoices):
    """What became of one customer of a change."""

    PLANNED = "PLANNED", _("Planned")
    DONE = "DONE", _("Done")
    SKIPPED = "SKIPPED", _("Skipped")
    UNDONE = "UNDONE", _("Undone")
