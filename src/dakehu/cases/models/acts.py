"""What was done on a case, what belongs to it, and the rows of a batch."""

from django.conf import settings
from django.db import models

from dakehu.audit.fields import PersonalField, Record
from dakehu.cases.choices import ActKind
from dakehu.cases.models.cases import Case


class CaseAct(models.Model):
    """One act on a case; kept as it was done, never changed.

    An act that is not internal may be told to the customer. ``by`` is null where another system
    did it.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="acts", db_index=False)
    kind = models.CharField(max_length=11, choices=ActKind.choices)
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    text = models.TextField(max_length=4000, blank=True)
    is_internal = models.BooleanField(default=True)
    # Plain values for the wording, such as to whom it was handed; never personal data.
    facts = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["case", "id"], name="cases_act_case")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind}"


class CaseLink(Record):
    """Two cases that have to do with each other; the one with the lower number stands first."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="links", db_index=False)
    other = models.ForeignKey(Case, models.CASCADE, related_name="linked")
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "other"], name="cases_link_once"),
            models.CheckConstraint(
                condition=models.Q(case__lt=models.F("other")), name="cases_link_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.other_id}"


class BatchRow(models.Model):
    """One row of a batch: for which number, what is to be done, and what came of it (C3)."""

    class Result(models.TextChoices):
        """What came of a row."""

        OPEN = "OPEN"
        DONE = "DONE"
        FAILED = "FAILED"

    case = models.ForeignKey(Case, models.CASCADE, related_name="rows", db_index=False)
    line = models.PositiveIntegerField()
    number = PersonalField(max_length=20)
    wish = models.CharField(max_length=200, blank=True)
    result = models.CharField(max_length=6, choices=Result.choices, default=Result.OPEN)
    note = models.CharField(max_length=200, blank=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "line"], name="cases_row_once"),
            models.CheckConstraint(
                condition=models.Q(done_by__isnull=True, done_at__isnull=True, result="OPEN")
                | models.Q(
                    done_by__isnull=False, done_at__isnull=False, result__in=["DONE", "FAILED"]
                ),
                name="cases_row_done",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.line}"
