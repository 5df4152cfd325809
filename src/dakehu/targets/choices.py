"""Fixed sets of target groups."""

from django.db import models
from django.utils.translation import gettext_lazy as _

TARGET = "target"
"""The source of to-dos that a hand-out asks for."""


class Membership(models.TextChoices):
    """How the members of a group follow the data."""

    FROZEN = "FROZEN", _("Frozen")
    LIVE = "LIVE", _("Live")


class GroupState(models.TextChoices):
    """Where a target group stands."""

    DRAFT = "DRAFT", _("Draft")
    LOCKED = "LOCKED", _("Locked")
    CLOSED = "CLOSED", _("Closed")


GROUP_TONES = {"DRAFT": "neutral", "LOCKED": "success", "CLOSED": "info"}


class Presence(models.TextChoices):
    """What a list of members shows of one of them."""

    MEMBER = "MEMBER", _("Member")
    DROPPED = "DROPPED", _("No longer in the group")
    GONE = "GONE", _("Customer has left")


PRESENCE_TONES = {"MEMBER": "success", "DROPPED": "neutral", "GONE": "danger"}


class HandOutState(models.TextChoices):
    """Where a hand-out stands."""

    WAITING = "WAITING", _("Being prepared")
    RUNNING = "RUNNING", _("Being handed out")
    READY = "READY", _("Handed out")
    FAILED = "FAILED", _("Broken off")
    UNDONE = "UNDONE", _("Undone")


HAND_OUT_TONES = {
    "WAITING": "info",
    "RUNNING": "info",
    "READY": "success",
    "FAILED": "danger",
    "UNDONE": "neutral",
}
UNFINISHED = (HandOutState.WAITING, HandOutState.RUNNING)


class Result(models.TextChoices):
    """What came of a task."""

    AGREED = "AGREED", _("Agreed")
    INTERESTED = "INTERESTED", _("Interested")
    REACHED = "REACHED", _("Reached")
    REFUSED = "REFUSED", _("Declined")
    UNSUITED = "UNSUITED", _("Does not suit")
    LATER = "LATER", _("To be contacted again")
    NOT_REACHED = "NOT_REACHED", _("Not reached")
    GIVEN_UP = "GIVEN_UP", _("Not reached, given up")


RESULT_TONES = {
    "AGREED": "success",
    "INTERESTED": "success",
    "REACHED": "info",
    "REFUSED": "warning",
    "UNSUITED": "neutral",
    "LATER": "accent",
    "NOT_REACHED": "warning",
    "GIVEN_UP": "neutral",
}
OPEN_RESULTS = (Result.LATER, Result.NOT_REACHED)
"""Results after which the task stays open."""


class TaskState(models.TextChoices):
    """Where a task stands."""

    OPEN = "OPEN", _("Open")
    HELD = "HELD", _("Kept for later")
    DONE = "DONE", _("Done")
    CANCELLED = "CANCELLED", _("No longer needed")


TASK_TONES = {"OPEN": "info", "HELD": "neutral", "DONE": "success", "CANCELLED": "neutral"}
