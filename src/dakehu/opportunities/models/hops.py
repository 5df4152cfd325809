"""The passport of an opportunity: every move with who, when, why; only ever added to."""

from django.conf import settings
from django.db import models

from dakehu.opportunities.choices import Move, State
from dakehu.opportunities.models.opportunities import Opportunity


class Hop(models.Model):
    """
    One move, kept as it was done. ``by`` is null for what the system did.

    The hop that decides a destination holds the rule, and in ``facts`` everything that the rule
    looked at, the candidates among it: with the matrix of the opportunity the decision can be
    told, and made again, at any time.
    """

    opportunity = models.ForeignKey(
        Opportunity, models.CASCADE, related_name="hops", db_index=False
    )
    move = models.CharField(max_length=9, choices=Move.choices)
    before = models.CharField(max_length=11, choices=State.choices, blank=True)
    after = models.CharField(max_length=11, choices=State.choices)
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    # To whom it went, if the move sent it to somebody.
    to = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    due_at = models.DateTimeField(null=True)
    rule = models.PositiveSmallIntegerField(null=True)
    text = models.TextField(max_length=4000, blank=True)
    facts = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["opportunity", "id"], name="opportunities_hops")]

    def __str__(self) -> str:
        return f"{self.opportunity_id} {self.move}"
