"""What is kept of channels: the matrix, and its versions."""

from django.conf import settings
from django.db import models

from dakehu.audit.fields import Record
from dakehu.tiering.choices import RuleState


class Matrix(Record):
    """The one matrix of products and channels; what it says stands in its versions."""

    code = models.CharField(max_length=20, unique=True)

    def __str__(self) -> str:
        return self.code


class MatrixVersion(Record):
    """One version of the matrix: draft, proposed, published from a day on (promise 2).

    What was published is never changed; another version supersedes it. ``digest`` names the body.
    """

    matrix = models.ForeignKey(Matrix, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=9, choices=RuleState.choices, default=RuleState.DRAFT)
    body = models.JSONField()
    digest = models.CharField(max_length=32)
    reason = models.CharField(max_length=200, blank=True)
    based_on = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+")
    active_from = models.DateField(null=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    created_on = models.DateField()
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    # Four eyes: nobody publishes what they proposed. Null for what comes with Dakehu.
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    published_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["matrix", "number"], name="channels_number"),
            models.UniqueConstraint(
                fields=["matrix", "active_from"],
                condition=models.Q(state=RuleState.PUBLISHED),
                name="channels_from",
            ),
            models.UniqueConstraint(
                fields=["matrix"],
                condition=models.Q(state__in=[RuleState.DRAFT, RuleState.PROPOSED]),
                name="channels_working",
            ),
            models.CheckConstraint(
                condition=models.Q(published_by__isnull=True)
                | models.Q(proposed_by__isnull=True)
                | ~models.Q(published_by=models.F("proposed_by")),
                name="channels_four_eyes",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=RuleState.PUBLISHED)
                | models.Q(active_from__isnull=False, published_on__isnull=False),
                name="channels_published",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.matrix_id} {self.number}"
