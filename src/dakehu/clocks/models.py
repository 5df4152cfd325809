"""Calendars of units: the hours of their weeks from a day on, and days set by hand."""

from django.conf import settings
from django.db import models

from dakehu.audit.fields import Record


class CalendarHours(Record):
    """
    The hours of a unit's week from a day on; units below have them until they have their own.

    Proposed by one person and published by another (promise 2); what holds is never changed.
    Hours are lists of pairs of minutes, a list for each day from Monday on.
    """

    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="calendar_hours")
    active_from = models.DateField()
    ordinary = models.JSONField()
    week = models.JSONField()
    follows_holidays = models.BooleanField(default=True)
    reason = models.CharField(max_length=200)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    published_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(published_by__isnull=True, published_at__isnull=True)
                | models.Q(published_by__isnull=False, published_at__isnull=False)
                & ~models.Q(published_by=models.F("proposed_by")),
                name="clocks_hours_four_eyes",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.active_from}"


class CalendarDay(Record):
    """One day on which a unit, and all below it, works other hours, or none; and why."""

    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="calendar_days")
    day = models.DateField()
    intervals = models.JSONField()
    reason = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "day"],
                condition=models.Q(removed_at__isnull=True),
                name="clocks_day_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.day}"
