"""What customers said after what they bought was set up (OP14)."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from dakehu.opportunities.choices import VisitForm
from dakehu.opportunities.models.opportunities import Opportunity


class SaleVisit(models.Model):
    """
    One return visit after a sale: when, by whom, how, what the customer said; never changed.

    Whoever was not reached said nothing.
    """

    opportunity = models.ForeignKey(
        Opportunity, models.CASCADE, related_name="visits", db_index=False
    )
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    form = models.CharField(max_length=7, choices=VisitForm.choices)
    is_reached = models.BooleanField(default=True)
    # 1 to 5; null if nobody was reached.
    satisfaction = models.PositiveSmallIntegerField(null=True)
    opinion = models.TextField(max_length=2000, blank=True)
    # What is still to be done, and the order of support it became, if it did.
    left_open = models.TextField(max_length=1000, blank=True)
    support = models.ForeignKey(
        "cases.Case", models.SET_NULL, null=True, related_name="+", db_index=False
    )
    # The opportunity that the customer spoke of.
    following = models.ForeignKey(
        Opportunity, models.SET_NULL, null=True, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(is_reached=False, satisfaction__isnull=True)
                | Q(is_reached=True, satisfaction__gte=1, satisfaction__lte=5),
                name="opportunities_visit_said",
            )
        ]
        indexes = [
            models.Index(fields=["opportunity", "id"], name="opportunities_visits"),
            models.Index(fields=["at", "id"], name="opportunities_visited"),
        ]

    def __str__(self) -> str:
        return f"{self.opportunity_id} {self.at:%Y-%m-%d}"
