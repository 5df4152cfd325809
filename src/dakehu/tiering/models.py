"""Schemes, levels and standings (T18, T19, T24)."""

from django.db import models

from dakehu.tiering.choices import DecisionKind


class Scheme(models.Model):
    """A set of ordered levels; several schemes live side by side (T24)."""

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)

    def __str__(self) -> str:
        return self.name


class Level(models.Model):
    """One level of a scheme; a higher rank is a better level."""

    scheme = models.ForeignKey(Scheme, models.CASCADE, related_name="levels")
    rank = models.SmallIntegerField()
    name = models.CharField(max_length=40)
    name_en = models.CharField(max_length=40)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scheme", "rank"], name="tiering_level_rank"),
        ]

    def __str__(self) -> str:
        return self.name


class Standing(models.Model):
    """The level of a customer in a scheme over a period, with what decided it (T19).

    ``active_to`` is exclusive; null means in force.
    """

    customer = models.ForeignKey("customers.Customer", models.CASCADE, related_name="standings")
    level = models.ForeignKey(Level, models.PROTECT, related_name="+")
    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="+", db_index=False)
    active_from = models.DateField()
    active_to = models.DateField(null=True)
    kind = models.CharField(
        max_length=10, choices=DecisionKind.choices, default=DecisionKind.AUTOMATIC
    )
    # Values the rule saw: old_level, avg3 (fen), arr (days), numbers_version.
    evidence = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "customer"],
                name="tiering_standing_in_force",
                condition=models.Q(active_to__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.customer_id} {self.level_id}"
