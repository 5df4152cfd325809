"""Hand-outs of target groups: one task for every customer, and what came of it (T23)."""

from django.conf import settings
from django.db import models

from dakehu.audit.fields import Record
from dakehu.targets.choices import HandOutState, Result
from dakehu.targets.models.groups import TargetGroup


class HandOut(Record):
    """The members of a group handed out as tasks at one time, with one text and one due day."""

    group = models.ForeignKey(TargetGroup, models.CASCADE, related_name="hand_outs")
    # Whose members alone are handed out; null for everybody of the group.
    unit = models.ForeignKey("people.Unit", models.PROTECT, null=True, related_name="+")
    text = models.CharField(max_length=200)
    due_date = models.DateField()
    # How many tasks a person has open at a time; 0 for all at once.
    per_person = models.PositiveSmallIntegerField(default=0)
    # The code of the measure by which tasks wait for their turn; empty: by number.
    rank_by = models.CharField(max_length=40, blank=True)
    spare_others = models.BooleanField(default=True)
    state = models.CharField(
        max_length=7, choices=HandOutState.choices, default=HandOutState.WAITING
    )
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    undone_at = models.DateTimeField(null=True)
    # How far the background work is.
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    # Why it ended before its time, in words.
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(undone_by__isnull=True, undone_at__isnull=True)
                | models.Q(undone_by__isnull=False, undone_at__isnull=False),
                name="targets_hand_out_undone",
            ),
        ]

    def __str__(self) -> str:
        return self.text


class HandOutTask(models.Model):
    """What is to be done about one customer; whether and by whom it is open, its to-do knows."""

    hand_out = models.ForeignKey(HandOut, models.CASCADE, related_name="tasks", db_index=False)
    customer = models.ForeignKey(
        "customers.Customer", models.CASCADE, related_name="+", db_index=False
    )
    # Who was asked at first; whoever answers for it now is the owner of the to-do.
    asked = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False
    )
    # The place in the queue of whoever was asked, from 1.
    rank = models.PositiveIntegerField()
    result = models.CharField(max_length=11, choices=Result.choices, blank=True)
    note = models.CharField(max_length=300, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    recorded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["hand_out", "customer"], name="targets_task_once"),
            models.CheckConstraint(
                condition=models.Q(recorded_by__isnull=True, recorded_at__isnull=True)
                | models.Q(recorded_by__isnull=False, recorded_at__isnull=False),
                name="targets_task_recorded",
            ),
        ]
        indexes = [
            models.Index(fields=["hand_out", "rank", "id"], name="targets_task_rank"),
            models.Index(fields=["customer"], name="targets_task_customer"),
        ]

    def __str__(self) -> str:
        return f"{self.hand_out_id} {self.customer_id}"
