"""Snapshot cohorts: who was there on a day, frozen, and what became of them (T17, S4)."""

from django.conf import settings
from django.db import models

from dakehu.audit.fields import Record
from dakehu.tiering.choices import MemberState


class Cohort(Record):
    """Individuals frozen on a data day by a bar; leavers stay in the denominator."""

    name = models.CharField(max_length=80)
    day = models.DateField()
    # The condition that members met on the day, and by which they are followed.
    bar = models.JSONField()
    # Whether only members at or above the bar count as retained, or all that are still active.
    at_bar = models.BooleanField(default=True)
    # Whether the night goes on following it.
    is_followed = models.BooleanField(default=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} ({self.day:%Y-%m-%d})"


class CohortWork(models.Model):
    """How far background work on a cohort is: freezing it, following past days."""

    cohort = models.OneToOneField(Cohort, models.CASCADE, primary_key=True, related_name="work")
    is_busy = models.BooleanField(default=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    # Why it ended before its time, in words.
    error = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return f"{self.cohort_id} {self.done}/{self.total}"


class CohortDay(models.Model):
    """A data day on which a cohort was looked at; the first one is the day it was frozen."""

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="days", db_index=False)
    day = models.DateField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cohort", "day"], name="tiering_cohort_day"),
        ]

    def __str__(self) -> str:
        return f"{self.cohort_id} {self.day}"


class CohortStay(models.Model):
    """One state of one member over a period; ``active_to`` is exclusive, null as long as it holds.

    A member has one open stay at any time, from the day of freezing on.
    """

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="stays", db_index=False)
    customer = models.ForeignKey(
        "customers.Customer", models.CASCADE, related_name="+", db_index=False
    )
    # The card level on the day of freezing.
    level = models.SmallIntegerField(null=True)
    state = models.CharField(max_length=9, choices=MemberState.choices)
    active_from = models.DateField()
    active_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cohort", "customer"],
                name="tiering_cohort_stay_open",
                condition=models.Q(active_to__isnull=True),
            ),
        ]
        indexes = [
            models.Index(fields=["cohort", "active_from", "id"], name="tiering_cohort_stay_from"),
            models.Index(fields=["customer"], name="tiering_cohort_stay_customer"),
        ]

    def __str__(self) -> str:
        return f"{self.customer_id} {self.state}"
