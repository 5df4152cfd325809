"""What whoever filled in the public form agreed to (CH7)."""

from django.db import models

from dakehu.opportunities.models.opportunities import Opportunity


class Consent(models.Model):
    """The words to which somebody agreed, as they stood there, and when."""

    opportunity = models.OneToOneField(Opportunity, models.CASCADE, related_name="consent")
    edition = models.CharField(max_length=10)
    language = models.CharField(max_length=10)
    words = models.TextField()
    agreed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(words=""), name="opportunities_consent_words"
            )
        ]

    def __str__(self) -> str:
        return f"{self.opportunity_id} {self.edition}"
