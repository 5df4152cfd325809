"""Visits: planned beforehand, recorded with what came of them (G6, C2, C7, R7, R10)."""

from datetime import datetime, time

from django.conf import settings
from django.db import models
from django.utils.timezone import make_aware

from dakehu.audit.fields import Record
from dakehu.care.choices import VisitPurpose, VisitResult, VisitState
from dakehu.common.records import is_beforehand


class Visit(Record):
    """One visit at a customer: when, for what, by whom, to whom, and what came of it."""

    customer = models.ForeignKey(
        "customers.Customer", models.CASCADE, related_name="+", db_index=False
    )
    staff = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    # Where the person belonged when the visit was planned.
    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="+", db_index=False)
    companions = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", blank=True)
    # Whom of the customer's people one wants to meet.
    people = models.ManyToManyField("customers.Contact", related_name="+", blank=True)
    day = models.DateField()
    # Null where the customer is at home all day.
    time = models.TimeField(null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(default=60)
    purpose = models.CharField(max_length=13, choices=VisitPurpose.choices)
    about = models.CharField(max_length=120)
    meeting_place = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=9, choices=VisitState.choices, default=VisitState.PLANNED)
    planned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    planned_at = models.DateTimeField()
    # Why it was entered when it had begun already; empty where it was entered beforehand (R7).
    afterwards = models.CharField(max_length=200, blank=True)
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    cancelled_at = models.DateTimeField(null=True)
    cancel_reason = models.CharField(max_length=200, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField(null=True)
    happened_at = models.DateTimeField(null=True)
    spent_minutes = models.PositiveSmallIntegerField(null=True)
    # Where it was, as evidence.
    seen_place = models.CharField(max_length=120, blank=True)
    result = models.CharField(max_length=11, choices=VisitResult.choices, blank=True)
    report = models.TextField(blank=True)
    # How the customer runs now and what it plans: where a second sale begins (R11).
    running_state = models.TextField(blank=True)
    plans = models.TextField(blank=True)
    # For which service of the operator's own it counts beside that of its purpose.
    counts_for = models.CharField(max_length=12, blank=True)
    follow_up = models.CharField(max_length=200, blank=True)
    follow_up_day = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(cancelled_by__isnull=True, cancelled_at__isnull=True)
                | models.Q(cancelled_by__isnull=False, cancelled_at__isnull=False),
                name="care_visit_cancelled",
            ),
            models.CheckConstraint(
                condition=models.Q(recorded_by__isnull=True, recorded_at__isnull=True)
                | models.Q(recorded_by__isnull=False, recorded_at__isnull=False),
                name="care_visit_recorded",
            ),
            models.CheckConstraint(
                condition=models.Q(happened_at__isnull=True)
                | models.Q(happened_at__lte=models.F("recorded_at")),
                name="care_visit_not_ahead",
            ),
        ]
        indexes = [
            # Somebody's agenda, that of a unit, the visits at a customer.
            models.Index(fields=["staff", "day", "id"], name="care_visit_staff"),
            models.Index(fields=["unit", "day", "id"], name="care_visit_unit"),
            models.Index(fields=["customer", "day", "id"], name="care_visit_customer"),
            models.Index(fields=["day", "id"], name="care_visit_day"),
        ]

    def __str__(self) -> str:
        return self.about

    @property
    def begins_at(self) -> datetime:
        """When it begins; at the end of its day where any time will do."""
        return make_aware(datetime.combine(self.day, self.time or time.max))

    @property
    def was_entered_late(self) -> bool:
        """Whether the visit was entered when it had begun already (R7)."""
        return bool(self.afterwards) or not is_beforehand(self.planned_at, self.begins_at)
