"""Alerts: episodes of a warning on a customer, and their handling (W1 to W14)."""

from django.conf import settings
from django.db import models

from dakehu.alerts.choices import (
    AlertState,
    LeavingKind,
    Outcome,
    Rule,
    TrialChange,
    TrialKind,
    TrialState,
    Verdict,
)
from dakehu.audit.fields import PersonalField, Record


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
    # What judged the newest evidence: the version of the numbers, and whose numbers they were
    # (a city, a level, or both; empty for those of the province).
    numbers_version = models.IntegerField(default=1)
    place = models.CharField(max_length=12, blank=True, default="", db_default="")
    state = models.CharField(max_length=9, choices=AlertState.choices, default=AlertState.NEW)
    # The alert whose to-do asks for this one as well: one to-do for all warnings of a customer.
    # Null until the night has put it there; then it stands for itself.
    card = models.BigIntegerField(null=True)
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
            # The alerts that one to-do stands for.
            models.Index(
                fields=["card"],
                name="alerts_alert_card",
                condition=models.Q(state=AlertState.NEW, cleared_day__isnull=True),
            ),
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


class NumberSet(Record):
    """
    One version of the numbers of all warnings, from a date on (promise 2).

    Drafted, proposed, published by a second person, replaced by the next; what is published is
    never changed. Version 1 are the numbers as shipped and has no row.
    """

    number = models.PositiveIntegerField(unique=True)
    based_on = models.PositiveIntegerField(default=1)
    # Every number of the province by name, and what differs by city and level.
    province = models.JSONField()
    overrides = models.JSONField(default=list)
    reason = models.CharField(max_length=200, blank=True)
    active_from = models.DateField(null=True)
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    proposed_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    published_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(published_by__isnull=True)
                | ~models.Q(published_by=models.F("proposed_by")),
                name="alerts_numbers_four_eyes",
            ),
            models.CheckConstraint(
                condition=models.Q(proposed_by__isnull=True, proposed_at__isnull=True)
                | models.Q(proposed_by__isnull=False, proposed_at__isnull=False),
                name="alerts_numbers_proposed",
            ),
            models.CheckConstraint(
                condition=models.Q(published_by__isnull=True, published_at__isnull=True)
                | models.Q(
                    published_by__isnull=False,
                    published_at__isnull=False,
                    proposed_at__isnull=False,
                    active_from__isnull=False,
                ),
                name="alerts_numbers_published",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}"


class Trial(models.Model):
    """
    Numbers tried on stored facts: what they would have raised, and what then happened.

    It keeps the numbers that it tried, so it stays true when the draft goes on; it never touches
    an alert. Its result holds figures, no personal data.
    """

    kind = models.CharField(max_length=8, choices=TrialKind.choices)
    numbers = models.ForeignKey(
        NumberSet, models.CASCADE, null=True, related_name="trials", db_index=False
    )
    number = models.PositiveIntegerField()
    province = models.JSONField()
    overrides = models.JSONField(default=list)
    first_day = models.DateField()
    last_day = models.DateField()
    horizon = models.PositiveSmallIntegerField(default=30)
    state = models.CharField(max_length=7, choices=TrialState.choices, default=TrialState.WAITING)
    done = models.PositiveIntegerField(default=0)
    wanted = models.PositiveIntegerField(default=0)
    result = models.JSONField(default=dict)
    error = models.TextField(blank=True)
    # Nobody where it was asked for at the terminal.
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    asked_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            # The trials of a version, newest first.
            models.Index(fields=["number", "-id"], name="alerts_trial_number"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number} {self.last_day}"


class TrialAlert(models.Model):
    """One alert that a preview would have raised, that stays, or that would not be raised."""

    trial = models.ForeignKey(Trial, models.CASCADE, related_name="alerts", db_index=False)
    customer = models.ForeignKey("customers.Customer", models.CASCADE, related_name="+")
    rule = models.CharField(max_length=4, choices=Rule.choices)
    change = models.CharField(max_length=4, choices=TrialChange.choices)
    a = models.BigIntegerField()
    b = models.BigIntegerField()

    class Meta:
        indexes = [
            models.Index(fields=["trial", "rule", "id"], name="alerts_trialalert_trial"),
        ]

    def __str__(self) -> str:
        return f"{self.trial_id} {self.rule} {self.customer_id}"


class AskingRule(Record):
    """
    How alerts ask people for work: quiet hours, how many at once, and whether they are merged.

    There is one row at most; without it nothing is quiet, nobody has a limit, and all warnings of
    a customer make one card.
    """

    quiet_from = models.TimeField(null=True)
    quiet_to = models.TimeField(null=True)
    urgent_passes = models.BooleanField(default=True)
    most_cards = models.PositiveSmallIntegerField(null=True)
    merges = models.BooleanField(default=True)
    # When it was last settled which cards are open and which wait; whoever comes first after quiet
    # hours finds here whether that was done since.
    arranged_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(quiet_from__isnull=True, quiet_to__isnull=True)
                | models.Q(quiet_from__isnull=False, quiet_to__isnull=False),
                name="alerts_asking_quiet",
            ),
        ]

    def __str__(self) -> str:
        return "asking"


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
