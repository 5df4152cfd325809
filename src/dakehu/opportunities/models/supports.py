"""Which orders of the service desk were made for an opportunity (CH9, CH11)."""

from django.db import models

from dakehu.opportunities.models.opportunities import Opportunity


class SupportLink(models.Model):
    """A case of the service desk for an opportunity: support that was ordered, or a batch."""

    opportunity = models.ForeignKey(
        Opportunity, models.CASCADE, related_name="supports", db_index=False
    )
    case = models.OneToOneField("cases.Case", models.CASCADE, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["opportunity", "id"], name="opportunities_supports")]

    def __str__(self) -> str:
        return f"{self.opportunity_id} {self.case_id}"
