"""Units of promised times, kinds and states of clocks, and what a day of a calendar is."""

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


class ClockState(models.TextChoices):
    """Where a clock stands; whether it was met is told by its times alone."""

    RUNNING = "RUNNING", _("Clock runs")
    PAUSED = "PAUSED", _("Paused")
    STOPPED = "STOPPED", _("Answered")
    DROPPED = "DROPPED", _("Withdrawn")


OPEN_STATES = (ClockState.RUNNING, ClockState.PAUSED)

NOTICE = "clock"
"""The source of to-dos that a clock asks for; their number is that of the notice."""


class Stage(models.IntegerChoices):
    """What a clock raises, each once; from the third on one organisation level higher."""

    WARN = 1, _("Runs out soon")
    BREACH = 2, _("Deadline missed")
    SECOND = 3, _("Escalated one level")
    THIRD = 4, _("Escalated two levels")
    FOURTH = 5, _("Escalated three levels")
    FIFTH = 6, _("Escalated four levels")


LAST_STAGE = Stage.FIFTH
"""Above it there is nobody: the organisation has five levels."""


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
