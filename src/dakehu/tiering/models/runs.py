"""Evaluations that somebody asked for, and how far they are (T19)."""

from django.conf import settings
from django.db import models

from dakehu.tiering.choices import SimulationState
from dakehu.tiering.models.schemes import Scheme


class EvaluationRun(models.Model):
    """A scheme evaluated on demand: as of a data day, and again as of those evaluated after it."""

    scheme = models.ForeignKey(Scheme, models.CASCADE, related_name="runs")
    # The data days in order, as ISO dates; the first one is what was asked for.
    days = models.JSONField()
    state = models.CharField(
        max_length=7, choices=SimulationState.choices, default=SimulationState.WAITING
    )
    # Steps done, of ``RUN_STEPS`` for every day.
    done = models.PositiveIntegerField(default=0)
    customers = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    # Why it failed, in words.
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            # One at a time: two would only undo each other's work.
            models.UniqueConstraint(
                fields=["scheme"],
                condition=models.Q(state__in=["WAITING", "RUNNING"]),
                name="tiering_run_one",
            ),
        ]
        indexes = [models.Index(fields=["-asked_at", "-id"], name="tiering_run_newest")]

    def __str__(self) -> str:
        return f"{self.scheme_id} {self.asked_at:%Y-%m-%d}"
