"""Fixed sets of care."""

from django.db import models
from django.utils.translation import gettext_lazy as _

TO_VISIT = "visit"
FOLLOW_UP = "visit-follow-up"
"""Sources of to-dos."""


class VisitPurpose(models.TextChoices):
    """What somebody visits a customer for (C2, C7, R7, R10)."""

    CARE = "CARE", _("Regular visit")
    PROMOTION = "PROMOTION", _("Promotion information")
    DEMONSTRATION = "DEMONSTRATION", _("Demonstration on site")
    RETURN = "RETURN", _("Return visit")
    INSPECTION = "INSPECTION", _("Inspection")
    FEE_TALK = "FEE_TALK", _("Talk about fees")
    OPTIMISATION = "OPTIMISATION", _("Talk about improvements")
    TRAINING = "TRAINING", _("Training on site")
    OTHER = "OTHER", _("Other purpose")


class VisitState(models.TextChoices):
    """Where a visit stands."""

    PLANNED = "PLANNED", _("Planned")
    DONE = "DONE", _("Done")
    CANCELLED = "CANCELLED", _("Cancelled")


VISIT_TONES = {"PLANNED": "info", "DONE": "success", "CANCELLED": "neutral"}


class VisitResult(models.TextChoices):
    """What came of a visit."""

    REACHED = "REACHED", _("Purpose reached")
    PARTLY = "PARTLY", _("Partly reached")
    NOT_REACHED = "NOT_REACHED", _("Not reached")
    NOBODY_MET = "NOBODY_MET", _("Nobody was met")


RESULT_TONES = {
    "REACHED": "success",
    "PARTLY": "warning",
    "NOT_REACHED": "danger",
    "NOBODY_MET": "neutral",
}


class RouteReason(models.TextChoices):
    """Why a stop stands where it does in the proposed route of a day."""

    AGREED = "AGREED", _("agreed time")
    NEARBY = "NEARBY", _("same district as the stop before")
    ONWARD = "ONWARD", _("next district")
    ALONG = "ALONG", _("same district, by street")


class Span(models.TextChoices):
    """How much of the agenda is shown."""

    DAY = "day", _("Day")
    WEEK = "week", _("Week")
