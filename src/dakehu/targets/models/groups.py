"""Target groups and who belongs to them (T23)."""

from django.conf import settings
from django.db import models

from dakehu.audit.fields import Record
from dakehu.targets.choices import GroupState, Membership
from dakehu.tiering.choices import SchemeKind


class TargetGroup(Record):
    """Customers chosen by a condition for a purpose; locked, the condition no longer changes."""

    name = models.CharField(max_length=80)
    purpose = models.CharField(max_length=500, blank=True)
    kind = models.CharField(max_length=10, choices=SchemeKind.choices)
    # Prospects may belong to it as well; among groups only.
    with_prospects = models.BooleanField(default=False)
    # Whose customers are chosen from: those of the unit and of all below it.
    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="+")
    membership = models.CharField(max_length=6, choices=Membership.choices)
    # Over measures and fields of the records; empty until the first comparison was added.
    condition = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=6, choices=GroupState.choices, default=GroupState.DRAFT)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    locked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    locked_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    closed_at = models.DateTimeField(null=True)
    # What came of it, by whoever closed it.
    closing_note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(locked_by__isnull=True, locked_at__isnull=True)
                | models.Q(locked_by__isnull=False, locked_at__isnull=False),
                name="targets_group_locked",
            ),
            models.CheckConstraint(
                condition=models.Q(closed_by__isnull=True, closed_at__isnull=True)
                | models.Q(closed_by__isnull=False, closed_at__isnull=False),
                name="targets_group_closed",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class TargetWork(models.Model):
    """Whether the members of a group are being read, and why that ended before its time."""

    group = models.OneToOneField(
        TargetGroup, models.CASCADE, primary_key=True, related_name="work"
    )
    is_busy = models.BooleanField(default=False)
    error = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return f"{self.group_id}"


class TargetReading(models.Model):
    """A data day by which members were read: how many there were, who came and went."""

    group = models.ForeignKey(TargetGroup, models.CASCADE, related_name="readings", db_index=False)
    day = models.DateField()
    at = models.DateTimeField()
    members = models.PositiveIntegerField()
    joined = models.PositiveIntegerField()
    dropped = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "day"], name="targets_reading_once"),
        ]

    def __str__(self) -> str:
        return f"{self.group_id} {self.day}: {self.members}"


class TargetMember(models.Model):
    """One customer's belonging to a group over a period; ``dropped_on`` null while it lasts."""

    group = models.ForeignKey(TargetGroup, models.CASCADE, related_name="members", db_index=False)
    customer = models.ForeignKey(
        "customers.Customer", models.CASCADE, related_name="+", db_index=False
    )
    joined_on = models.DateField()
    dropped_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["group", "customer"],
                name="targets_member_once",
                condition=models.Q(dropped_on__isnull=True),
            ),
        ]
        indexes = [
            models.Index(fields=["group", "joined_on", "id"], name="targets_member_joined"),
            models.Index(fields=["customer", "group"], name="targets_member_customer"),
        ]

    def __str__(self) -> str:
        return f"{self.group_id} {self.customer_id}"
