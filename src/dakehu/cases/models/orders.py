"""The ladder of a case, and work orders of engineers with every move on record (R5 to R9)."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.timezone import localdate

from dakehu.audit.fields import PersonalField, Record
from dakehu.cases.choices import (
    SETTLED,
    UNASSIGNED,
    OrderMove,
    OrderPurpose,
    OrderResult,
    OrderState,
    Priority,
    Rung,
    SignedBy,
    SupportNeed,
)
from dakehu.cases.models.cases import Case
from dakehu.cases.querysets import OrderQuerySet
from dakehu.cases.rules.orders import order_number
from dakehu.cases.rules.records import record_is_late


class CaseRung(models.Model):
    """A case raised to a rung of the ladder (R5); kept as it was done.

    ``record`` is what was done on the rung before, ``reason`` why that was not enough.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="rungs")
    rung = models.CharField(max_length=12, choices=Rung.choices)
    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="+", db_index=False)
    record = models.CharField(max_length=500)
    reason = models.CharField(max_length=200)
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "rung"], name="cases_rung_once"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.rung}"


class WorkOrder(Record):
    """Somebody goes to a customer: for a case, or for a visit or a talk entered beforehand (R7).

    ``unit`` is where the customer belongs, whose desk hands it out; ``afterwards`` says why it
    was entered only after it had begun.
    """

    purpose = models.CharField(max_length=10, choices=OrderPurpose.choices)
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="orders")
    customer = models.ForeignKey(
        "customers.Customer", models.SET_NULL, null=True, related_name="work_orders"
    )
    city_code = models.CharField(max_length=2)
    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="+", db_index=False)
    state = models.CharField(max_length=10, choices=OrderState.choices, default=OrderState.DRAFTED)
    priority = models.SmallIntegerField(choices=Priority.choices, default=Priority.NORMAL)

    subject = models.CharField(max_length=120)
    place = models.CharField(max_length=200)
    contact = models.CharField(max_length=60, blank=True)
    contact_phone = PersonalField(max_length=20, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    # Names of skills, as the files of people know them.
    skills = models.JSONField(default=list)
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    afterwards = models.CharField(max_length=200, blank=True)

    engineer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    arrived_at = models.DateTimeField(null=True)
    recorded_at = models.DateTimeField(null=True)
    record = models.TextField(max_length=2000, blank=True)
    result = models.CharField(max_length=8, choices=OrderResult.choices, blank=True)
    signed_at = models.DateTimeField(null=True)
    signer = models.CharField(max_length=60, blank=True)
    signed_how = models.CharField(max_length=5, choices=SignedBy.choices, blank=True)
    signature = models.ForeignKey(
        "files.Attachment", models.PROTECT, null=True, related_name="+", db_index=False
    )

    objects: ClassVar[OrderQuerySet] = OrderQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="cases_order_period"
            ),
            models.CheckConstraint(
                condition=models.Q(case__isnull=False, purpose=OrderPurpose.CASE)
                | (models.Q(case__isnull=True) & ~models.Q(purpose=OrderPurpose.CASE)),
                name="cases_order_purpose",
            ),
            models.CheckConstraint(
                condition=models.Q(engineer__isnull=True, state__in=UNASSIGNED)
                | (models.Q(engineer__isnull=False) & ~models.Q(state__in=UNASSIGNED))
                | models.Q(state=OrderState.WITHDRAWN),
                name="cases_order_engineer",
            ),
            models.CheckConstraint(
                condition=models.Q(signed_at__isnull=True, signer="", signature__isnull=True)
                | (
                    models.Q(signed_at__isnull=False, signature__isnull=False)
                    & ~models.Q(signer="")
                ),
                name="cases_order_signed",
            ),
        ]
        indexes = [
            # The days of engineers, and whether one has something else to do at a time.
            models.Index(
                fields=["engineer", "starts_at"],
                name="cases_order_days",
                condition=models.Q(engineer__isnull=False),
            ),
            # What waits for an engineer, by urgency.
            models.Index(
                fields=["priority", "starts_at"],
                name="cases_order_waiting",
                condition=models.Q(state__in=UNASSIGNED),
            ),
            # The list of a desk, the newest appointments first.
            models.Index(fields=["unit", "starts_at", "id"], name="cases_order_unit"),
            models.Index(fields=["starts_at", "id"], name="cases_order_all"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.subject}"

    @property
    def number(self) -> str:
        """The number by which people speak of the order."""
        return order_number(self.city_code, f"{localdate(self.entered_at):%y%m%d}", self.pk)

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done."""
        return self.state not in SETTLED

    @property
    def record_is_late(self) -> bool:
        """Whether its service record was written after the day of the work (R8)."""
        if self.arrived_at is None or self.recorded_at is None:
            return False
        written = localdate(self.recorded_at)
        return record_is_late(localdate(self.arrived_at), written, written)


class OrderStep(models.Model):
    """One move of a work order; kept as it was done."""

    order = models.ForeignKey(WorkOrder, models.CASCADE, related_name="steps", db_index=False)
    move = models.CharField(max_length=10, choices=OrderMove.choices)
    state = models.CharField(max_length=10, choices=OrderState.choices)
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    text = models.CharField(max_length=400, blank=True)

    class Meta:
        indexes = [models.Index(fields=["order", "id"], name="cases_step_order")]

    def __str__(self) -> str:
        return f"{self.order_id} {self.move}"


class SupportOrder(Record):
    """What a support request order asks for, and until when (CH11); one row per such case."""

    case = models.OneToOneField(Case, models.CASCADE, primary_key=True, related_name="support")
    need = models.CharField(max_length=12, choices=SupportNeed.choices)
    wanted_on = models.DateField()

    def __str__(self) -> str:
        return f"{self.case_id} {self.need}"
