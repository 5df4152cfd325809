"""What only some cases have."""

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
    plan = models.CharField(max_length=1000, blank=True)
    # The last step that was taken, by its name.
    step = models.CharField(max_length=11, default="REPORTED")

    def __str__(self) -> str:
        return f"{self.case_id} {self.step}"
