"""Words that are used again and again when a case is answered by message."""

from django.db import models

from dakehu.audit.fields import Record
from dakehu.cases.choices import CaseKind


class ReplyTemplate(Record):
    """A reply with named places, perhaps in English too; of one kind of case, or of any."""

    name = models.CharField(max_length=60)
    # Empty is any kind.
    kind = models.CharField(max_length=13, choices=CaseKind.choices, blank=True)
    text = models.TextField(max_length=500)
    text_en = models.TextField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "name"],
                name="cases_reply_name",
                condition=models.Q(removed_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return self.name
