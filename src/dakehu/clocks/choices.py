"""Units of promised times, kinds of clocks, and what a day of a calendar is."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class TimeUnit(models.TextChoices):
    """In what a promised time is counted (spec of service clocks, units)."""

    HOUR = "hour", _("hours, round the clock")
    WORKING_HOUR = "working_hour", _("working hours")
    HALF_WORKING_DAY = "half_working_day", _("half working days")
    SAME_DAY = "same_day", _("the same day")
    WORKING_DAY = "working_day", _("working days")


class ClockKind(models.TextChoices):
    """What is promised within a time (spec of service clocks, clock)."""

    FIRST_RESPONSE = "FIRST_RESPONSE", _("First response")
    INITIAL_ANSWER = "INITIAL_ANSWER", _("Initial answer")
    RESOLVE = "RESOLVE", _("Resolution")


class DayKind(models.TextChoices):
    """Why a day is worked or not."""

    ORDINARY = "ordinary", _("Working day")
    REST = "rest", _("Day off")
    HOLIDAY = "holiday", _("Public holiday")
    MAKE_UP = "make_up", _("Make-up working day")
    OVERRIDE = "override", _("Set by hand")


WEEK = (
    ("monday", _("Monday")),
    ("tuesday", _("Tuesday")),
    ("wednesday", _("Wednesday")),
    ("thursday", _("Thursday")),
    ("friday", _("Friday")),
    ("saturday", _("Saturday")),
    ("sunday", _("Sunday")),
)
"""The days of a week by name, as fields and on screen."""
