"""Who is told what, what happened, and what came of telling it."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from dakehu.audit.fields import Record
from dakehu.hooks.choices import (
    KIND_LABELS,
    UNDELIVERED,
    DeliveryState,
    SubscriptionState,
)


class EventSubscription(Record):
    """
    Another system that is told what happens in a unit and below.

    Its secrets follow from ``code`` and ``edition`` and are kept nowhere. A removed one is ended.
    """

    code = models.CharField(max_length=12, unique=True)
    name = models.CharField(max_length=80)
    url = models.CharField(max_length=500)
    # Sorted values of EventKind.
    kinds = models.JSONField(default=list)
    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="+")
    # Whether it is told who is behind an object; a second person releases that.
    with_people = models.BooleanField(default=False)
    # A partner's system is not told the key persons of A and B customers.
    is_partner = models.BooleanField(default=False)
    state = models.CharField(
        max_length=8, choices=SubscriptionState.choices, default=SubscriptionState.ACTIVE
    )
    # What happened before is not told of itself.
    since_at = models.DateTimeField()
    edition = models.PositiveIntegerField(default=1)
    # Until when the secret of the edition before signs as well.
    former_until = models.DateTimeField(null=True)
    # Who is told that it fails; and who wrote it as it stands, for the second person.
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    note = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return self.name


class Pulse(models.Model):
    """How a system answered lately; the newest only, no history."""

    subscription = models.OneToOneField(
        EventSubscription, models.CASCADE, primary_key=True, related_name="pulse"
    )
    # Since when nothing was taken any more.
    failing_since = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0)
    # It is left alone until then.
    rests_until = models.DateTimeField(null=True)
    taken_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.subscription_id} {self.failures}"


class Event(models.Model):
    """
    What happened, written by the transaction in which it did; without names and numbers of people.

    ``code`` is the same whenever and to whomever it is told.
    """

    code = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=40)
    at = models.DateTimeField(db_index=True)
    subject = models.CharField(max_length=20)
    subject_id = models.BigIntegerField()
    number = models.CharField(max_length=40)
    object_version = models.PositiveIntegerField()
    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="+", db_index=False)
    data = models.JSONField()
    # When it was handed to the deliveries of all who are told.
    spread_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["id"], name="hooks_unspread", condition=Q(spread_at=None)),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def kind_label(self) -> Any:
        """The kind in words."""
        return KIND_LABELS.get(self.kind, self.kind)


class Delivery(models.Model):
    """One event on its way to one system."""

    subscription = models.ForeignKey(EventSubscription, models.CASCADE, related_name="deliveries")
    event = models.ForeignKey(Event, models.CASCADE, related_name="deliveries")
    # Those of the event, so that the order of one object is one look into an index.
    subject = models.CharField(max_length=20)
    subject_id = models.BigIntegerField()
    state = models.CharField(
        max_length=7, choices=DeliveryState.choices, default=DeliveryState.WAITING
    )
    # How often since it was asked for last, and when that was.
    tries = models.PositiveIntegerField(default=0)
    began_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    claimed_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    # The code of the last answer; nothing if none came.
    status = models.PositiveSmallIntegerField(null=True)
    answer = models.CharField(max_length=300, blank=True)
    replays = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subscription", "event"], name="hooks_told_once")
        ]
        indexes = [
            models.Index(
                fields=["subscription", "due_at"],
                name="hooks_due",
                condition=Q(state=DeliveryState.WAITING.value),
            ),
            models.Index(
                fields=["subscription", "subject", "subject_id", "event"],
                name="hooks_order",
                condition=Q(state__in=[each.value for each in UNDELIVERED]),
            ),
            models.Index(
                fields=["claimed_at"],
                name="hooks_claimed",
                condition=Q(state=DeliveryState.SENDING.value),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event_id} → {self.subscription_id}"


class Attempt(models.Model):
    """One try of one delivery: when, how long it took, what was answered."""

    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="attempts")
    at = models.DateTimeField()
    milliseconds = models.PositiveIntegerField(null=True)
    status = models.PositiveSmallIntegerField(null=True)
    answer = models.CharField(max_length=300, blank=True)
    is_taken = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S} {self.status or '–'}"
