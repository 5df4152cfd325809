"""Alerts: episodes of a warning on a customer, and their handling (W1 to W14)."""

from django.conf import settings
from django.db import models

from dakehu.alerts.choices import AlertState, LeavingKind, Outcome, Rule, Verdict
from dakehu.audit.fields import PersonalField


class Alert(models.Model):
    """One episode of one warning on one customer.

    While the condition stays true the same alert is updated; after it clears and fires again a
    new one starts. ``cleared_day`` null means the condition held on ``last_day``, the last data
    day that spoke about it.
    """

    rule = models.CharField(max_length=4, choices=Rule.choices)
    customer = models.ForeignKey(
        "customers.Customer", models.CASCADE, related_name="alerts", db_index=False
    )
    city_code = models.CharField(max_length=2)
    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="+", db_index=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False
    )
    opened_day = models.DateField()
    last_day = models.DateField()
    cleared_day = models.DateField(null=True)
    # Evidence as of last_day: the two integers each rule states, and the parts of a score.
    a = models.BigIntegerField()
    b = models.BigIntegerField()
    parts = models.JSONField(default=dict)
    numbers_version = models.IntegerField(default=1)
    state = models.CharField(max_length=9, choices=AlertState.choices, default=AlertState.NEW)
    # Later data no longer support this alert; it stays because people have acted on it.
    is_unsupported = models.BooleanField(default=False)
    follow_up_date = models.DateField(null=True)
    # Raised by one with every change by a person, so that two people never overwrite each other.
    version = models.IntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["customer", "rule"],
                name="alerts_alert_active_episode",
                condition=models.Q(cleared_day__isnull=True),
            ),
            models.UniqueConstraint(
                fields=["customer", "rule", "opened_day"], name="alerts_alert_opened_once"
            ),
        ]
        indexes = [
            # "My alerts", newest first.
            models.Index(fields=["owner", "-id"], name="alerts_alert_owner"),
            # The lists of a unit, newest first.
            models.Index(fields=["unit", "-id"], name="alerts_alert_unit"),
            # The episodes a night advances: those going on, and those cleared since a day.
            models.Index(fields=["cleared_day", "city_code"], name="alerts_alert_cleared"),
            # Lists by day of opening, and what a day opened: the figures and the daily sheets.
            models.Index(fields=["opened_day", "id"], name="alerts_alert_opened"),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.customer_id} {self.opened_day}"


class Handling(models.Model):
    """One act on an alert: contact, outcome, note and when to look again (W13)."""

    alert = models.ForeignKey(Alert, models.CASCADE, related_name="handlings")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(db_index=True)
    contacted = models.BooleanField(default=False)
    outcome = models.CharField(max_length=11, choices=Outcome.choices)
    note = models.TextField(blank=True)
    follow_up_date = models.DateField(null=True)

    def __str__(self) -> str:
        return f"{self.alert_id} {self.outcome}"


class LeavingReport(models.Model):
    """What another system reported of a customer who wants to leave, and what became of it (W14).

    Every report is kept, also one that names nobody: the same event sent again is found by the
    number that its sender gave it.
    """

    client = models.ForeignKey(
        "signin.ApiClient", models.PROTECT, related_name="+", db_index=False
    )
    event_id = models.CharField(max_length=80)
    sub_id = models.CharField(max_length=64, blank=True)
    phone = PersonalField(max_length=20, blank=True)
    kind = models.CharField(max_length=20, choices=LeavingKind.choices)
    happened_at = models.DateTimeField()
    source = models.CharField(max_length=40)
    reason = models.CharField(max_length=200, blank=True)
    received_at = models.DateTimeField()
    verdict = models.CharField(max_length=8, choices=Verdict.choices)
    alert = models.ForeignKey(Alert, models.SET_NULL, null=True, related_name="reports")
    # Fingerprint of all that was reported.
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["client", "event_id"], name="alerts_leavingreport_once"
            ),
        ]
        indexes = [
            # The log of the administrator, newest first.
            models.Index(fields=["-received_at"], name="alerts_leavingreport_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.event_id}"
