"""Service reports to customers, in editions (R1 to R4)."""

from django.conf import settings
from django.db import models

from dakehu.audit.fields import Record
from dakehu.care.choices import ReportCycle, ReportState, SentBy


class Report(Record):
    """One edition of a customer's service report; its files are attached to it."""

    customer = models.ForeignKey(
        "customers.Customer", models.CASCADE, related_name="+", db_index=False
    )
    staff = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="+", db_index=False)
    cycle = models.CharField(max_length=7, choices=ReportCycle.choices)
    first_day = models.DateField()
    last_day = models.DateField()
    edition = models.PositiveSmallIntegerField(default=1)
    # What people add to what is gathered.
    open_points = models.TextField(blank=True)
    next_plan = models.TextField(blank=True)
    state = models.CharField(
        max_length=8, choices=ReportState.choices, default=ReportState.BUILDING
    )
    asked_at = models.DateTimeField()
    # How much is done while it is being built.
    percent = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)
    # Of the PDF that was built, so that it can be told from any other.
    sha256 = models.CharField(max_length=64, blank=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    reviewed_at = models.DateTimeField(null=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    sent_at = models.DateTimeField(null=True)
    sent_how = models.CharField(max_length=9, choices=SentBy.choices, blank=True)
    sent_note = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["customer", "first_day", "last_day", "edition"], name="care_report_once"
            ),
            models.CheckConstraint(
                condition=models.Q(reviewed_by__isnull=True, reviewed_at__isnull=True)
                | models.Q(reviewed_by__isnull=False, reviewed_at__isnull=False),
                name="care_report_reviewed",
            ),
            models.CheckConstraint(
                condition=models.Q(sent_by__isnull=True, sent_at__isnull=True)
                | models.Q(sent_by__isnull=False, sent_at__isnull=False),
                name="care_report_sent",
            ),
        ]
        indexes = [
            models.Index(fields=["staff", "asked_at", "id"], name="care_report_staff"),
            models.Index(fields=["unit", "asked_at", "id"], name="care_report_unit"),
            models.Index(fields=["asked_at", "id"], name="care_report_asked"),
        ]

    def __str__(self) -> str:
        return f"{self.customer} {self.first_day:%Y-%m-%d}–{self.last_day:%Y-%m-%d}"
