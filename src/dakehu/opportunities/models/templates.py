"""Words of solutions that the operations center keeps, in versions (OP14)."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from dakehu.audit.fields import Record
from dakehu.opportunities.choices import TemplateState


class SolutionTemplate(Record):
    """
    One version of the words with which solutions begin, with named places; of a product or any.

    A released one is never changed: the next version takes its place once it is released.
    """

    name = models.CharField(max_length=60)
    # The code of a product of the matrix; empty is any.
    product = models.CharField(max_length=40, blank=True)
    number = models.PositiveSmallIntegerField(default=1)
    technical = models.TextField(max_length=20_000)
    commercial = models.TextField(max_length=20_000, blank=True)
    state = models.CharField(
        max_length=9, choices=TemplateState.choices, default=TemplateState.DRAFT
    )
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    written_at = models.DateTimeField()
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    released_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["product", "name", "number"], name="opportunities_template_version"
            ),
            models.UniqueConstraint(
                fields=["product", "name"],
                name="opportunities_template_released",
                condition=Q(state=TemplateState.RELEASED.value),
            ),
            models.CheckConstraint(
                condition=Q(released_by__isnull=False, released_at__isnull=False)
                | Q(released_by__isnull=True, released_at__isnull=True)
                & ~Q(state=TemplateState.RELEASED.value),
                name="opportunities_template_by_two",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} V{self.number}"
