"""Fixed sets of surveys: kinds of questions, states, whom to ask, by what."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

LOW = "survey"
"""The source of to-dos that a low score raises; also the subject of links and messages."""


class QuestionKind(models.TextChoices):
    """How a question is answered."""

    RECOMMEND = "RECOMMEND", _("0 to 10: would you recommend us")
    SATISFIED = "SATISFIED", _("1 to 5: how satisfied are you")
    CHOICE = "CHOICE", _("One of several answers")
    WORDS = "WORDS", _("In one's own words")


RANGES = {"RECOMMEND": (0, 10), "SATISFIED": (1, 5)}
"""The numbers with which scores are given."""


class SurveyState(models.TextChoices):
    """Where a survey stands."""

    DRAFT = "DRAFT", pgettext_lazy("state of a survey", "Draft")
    OPEN = "OPEN", pgettext_lazy("state of a survey", "Running")
    CLOSED = "CLOSED", pgettext_lazy("state of a survey", "Ended")


SURVEY_TONES = {"DRAFT": "neutral", "OPEN": "success", "CLOSED": "info"}


class AskedBy(models.TextChoices):
    """By what a customer is asked."""

    SMS = "SMS", _("Link by SMS")
    EMAIL = "EMAIL", _("Link by e-mail")
    PHONE = "PHONE", _("On the telephone")


class InvitationState(models.TextChoices):
    """What became of asking a customer."""

    ASKED = "ASKED", pgettext_lazy("state of a survey's invitation", "Asked")
    ANSWERED = "ANSWERED", pgettext_lazy("state of a survey's invitation", "Answered")
    DECLINED = "DECLINED", pgettext_lazy("state of a survey's invitation", "Did not want to")
    UNREACHED = "UNREACHED", _("Not reached")


INVITATION_TONES = {
    "ASKED": "info", "ANSWERED": "success", "DECLINED": "warning", "UNREACHED": "neutral",
}  # fmt: skip


class Source(models.TextChoices):
    """From whom a sample is drawn."""

    GROUP = "GROUP", _("Members of a target group")
    CASES = "CASES", _("Customers whose requests were closed")
    VISITS = "VISITS", _("Customers who were visited")


class Turning(models.TextChoices):
    """By what results are broken down."""

    TIER = "tier", _("Level")
    UNIT = "unit", _("Unit")
    MANAGER = "staff", _("Manager")
