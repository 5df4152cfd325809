"""Fixed sets of messages to customers: by what, what for, where they stand, who said no."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Way(models.TextChoices):
    """By what a message goes."""

    SMS = "SMS", _("SMS")
    EMAIL = "EMAIL", _("E-mail")


class MessagePurpose(models.TextChoices):
    """What a message is for; who refuses one purpose may still want another."""

    SERVICE = "SERVICE", pgettext_lazy("purpose of a message", "Service")
    CARE = "CARE", pgettext_lazy("purpose of a message", "Care")
    MARKETING = "MARKETING", pgettext_lazy("purpose of a message", "Marketing")


class MessageState(models.TextChoices):
    """Where a message stands."""

    QUEUED = "QUEUED", _("Waits to be sent")
    SENDING = "SENDING", _("Being sent")
    SENT = "SENT", pgettext_lazy("state of a message", "Sent")
    FAILED = "FAILED", pgettext_lazy("state of a message", "Not sent")
    REFUSED = "REFUSED", pgettext_lazy("state of a message", "Refused")
    WITHDRAWN = "WITHDRAWN", pgettext_lazy("state of a message", "Withdrawn")


MESSAGE_TONES = {
    "QUEUED": "info",
    "SENDING": "info",
    "SENT": "success",
    "FAILED": "danger",
    "REFUSED": "warning",
    "WITHDRAWN": "neutral",
}
COUNTED = (MessageState.QUEUED, MessageState.SENDING, MessageState.SENT)
"""What counts against the frequency limit."""


class RefusalSource(models.TextChoices):
    """Where we know from that somebody wants no messages."""

    CALL = "CALL", _("Told us on the telephone")
    COUNTER = "COUNTER", _("Told us in person")
    REPLY = "REPLY", _("Answered a message")
    LIST = "LIST", _("List of the authority")
    OTHER = "OTHER", pgettext_lazy("source of a refusal", "Another way")
