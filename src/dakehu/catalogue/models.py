"""What the catalogue keeps: services, and the versions of what they promise."""

from django.conf import settings
from django.db import models

from dakehu.audit.fields import Record
from dakehu.catalogue.choices import Family
from dakehu.tiering.choices import RuleState


class Service(Record):
    """One service of the catalogue (C1 to C20, R5, R10, O5, O6, and what the operator adds)."""

    code = models.CharField(max_length=12, unique=True)
    name = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)
    family = models.CharField(max_length=10, choices=Family.choices)
    position = models.SmallIntegerField(default=900)

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class ServiceVersion(Record):
    """One version of a service: draft, proposed, published from a day on (promise 2).

    What was published is never changed; another version supersedes it. ``digest`` names what the
    body says, so that whoever has read it once need not read it again.
    """

    service = models.ForeignKey(Service, models.PROTECT, related_name="versions")
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
            models.UniqueConstraint(fields=["service", "number"], name="catalogue_number"),
            models.UniqueConstraint(
                fields=["service", "active_from"],
                condition=models.Q(state=RuleState.PUBLISHED),
                name="catalogue_from",
            ),
            models.UniqueConstraint(
                fields=["service"],
                condition=models.Q(state__in=[RuleState.DRAFT, RuleState.PROPOSED]),
                name="catalogue_working",
            ),
            models.CheckConstraint(
                condition=models.Q(published_by__isnull=True)
                | models.Q(proposed_by__isnull=True)
                | ~models.Q(published_by=models.F("proposed_by")),
                name="catalogue_four_eyes",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=RuleState.PUBLISHED)
                | models.Q(active_from__isnull=False, published_on__isnull=False),
                name="catalogue_published",
            ),
        ]
        indexes = [models.Index(fields=["state", "active_from"], name="catalogue_in_force")]

    def __str__(self) -> str:
        return f"{self.service_id} {self.number}"
