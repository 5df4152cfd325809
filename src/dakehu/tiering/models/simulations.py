"""Simulations: what rules would do, asked by somebody, kept for a while; nothing else changes."""

from django.conf import settings
from django.db import models

from dakehu.tiering.choices import SimulationState, Turn
from dakehu.tiering.models.schemes import RuleSet, Scheme


class Simulation(models.Model):
    """Rules tried out on the customers of a data day, beside the rules then in force (T19, T20).

    Every outcome lies beside the facts (``FactStore.simulation_file``); who would move is here.
    """

    scheme = models.ForeignKey(Scheme, models.CASCADE, related_name="simulations")
    # The version tried out; null for rules that came as a file.
    rule_set = models.ForeignKey(
        RuleSet, models.SET_NULL, null=True, related_name="+", db_index=False
    )
    label = models.CharField(max_length=200, blank=True)
    # The rules themselves: a draft may be changed while its simulation is still looked at.
    body = models.JSONField()
    base = models.ForeignKey(RuleSet, models.SET_NULL, null=True, related_name="+", db_index=False)
    base_body = models.JSONField(null=True)
    day = models.DateField()
    state = models.CharField(
        max_length=7, choices=SimulationState.choices, default=SimulationState.WAITING
    )
    # Steps done, of SIMULATION_STEPS.
    done = models.PositiveSmallIntegerField(default=0)
    # Names the file of outcomes; empty until it is written.
    token = models.CharField(max_length=40, blank=True)
    customers = models.PositiveIntegerField(default=0)
    # Customers by rank: {"level": {…}, "base": {…}, "before": {…}}.
    levels = models.JSONField(default=dict)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    beat_at = models.DateTimeField(null=True)
    # Why it failed, in words.
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["asked_at", "id"], name="tiering_simulation_asked")]

    def __str__(self) -> str:
        return f"{self.pk} · {self.day:%Y-%m-%d}"


class SimulatedMove(models.Model):
    """A customer whose level the simulated rules would change, and the measures they saw.

    ``base`` is the rank that the rules in force give on the same day, ``before`` the one decided
    by the evaluation before it; either may be missing.
    """

    simulation = models.ForeignKey(
        Simulation, models.CASCADE, related_name="moves", db_index=False
    )
    customer = models.ForeignKey(
        "customers.Customer", models.CASCADE, related_name="+", db_index=False
    )
    base = models.SmallIntegerField(null=True)
    before = models.SmallIntegerField(null=True)
    level = models.SmallIntegerField()
    turn = models.CharField(max_length=5, choices=Turn.choices)
    evidence = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["simulation", "customer"], name="tiering_simulated_once"
            ),
        ]
        indexes = [
            models.Index(fields=["simulation", "level", "id"], name="tiering_simulated_level"),
            # For merging: whose rows these are.
            models.Index(fields=["customer"], name="tiering_simulated_customer"),
        ]

    def __str__(self) -> str:
        return f"{self.customer_id} {self.base} {self.level}"
