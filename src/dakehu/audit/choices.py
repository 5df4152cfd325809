"""Kinds of change and of access that are recorded."""

from enum import IntEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class ChangeVerb(models.TextChoices):
    """What was done to a record."""

    CREATED = "CREATED", _("Created")
    CHANGED = "CHANGED", _("Changed")
    REMOVED = "REMOVED", _("Removed")
    RESTORED = "RESTORED", _("Restored")


class Trail(models.TextChoices):
    """The two append-only records."""

    CHANGE = "change", _("Change log")
    ACCESS = "access", _("Access log")


class ExitCode(IntEnum):
    """How the commands about the trails end, beside what every command may end with."""

    BROKEN = 8
    BUSY = 9


class AccessVerb(models.TextChoices):
    """How personal data were reached."""

    VIEWED = "VIEWED", _("Viewed")
    REVEALED = "REVEALED", _("Revealed")
    SEARCHED = "SEARCHED", _("Searched")
    EXPORTED = "EXPORTED", _("Exported")
    SIGNED_IN = "SIGNED_IN", _("Signed in")
