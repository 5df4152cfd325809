"""What only some cases have: steps of coverage, words on a serious fault, the return visit."""

from django.conf import settings
from django.db import models

from dakehu.audit.fields import Record
from dakehu.cases.models.cases import Case


class CoverageStage(Record):
    """How far a network-coverage need is: one row per case, one pair of columns per step (C1)."""

    case = models.OneToOneField(Case, models.CASCADE, primary_key=True, related_name="coverage")
    place = models.CharField(max_length=200)
    technician = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False
    )
    measures = models.CharField(max_length=1000, blank=True)
    expected_on = models.DateField(null=True)
    # Whether the network department said that it cannot be solved; ``measures`` says why then.
    is_refused = models.BooleanField(default=False)
    plan = models.CharField(max_length=1000, blank=True)
    # The last step that was taken, by its name.
    step = models.CharField(max_length=11, default="REPORTED")

    def __str__(self) -> str:
        return f"{self.case_id} {self.step}"


class FaultNotice(Record):
    """What everybody says alike of a serious fault, and the analysis of it afterwards (CH12)."""

    case = models.OneToOneField(Case, models.CASCADE, related_name="notice")
    wording = models.TextField(max_length=1000)
    back_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True)
    analysis = models.TextField(max_length=6000, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(published_by__isnull=True, published_at__isnull=True)
                | models.Q(published_by__isnull=False, published_at__isnull=False),
                name="cases_notice_published",
            ),
        ]
        indexes = [
            models.Index(
                fields=["published_at"],
                name="cases_notice_said",
                condition=models.Q(published_at__isnull=False, ended_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return str(self.case_id)


class ReturnVisit(models.Model):
    """What a customer said after closing (R10); kept as it was said."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="visits")
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    reached = models.BooleanField()
    is_solved = models.BooleanField(null=True)
    # From 1, very dissatisfied, to 5.
    satisfaction = models.PositiveSmallIntegerField(null=True)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    reached=False, is_solved__isnull=True, satisfaction__isnull=True
                )
                | models.Q(reached=True, is_solved__isnull=False),
                name="cases_visit_reached",
            ),
            models.CheckConstraint(
                condition=models.Q(satisfaction__isnull=True)
                | models.Q(satisfaction__range=(1, 5)),
                name="cases_visit_satisfaction",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.at:%Y-%m-%d}"
