"""Events to which customers are invited, and who comes (C8, C10, C12, G7)."""

from django.conf import settings
from django.db import models

from dakehu.audit.fields import Record
from dakehu.care.choices import EventKind, EventState, InvitationState


class Event(Record):
    """A seminar, a training, a fellowship: when, where, for how many, at what cost."""

    title = models.CharField(max_length=80)
    kind = models.CharField(max_length=10, choices=EventKind.choices)
    day = models.DateField()
    time = models.TimeField()
    minutes = models.PositiveSmallIntegerField(default=120)
    place = models.CharField(max_length=120)
    capacity = models.PositiveIntegerField()
    cost_planned_fen = models.BigIntegerField(null=True, blank=True)
    cost_spent_fen = models.BigIntegerField(null=True, blank=True)
    about = models.TextField(blank=True)
    # Who holds it, and for whose customers: those of the unit and of all below it.
    host = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="+", db_index=False)
    state = models.CharField(max_length=9, choices=EventState.choices, default=EventState.PLANNED)
    planned_at = models.DateTimeField()
    cancel_reason = models.CharField(max_length=200, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    closed_at = models.DateTimeField(null=True)
    # What came of it.
    report = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(capacity__gte=1), name="care_event_has_room"
            ),
            models.CheckConstraint(
                condition=models.Q(closed_by__isnull=True, closed_at__isnull=True)
                | models.Q(closed_by__isnull=False, closed_at__isnull=False),
                name="care_event_closed",
            ),
        ]
        indexes = [
            models.Index(fields=["day", "id"], name="care_event_day"),
            models.Index(fields=["unit", "day", "id"], name="care_event_unit"),
            models.Index(fields=["host", "day", "id"], name="care_event_host"),
        ]

    def __str__(self) -> str:
        return self.title


class Invitation(Record):
    """Somebody who is invited to an event: what they said, and whether they came."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="invitations", db_index=False)
    customer = models.ForeignKey(
        "customers.Customer", models.CASCADE, related_name="+", db_index=False
    )
    contact = models.ForeignKey(
        "customers.Contact", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    seats = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(
        max_length=8, choices=InvitationState.choices, default=InvitationState.INVITED
    )
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    invited_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=200, blank=True)
    follow_up = models.CharField(max_length=200, blank=True)
    follow_up_day = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["event", "contact"],
                condition=models.Q(contact__isnull=False, removed_at__isnull=True),
                name="care_invited_person_once",
            ),
            models.CheckConstraint(condition=models.Q(seats__gte=1), name="care_invitation_seats"),
        ]
        indexes = [
            models.Index(fields=["event", "state", "id"], name="care_invitation_event"),
            models.Index(fields=["customer", "id"], name="care_invitation_customer"),
        ]

    def __str__(self) -> str:
        return f"{self.event_id} {self.customer_id}"
