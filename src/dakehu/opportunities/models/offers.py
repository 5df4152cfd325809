"""Offers: who was asked to take over an opportunity, and what they answered."""

from django.conf import settings
from django.db import models

from dakehu.opportunities.choices import Ending, ReturnReason
from dakehu.opportunities.models.opportunities import Opportunity


class Offer(models.Model):
    """One person asked to take over; of several asked at once one alone can claim."""

    opportunity = models.ForeignKey(
        Opportunity, models.CASCADE, related_name="offers", db_index=False
    )
    receiver = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    offered_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    ending = models.CharField(max_length=10, choices=Ending.choices, default=Ending.OPEN)
    ended_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=9, choices=ReturnReason.choices, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["opportunity", "receiver"],
                condition=models.Q(ending=Ending.OPEN.value),
                name="opportunities_offer_once",
            ),
            models.CheckConstraint(
                condition=models.Q(ending=Ending.OPEN.value, ended_at__isnull=True)
                | (~models.Q(ending=Ending.OPEN.value) & models.Q(ended_at__isnull=False)),
                name="opportunities_offer_ended",
            ),
        ]
        indexes = [
            models.Index(fields=["opportunity", "id"], name="opportunities_offers"),
            models.Index(fields=["receiver", "opportunity"], name="opportunities_offered_to"),
        ]

    def __str__(self) -> str:
        return f"{self.opportunity_id} {self.receiver_id}"
