"""Campaigns: what is offered to whom, in which form, and what came of it for every customer."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from dakehu.audit.fields import Record
from dakehu.campaigns.choices import Form, LeftOut, Result, RowState, Source, Spread, State
from dakehu.campaigns.rules import codes_in, replies_in


def together(*names: str) -> Q:
    """Return the condition that fields are all known, or none of them."""
    none = Q(**{f"{name}__isnull": True for name in names})
    return none | Q(**{f"{name}__isnull": False for name in names})


class Campaign(Record):
    """
    Customers contacted for a purpose within a period: drafted, proposed, released by another.

    Its list is frozen when it is released. Its ``unit`` owns it; customers beyond the unit are
    none of its list.
    """

    name = models.CharField(max_length=80)
    purpose = models.CharField(max_length=500, blank=True)
    # Codes of products, between blanks.
    products = models.CharField(max_length=200, blank=True)
    form = models.CharField(max_length=8, choices=Form.choices)
    first_day = models.DateField()
    last_day = models.DateField()
    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="+", db_index=False)
    source = models.CharField(max_length=5, choices=Source.choices)
    group = models.ForeignKey(
        "targets.TargetGroup", models.PROTECT, null=True, blank=True, related_name="+"
    )
    spread = models.CharField(max_length=5, choices=Spread.choices, default=Spread.OWNER)
    script = models.TextField(max_length=4000, blank=True)
    # Replies to choose from, one a line.
    replies = models.TextField(max_length=1000, blank=True)
    title = models.CharField(max_length=120, blank=True)
    text = models.TextField(max_length=1000, blank=True)
    # What one part of an SMS, and one call, costs.
    sms_fen = models.PositiveIntegerField(default=5)
    call_fen = models.PositiveIntegerField(default=200)
    state = models.CharField(max_length=8, choices=State.choices, default=State.DRAFT)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    made_at = models.DateTimeField()
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    proposed_at = models.DateTimeField(null=True)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    released_at = models.DateTimeField(null=True)
    # Null where its period ended by itself.
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    ended_at = models.DateTimeField(null=True)
    # Why it was given back or stopped.
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=models.F("first_day")), name="campaigns_period"
            ),
            models.CheckConstraint(
                condition=together("proposed_by", "proposed_at"), name="campaigns_proposed"
            ),
            models.CheckConstraint(
                condition=together("released_by", "released_at"), name="campaigns_released"
            ),
        ]
        indexes = [
            models.Index(fields=["first_day", "id"], name="campaigns_begin"),
            models.Index(fields=["state", "first_day"], name="campaigns_state"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the products that it is about."""
        return codes_in(self.products)

    @property
    def offered_replies(self) -> list[str]:
        """The replies to choose from."""
        return replies_in(self.replies)


class CampaignRow(Record):
    """One customer of a campaign's list: who calls, what was sent, what came of it."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="rows", db_index=False)
    customer = models.ForeignKey(
        "customers.Customer", models.CASCADE, related_name="+", db_index=False
    )
    # Whoever calls; follows the customer to a new manager.
    staff = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="+", db_index=False)
    state = models.CharField(max_length=5, choices=RowState.choices, default=RowState.OPEN)
    left_out = models.CharField(max_length=11, choices=LeftOut.choices, blank=True)
    # Why it was left out, in words.
    why = models.CharField(max_length=300, blank=True)
    message = models.OneToOneField("outbox.Message", models.PROTECT, null=True, related_name="+")
    result = models.CharField(max_length=10, choices=Result.choices, blank=True)
    reply = models.CharField(max_length=100, blank=True)
    note = models.CharField(max_length=300, blank=True)
    again_on = models.DateField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    called_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    called_at = models.DateTimeField(null=True)
    # Whoever is calling just now.
    held_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    held_at = models.DateTimeField(null=True)
    opportunity = models.ForeignKey(
        "opportunities.Opportunity", models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["campaign", "customer"], name="campaigns_row_once"),
            models.CheckConstraint(
                condition=together("called_by", "called_at"), name="campaigns_row_called"
            ),
            models.CheckConstraint(
                condition=together("held_by", "held_at"), name="campaigns_row_held"
            ),
            models.CheckConstraint(
                condition=Q(state=RowState.OUT) ^ Q(left_out=""), name="campaigns_row_out"
            ),
        ]
        indexes = [
            models.Index(fields=["campaign", "state", "id"], name="campaigns_row_state"),
            models.Index(fields=["staff", "state", "id"], name="campaigns_row_staff"),
            models.Index(fields=["customer", "id"], name="campaigns_row_customer"),
        ]

    def __str__(self) -> str:
        return f"{self.campaign_id} {self.customer_id}"

    @property
    def phone(self) -> object:
        """The number at which the customer is called, masked: their own, else their people's."""
        people = [each for each in self.customer.contacts.all() if not each.removed_at]
        people.sort(key=lambda each: (not each.is_primary, each.pk))
        known = [self.customer.phone, *(each.phone for each in people)]
        return next((each for each in known if each), "")

    @property
    def whose(self) -> str:
        """The name of whoever has that number, where it is not the customer's own."""
        if self.customer.phone:
            return ""
        people = [each for each in self.customer.contacts.all() if not each.removed_at]
        people.sort(key=lambda each: (not each.is_primary, each.pk))
        return next((each.name for each in people if each.phone), "")
