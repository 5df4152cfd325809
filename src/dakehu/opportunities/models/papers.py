"""What is written for an opportunity and released by a second person: solutions, contracts."""

from django.conf import settings
from django.db import models

from dakehu.audit.fields import Record
from dakehu.opportunities.choices import WORKING, PaperState
from dakehu.opportunities.models.opportunities import Opportunity


def decided(name: str) -> models.CheckConstraint:
    """Return what forbids that a decision is known without whoever took it."""
    return models.CheckConstraint(
        condition=models.Q(decided_by__isnull=True, decided_at__isnull=True)
        | models.Q(decided_by__isnull=False, decided_at__isnull=False),
        name=name,
    )


class Paper(Record):
    """What a solution and a contract have in common: who wrote it, who released it."""

    opportunity = models.ForeignKey(Opportunity, models.CASCADE, db_index=False)
    state = models.CharField(max_length=9, choices=PaperState.choices, default=PaperState.DRAFT)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    written_at = models.DateTimeField()
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    decided_at = models.DateTimeField(null=True)
    # Why it was sent back, withdrawn, or let run out.
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        abstract = True


class Solution(Paper):
    """One version of what is offered: the technical and the commercial part (OP14)."""

    opportunity = models.ForeignKey(
        Opportunity, models.CASCADE, related_name="solutions", db_index=False
    )
    number = models.PositiveSmallIntegerField()
    technical = models.TextField(max_length=20_000)
    commercial = models.TextField(max_length=20_000, blank=True)
    price_fen = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["opportunity", "number"], name="opportunities_solution_once"
            ),
            models.UniqueConstraint(
                fields=["opportunity"],
                condition=models.Q(state__in=[state.value for state in WORKING]),
                name="opportunities_solution_worked_on",
            ),
            decided("opportunities_solution_decided"),
        ]

    def __str__(self) -> str:
        return f"{self.opportunity.number} {self.title}"

    @property
    def title(self) -> str:
        """What it is called among the papers of its opportunity."""
        return f"V{self.number}"


class Contract(Paper):
    """A contract: number, term and value; both sides' stamps; what follows when it ends (OP15)."""

    opportunity = models.ForeignKey(
        Opportunity, models.CASCADE, related_name="contracts", db_index=False
    )
    number = models.CharField(max_length=60)
    value_fen = models.BigIntegerField()
    starts_on = models.DateField()
    ends_on = models.DateField()
    # How many days before its end somebody is asked to renew it.
    notice_days = models.PositiveSmallIntegerField(default=60)
    terms = models.TextField(max_length=20_000, blank=True)
    # Which days the stamps of the two sides bear.
    ours_on = models.DateField(null=True)
    theirs_on = models.DateField(null=True)
    # What was begun to renew it.
    renewal = models.OneToOneField(Opportunity, models.SET_NULL, null=True, related_name="renews")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["number"],
                condition=~models.Q(state=PaperState.WITHDRAWN.value),
                name="opportunities_contract_number",
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                name="opportunities_contract_term",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=[PaperState.SIGNED.value, PaperState.ENDED.value])
                | models.Q(ours_on__isnull=False, theirs_on__isnull=False),
                name="opportunities_contract_stamped",
            ),
            decided("opportunities_contract_decided"),
        ]
        indexes = [
            models.Index(fields=["opportunity", "id"], name="opportunities_contracts"),
            # The list, and what runs out.
            models.Index(fields=["ends_on", "id"], name="opportunities_contract_ends"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def title(self) -> str:
        """What it is called among the papers of its opportunity."""
        return self.number
