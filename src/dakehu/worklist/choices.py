"""States and urgencies of to-dos."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class TodoState(models.TextChoices):
    """Where a to-do stands."""

    OPEN = "OPEN", _("Open")
    HELD = "HELD", _("Kept for later")
    DONE = "DONE", _("Done")
    CANCELLED = "CANCELLED", _("No longer needed")


class Urgency(models.IntegerChoices):
    """How soon a to-do wants doing; the most urgent comes first."""

    URGENT = 1, _("Urgent")
    HIGH = 2, _("High")
    NORMAL = 3, _("Normal")
    LOW = 4, _("Low")


class Period(models.TextChoices):
    """A stretch of days by which work is counted (P10)."""

    TODAY = "today", _("Today")
    WEEK = "week", _("This week")
    MONTH = "month", _("This month")
    LAST_MONTH = "last-month", _("Last month")
    QUARTER = "quarter", _("This quarter")
    YEAR = "year", _("This year")
