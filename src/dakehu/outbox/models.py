"""Messages to customers, and who wants none of them."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from dakehu.audit.fields import PersonalField, Record
from dakehu.common.masking import PersonalKind
from dakehu.outbox.choices import MessagePurpose, MessageState, RefusalSource, Way
from dakehu.outbox.values import Limits
from dakehu.tiering.choices import Grade

ONE_ADDRESS = (Q(phone="") & ~Q(email="")) | (~Q(phone="") & Q(email=""))


class Message(Record):
    """One message: stored before it leaves, so that a crash loses none (G5)."""

    customer = models.ForeignKey(
        "customers.Customer", models.CASCADE, null=True, related_name="+", db_index=False
    )
    # Whose it is: the customer's manager and unit, or those of whoever wrote it.
    staff = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="+", db_index=False)
    way = models.CharField(max_length=5, choices=Way.choices)
    purpose = models.CharField(max_length=9, choices=MessagePurpose.choices)
    phone = PersonalField(max_length=20, blank=True)
    email = PersonalField(max_length=120, blank=True, kind=PersonalKind.MAIL)
    title = models.CharField(max_length=120, blank=True)
    text = models.TextField(max_length=2000)
    # What it belongs to: a case, a greeting.
    source = models.CharField(max_length=20, blank=True)
    source_id = models.BigIntegerField(null=True)
    # The same whenever it is tried again, so that a gateway knows it.
    key = models.CharField(max_length=32, unique=True)
    state = models.CharField(
        max_length=9, choices=MessageState.choices, default=MessageState.QUEUED
    )
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    due_at = models.DateTimeField(null=True)
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    # A sender died, or lost the gateway, while sending: it may arrive twice.
    is_doubtful = models.BooleanField(default=False)
    # What the gateway said, or why it was refused.
    answer = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=ONE_ADDRESS, name="outbox_one_address")]
        indexes = [
            models.Index(
                fields=["way", "due_at", "id"],
                name="outbox_due",
                condition=Q(state=MessageState.QUEUED),
            ),
            models.Index(
                fields=["claimed_at"],
                name="outbox_claimed",
                condition=Q(state=MessageState.SENDING),
            ),
            models.Index(fields=["asked_at", "id"], name="outbox_asked"),
            models.Index(fields=["customer", "purpose", "asked_at"], name="outbox_customer"),
            models.Index(fields=["phone", "asked_at"], name="outbox_phone"),
            models.Index(fields=["email", "asked_at"], name="outbox_email"),
            models.Index(fields=["source", "source_id"], name="outbox_source"),
        ]

    def __str__(self) -> str:
        return self.title or self.text[:30]

    @property
    def to(self) -> object:
        """Return the address, masked."""
        return self.phone or self.email


class Refusal(Record):
    """Somebody who wants no messages at a number or address, for one purpose or for any."""

    phone = PersonalField(max_length=20, blank=True)
    email = PersonalField(max_length=120, blank=True, kind=PersonalKind.MAIL)
    # Empty is any purpose.
    purpose = models.CharField(max_length=9, choices=MessagePurpose.choices, blank=True)
    source = models.CharField(max_length=7, choices=RefusalSource.choices)
    note = models.CharField(max_length=200, blank=True)
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=ONE_ADDRESS, name="outbox_refusal_address"),
            models.UniqueConstraint(fields=["phone", "email", "purpose"], name="outbox_refused"),
        ]
        indexes = [
            models.Index(fields=["email"], name="outbox_refusal_email"),
            models.Index(fields=["noted_at", "id"], name="outbox_noted"),
        ]

    def __str__(self) -> str:
        return str(self.to)

    @property
    def to(self) -> object:
        """Return the address, masked."""
        return self.phone or self.email


class Approach(models.Model):
    """
    A contact that was no message: a call, a greeting face to face (G1, G5).

    With the messages it is what counts against the limits; about one matter there may be several.
    """

    customer = models.ForeignKey(
        "customers.Customer", models.CASCADE, related_name="+", db_index=False
    )
    purpose = models.CharField(max_length=9, choices=MessagePurpose.choices)
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    # What it was about, as messages name it.
    source = models.CharField(max_length=20)
    source_id = models.BigIntegerField()

    class Meta:
        indexes = [
            models.Index(fields=["customer", "at"], name="outbox_approach_customer"),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.source_id}"


class ContactLimit(Record):
    """How often customers of a grade are contacted unasked; without it the settings hold."""

    grade = models.CharField(max_length=6, choices=Grade.choices, unique=True)
    days = models.PositiveSmallIntegerField()
    care = models.PositiveSmallIntegerField()
    marketing = models.PositiveSmallIntegerField()
    together = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(days__range=(1, 365)), name="outbox_contact_limit_days"
            )
        ]

    def __str__(self) -> str:
        return str(self.get_grade_display())

    @property
    def limits(self) -> Limits:
        """The numbers as the rule takes them."""
        return Limits(self.days, self.care, self.marketing, self.together)


class Knock(models.Model):
    """How often one address of the network opened links in its newest minute; no history."""

    # A keyed digest of the address: where somebody sits is nobody's business here.
    who = models.CharField(max_length=64, primary_key=True)
    minute = models.DateTimeField(db_index=True)
    count = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.minute:%H:%M} {self.count}"
