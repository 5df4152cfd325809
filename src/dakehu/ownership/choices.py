"""Kinds and states of changes of ownership (归属)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MoveKind(models.TextChoices):
    """What a change of ownership is (M3)."""

    ASSIGN = "ASSIGN", _("Assign")
    SWAP = "SWAP", _("Swap")
    RECALL = "RECALL", _("Recall to the pool")
    COVER = "COVER", _("Leave cover")
    CLAIM = "CLAIM", _("Claim from the pool")
    UNDO = "UNDO", _("Undo")


class MoveState(models.TextChoices):
    """How far a change of ownership has come."""

    DRAFT = "DRAFT", _("Preview")
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


class Skip(models.TextChoices):
    """Why a customer was left out of a change; kept by code, shown in words."""

    MOVED = "MOVED", _("Somebody else moved the customer meanwhile")
    GONE = "GONE", _("No longer a customer to work with")
    UNABLE = "UNABLE", _("The successor can no longer take customers")
    BACK = "BACK", _("The former owner can no longer take customers")


class Standing(models.TextChoices):
    """How a manager's load compares with the capacity."""

    OVER = "OVER", _("Overloaded")
    GOOD = "GOOD", _("In balance")
    UNDER = "UNDER", _("Room to spare")


class RuleState(models.TextChoices):
    """Where a set of numbers stands."""

    PROPOSED = "PROPOSED", _("Waits for approval")
    COMING = "COMING", _("Approved, comes into force later")
    IN_FORCE = "IN_FORCE", _("In force")
    PAST = "PAST", _("Replaced")
    REMOVED = "REMOVED", _("Withdrawn")


HANDOVER = "handover"
"""The source of to-dos that ask a successor to confirm what was handed over."""

PLANNED_MOVE = "move"
"""The source of to-dos that tell whoever planned a change that some customers stayed."""

MOVE_TONES = {
    "DRAFT": "info",
    "PLANNED": "accent",
    "DONE": "success",
    "CANCELLED": "neutral",
    "UNDONE": "warning",
}
LINE_TONES = {"PLANNED": "accent", "DONE": "success", "SKIPPED": "warning", "UNDONE": "neutral"}
KIND_TONES = {
    "ASSIGN": "info",
    "SWAP": "info",
    "RECALL": "warning",
    "COVER": "accent",
    "CLAIM": "success",
    "UNDO": "neutral",
}
STANDING_TONES = {"OVER": "danger", "GOOD": "success", "UNDER": "info"}
RULE_TONES = {
    "PROPOSED": "warning",
    "COMING": "info",
    "IN_FORCE": "success",
    "PAST": "neutral",
    "REMOVED": "neutral",
}
