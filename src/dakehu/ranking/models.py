"""Trained models, what a night ranked with them, and the ranks that lists show (W10)."""

from django.conf import settings
from django.db import models

from dakehu.audit.fields import Record
from dakehu.ranking.choices import GOING_ON, ModelState, TrainingState


def both_or_none(name: str) -> models.Q:
    """Return the condition that an act has its person and its instant, or neither."""
    person, instant = f"{name}_by__isnull", f"{name}_at__isnull"
    return models.Q(**{person: True, instant: True}) | models.Q(**{person: False, instant: False})


class RankingModel(Record):
    """
    One trained model: what it was made of, how it did, and who let it rank.

    Trees and card rest in ``$DAKEHU_HOME/models/<token>``; ``digest`` tells whether they are still
    those that were examined.  ``report`` is the card's content (``rules.cards``).
    """

    number = models.PositiveIntegerField(unique=True)
    state = models.CharField(max_length=9, choices=ModelState.choices, default=ModelState.DRAFT)
    token = models.CharField(max_length=24)
    digest = models.CharField(max_length=64)
    layout = models.PositiveIntegerField()
    horizon = models.PositiveIntegerField()
    first_day = models.DateField()
    last_day = models.DateField()
    people = models.BigIntegerField()
    left = models.BigIntegerField()
    roc_auc = models.FloatField()
    pr_auc = models.FloatField()
    lift = models.FloatField()
    brier = models.FloatField()
    report = models.JSONField()
    trained_at = models.DateTimeField()
    remark = models.CharField(max_length=200, blank=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    proposed_at = models.DateTimeField(null=True)
    # Four eyes: a model ranks once a second person published it.
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    published_at = models.DateTimeField(null=True)
    retired_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=both_or_none("proposed"), name="ranking_proposed"),
            models.CheckConstraint(condition=both_or_none("published"), name="ranking_published"),
            models.CheckConstraint(condition=both_or_none("retired"), name="ranking_retired"),
            models.CheckConstraint(
                condition=models.Q(published_by__isnull=True)
                | ~models.Q(published_by=models.F("proposed_by")),
                name="ranking_four_eyes",
            ),
            # At most one model ranks; two people publishing at once find this in their way.
            models.UniqueConstraint(
                fields=["state"],
                condition=models.Q(state=ModelState.PUBLISHED),
                name="ranking_one_published",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.number}"


class RankedDay(models.Model):
    """A data day that a night ranked: by which model, how many, and where the results lie."""

    day = models.DateField(unique=True)
    # Names the result files, as that of the evaluation they belong to.
    token = models.CharField(max_length=24)
    model = models.ForeignKey(RankingModel, models.PROTECT, related_name="days")
    ranked = models.BigIntegerField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.day)


class CustomerRank(models.Model):
    """
    Where the newest ranked day puts a customer: the first is the likeliest to leave.

    Only of those on top and of those with an alert that holds; the result file has everybody.
    """

    customer = models.OneToOneField("customers.Customer", models.CASCADE, related_name="rank")
    day = models.DateField()
    place = models.PositiveIntegerField(db_index=True)
    probability = models.FloatField()

    def __str__(self) -> str:
        return f"{self.customer_id} {self.place}"


class TrainingRun(models.Model):
    """
    A training that somebody asked for on screen: of which days, how far it is, what came of it.

    It is itself the record of who asked; the model that it made is a draft like any other.
    """

    first_day = models.DateField()
    last_day = models.DateField()
    horizon = models.PositiveSmallIntegerField(default=30)
    every = models.PositiveSmallIntegerField(default=7)
    state = models.CharField(
        max_length=7, choices=TrainingState.choices, default=TrainingState.WAITING
    )
    # Which step it is at, and how much of it is done.
    step = models.CharField(max_length=10, blank=True)
    done = models.PositiveIntegerField(default=0)
    wanted = models.PositiveIntegerField(default=0)
    error = models.TextField(blank=True)
    model = models.ForeignKey(RankingModel, models.PROTECT, null=True, related_name="+")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            # One training goes on at a time; of two people who ask at once one is refused.
            models.UniqueConstraint(
                models.Value(1),
                condition=models.Q(state__in=GOING_ON),
                name="ranking_one_training",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_day} {self.last_day}"
