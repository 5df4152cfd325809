"""Greetings on festivals and days to remember, their words, and who wants none (C9, G1)."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from dakehu.audit.fields import Record
from dakehu.care.choices import FestivalCalendar, GreetingKind, GreetingResult, GreetingState
from dakehu.catalogue.choices import Form


class Festival(Record):
    """A festival on which customers are greeted; a removed one is kept no more."""

    name = models.CharField(max_length=40, unique=True)
    name_en = models.CharField(max_length=60, blank=True)
    calendar = models.CharField(max_length=5, choices=FestivalCalendar.choices)
    month = models.PositiveSmallIntegerField(
        validators=[MinValueValidator(1), MaxValueValidator(12)]
    )
    day = models.PositiveSmallIntegerField(
        validators=[MinValueValidator(1), MaxValueValidator(31)]
    )
    # Important ones are kept with customers of every level (C9).
    is_important = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.name


class Wording(Record):
    """What a greeting says, in both languages; ``{customer}`` and others are filled in."""

    kind = models.CharField(max_length=11, choices=GreetingKind.choices)
    # Only for this festival; null for all that have no words of their own.
    festival = models.ForeignKey(Festival, models.PROTECT, null=True, blank=True, related_name="+")
    text = models.CharField(max_length=300)
    text_en = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return self.text[:30]


class Greeting(Record):
    """One greeting: proposed, approved by a second person, done and recorded."""

    customer = models.ForeignKey(
        "customers.Customer", models.CASCADE, related_name="+", db_index=False
    )
    contact = models.ForeignKey("customers.Contact", models.SET_NULL, null=True, related_name="+")
    staff = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=11, choices=GreetingKind.choices)
    # What it is for: "festival:3", "anniversary:12", "birthday:5".
    key = models.CharField(max_length=40)
    title = models.CharField(max_length=120)
    day = models.DateField()
    form = models.CharField(max_length=8, choices=Form.choices)
    text = models.CharField(max_length=400, blank=True)
    text_en = models.CharField(max_length=400, blank=True)
    state = models.CharField(
        max_length=8, choices=GreetingState.choices, default=GreetingState.PROPOSED
    )
    proposed_at = models.DateTimeField()
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    approved_at = models.DateTimeField(null=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField(null=True)
    result = models.CharField(max_length=11, choices=GreetingResult.choices, blank=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            # Proposing twice proposes once.
            models.UniqueConstraint(fields=["customer", "key", "day"], name="care_greeting_once"),
            models.CheckConstraint(
                condition=models.Q(approved_by__isnull=True, approved_at__isnull=True)
                | models.Q(approved_by__isnull=False, approved_at__isnull=False),
                name="care_greeting_approved",
            ),
            models.CheckConstraint(
                condition=models.Q(recorded_by__isnull=True, recorded_at__isnull=True)
                | models.Q(recorded_by__isnull=False, recorded_at__isnull=False),
                name="care_greeting_recorded",
            ),
        ]
        indexes = [
            models.Index(fields=["staff", "day", "id"], name="care_greeting_staff"),
            models.Index(fields=["unit", "day", "id"], name="care_greeting_unit"),
            models.Index(fields=["day", "id"], name="care_greeting_day"),
        ]

    def __str__(self) -> str:
        return self.title


class Unwanted(Record):
    """That a customer wants no greetings; a removed one is wanted again."""

    customer = models.OneToOneField("customers.Customer", models.CASCADE, related_name="+")
    note = models.CharField(max_length=300, blank=True)
    staff = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.customer)
