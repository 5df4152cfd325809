"""Fixed sets of campaigns: forms, states, who is left out and why, what a call brought."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dakehu.outbox.choices import Way

CAMPAIGN = "campaign"
"""What messages, contacts and to-dos of a campaign are about: one row of its list."""
RELEASE = "campaign-release"
"""The source of to-dos that ask a second person to release a campaign."""


class Form(models.TextChoices):
    """By what customers are contacted."""

    CALL = "CALL", _("Call list")
    SMS = "SMS", pgettext_lazy("form of a campaign", "SMS")
    EMAIL = "EMAIL", pgettext_lazy("form of a campaign", "E-mail")
    SMS_CALL = "SMS_CALL", _("SMS first, then a call")


CALLING = (Form.CALL, Form.SMS_CALL)
WRITING = (Form.SMS, Form.EMAIL, Form.SMS_CALL)
WAY_OF = {
    "CALL": Way.SMS.value,
    "SMS": Way.SMS.value,
    "EMAIL": Way.EMAIL.value,
    "SMS_CALL": Way.SMS.value,
}
"""Where a form reaches customers; a call goes by the number as an SMS does."""


class Source(models.TextChoices):
    """From where the customers of a campaign come."""

    GROUP = "GROUP", _("Members of a target group")
    LIST = "LIST", _("Customers chosen in a list")


class Spread(models.TextChoices):
    """Who calls whom."""

    OWNER = "OWNER", _("Whoever looks after the customer")
    TEAM = "TEAM", _("Evenly among the telephone managers of the unit")


class State(models.TextChoices):
    """Where a campaign stands."""

    DRAFT = "DRAFT", pgettext_lazy("state of a campaign", "Draft")
    PROPOSED = "PROPOSED", pgettext_lazy("state of a campaign", "Proposed")
    RELEASED = "RELEASED", pgettext_lazy("state of a campaign", "Released")
    RUNNING = "RUNNING", pgettext_lazy("state of a campaign", "Running")
    ENDED = "ENDED", pgettext_lazy("state of a campaign", "Ended")
    STOPPED = "STOPPED", pgettext_lazy("state of a campaign", "Stopped")


STATE_TONES = {
    "DRAFT": "neutral", "PROPOSED": "warning", "RELEASED": "info", "RUNNING": "success",
    "ENDED": "neutral", "STOPPED": "danger",
}  # fmt: skip
BEFORE = (State.DRAFT, State.PROPOSED)
"""What is not frozen yet."""
LIVE = (State.RELEASED, State.RUNNING)


class LeftOut(models.TextChoices):
    """Why a customer of the list is not contacted."""

    GONE = "GONE", _("Has left, or was merged")
    NO_ADDRESS = "NO_ADDRESS", _("No number or address")
    DOUBLE = "DOUBLE", _("Same number as another of the list")
    REFUSED = "REFUSED", _("Refused such contacts")
    TOO_OFTEN = "TOO_OFTEN", _("Contacted often enough of late")
    UNDELIVERED = "UNDELIVERED", _("The message could not be sent")


class RowState(models.TextChoices):
    """Where a customer of the list stands."""

    OPEN = "OPEN", _("To be contacted")
    AGAIN = "AGAIN", _("To be called again")
    DONE = "DONE", pgettext_lazy("a customer of a campaign", "Contacted")
    OUT = "OUT", pgettext_lazy("customers of a campaign", "Left out")


ROW_TONES = {"OPEN": "info", "AGAIN": "warning", "DONE": "success", "OUT": "neutral"}
WAITING = (RowState.OPEN, RowState.AGAIN)


class Result(models.TextChoices):
    """What a call brought."""

    REACHED = "REACHED", pgettext_lazy("result of a call", "Reached, told")
    INTERESTED = "INTERESTED", _("Interested")
    DECLINED = "DECLINED", _("Not interested")
    REFUSED = "REFUSED", _("Wants no such contacts any more")
    AGAIN = "AGAIN", _("Call again on a day")
    UNREACHED = "UNREACHED", pgettext_lazy("result of a call", "Not reached")


RESULT_TONES = {
    "REACHED": "info", "INTERESTED": "success", "DECLINED": "neutral", "REFUSED": "danger",
    "AGAIN": "warning", "UNREACHED": "neutral",
}  # fmt: skip
TALKED = (Result.REACHED, Result.INTERESTED, Result.DECLINED, Result.REFUSED, Result.AGAIN)
"""Results of calls in which somebody talked with the customer."""
CUSTOMER_LISTS = {
    "customers:list": "pk",
    "customers:individual_list": "pk",
    "customers:group_list": "pk",
    "targets:member_list": "customer",
}
"""The lists in which customers are chosen for a campaign, and where their rows name them."""
