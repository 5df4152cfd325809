"""Which support request orders were made for an opportunity (CH11)."""

from django.db import models

from dakehu.opportunities.models.opportunities import Opportunity


class SupportLink(models.Model):
    """A support request order of the service desk that was made for an opportunity."""

    opportunity = models.ForeignKey(
        Opportunity, models.CASCADE, related_name="supports", db_index=False
    )
    case = models.OneToOneField("cases.Case", models.CASCADE, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["opportunity", "id"], name="opportunities_supports")]

    def __str__(self) -> str:
        return f"{self.opportunity_id} {self.case_id}"
