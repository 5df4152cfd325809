"""What is handed over to the billing system once a contract is signed (OP14)."""

from django.conf import settings
from django.db import models

from dakehu.audit.fields import Record
from dakehu.channels.choices import Activity
from dakehu.opportunities.choices import OrderState, RowState
from dakehu.opportunities.models.opportunities import Opportunity


class PaperCheck(Record):
    """One point of the pre-acceptance check list that is in order; removed if it is not."""

    opportunity = models.ForeignKey(
        Opportunity, models.CASCADE, related_name="checks", db_index=False
    )
    product = models.CharField(max_length=40)
    point = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["opportunity", "product", "point"],
                condition=models.Q(removed_at__isnull=True),
                name="opportunities_check_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.product} {self.point}"


class SalesOrder(Record):
    """An order to the billing system: written into the outbox as a file, answered row by row."""

    opportunity = models.ForeignKey(
        Opportunity, models.CASCADE, related_name="orders", db_index=False
    )
    place = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=8, choices=OrderState.choices, default=OrderState.WAITING)
    ordered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    ordered_at = models.DateTimeField()
    # When its file was put into the outbox.
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["opportunity", "place"], name="opportunities_order_once"
            )
        ]
        indexes = [
            models.Index(
                fields=["id"],
                name="opportunities_order_waits",
                condition=models.Q(state="WAITING"),
            )
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """The number by which both sides speak of it."""
        return f"{self.opportunity.number}-{self.place}"


class OrderRow(Record):
    """One product of an order, and what the billing system answered about it."""

    order = models.ForeignKey(SalesOrder, models.CASCADE, related_name="rows", db_index=False)
    place = models.PositiveSmallIntegerField()
    product = models.CharField(max_length=40)
    activity = models.CharField(max_length=13, choices=Activity.choices)
    state = models.CharField(max_length=7, choices=RowState.choices, default=RowState.WAITING)
    reason = models.CharField(max_length=200, blank=True)
    # Null for what another system answered, which the client names.
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    client = models.ForeignKey(
        "signin.ApiClient", models.PROTECT, null=True, related_name="+", db_index=False
    )
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["order", "place"], name="opportunities_row_once"),
            models.CheckConstraint(
                condition=models.Q(state="WAITING", answered_at__isnull=True)
                | (~models.Q(state="WAITING") & models.Q(answered_at__isnull=False)),
                name="opportunities_row_answered",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order_id}/{self.place}"
