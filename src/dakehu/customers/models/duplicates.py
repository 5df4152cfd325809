"""Customers that may be the same, and what joining two of them moved."""

from django.conf import settings
from django.db import models

from dakehu.customers.choices import PairState


class DuplicatePair(models.Model):
    """Two customers that may be the same, with what speaks for it; ``first`` has the lower id."""

    first = models.ForeignKey(
        "customers.Customer", models.CASCADE, related_name="+", db_index=False
    )
    second = models.ForeignKey("customers.Customer", models.CASCADE, related_name="+")
    # 0 to 100.
    score = models.PositiveSmallIntegerField()
    # What agrees, by name of the trait, with how well: {"name": 96, "phone": 100}.
    reasons = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=PairState.choices, default=PairState.OPEN)
    found_on = models.DateField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="customers_pair_once"),
            models.CheckConstraint(
                condition=models.Q(first_id__lt=models.F("second_id")),
                name="customers_pair_order",
            ),
            models.CheckConstraint(
                condition=models.Q(decided_by__isnull=True, decided_at__isnull=True)
                | models.Q(decided_by__isnull=False, decided_at__isnull=False),
                name="customers_pair_decided",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} {self.second_id}"


class Merger(models.Model):
    """One joining of two customers: what was moved, so that it can be undone."""

    kept = models.ForeignKey("customers.Customer", models.CASCADE, related_name="mergers")
    gone = models.ForeignKey("customers.Customer", models.CASCADE, related_name="+")
    # By model label: the numbers of the rows that were moved from ``gone`` to ``kept``.
    moved = models.JSONField(default=dict)
    # By field of the kept customer: the value before and after.
    fields = models.JSONField(default=dict)
    reason = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(undone_by__isnull=True, undone_at__isnull=True)
                | models.Q(undone_by__isnull=False, undone_at__isnull=False),
                name="customers_merger_undone",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.gone_id} -> {self.kept_id}"
