"""Service requests of customers (CH3, K1)."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.timezone import localdate

from dakehu.audit.fields import PersonalField, Record
from dakehu.cases.choices import (
    Bond,
    CaseChannel,
    CaseKind,
    CaseState,
    Cause,
    CloseResult,
    Priority,
    VisitState,
)
from dakehu.cases.querysets import CaseQuerySet
from dakehu.cases.rules.numbers import number_of
from dakehu.tiering.choices import Grade

OPEN = models.Q(closed_at__isnull=True)


class Case(Record):
    """
    One thing that a customer asks for, from the first word to the return visit.

    Its queue is that of ``unit``. The ``first_taker`` stays answerable for a complaint to the end
    (CH13); null where another system opened it.
    """

    kind = models.CharField(max_length=13, choices=CaseKind.choices)
    channel = models.CharField(max_length=10, choices=CaseChannel.choices)
    state = models.CharField(max_length=7, choices=CaseState.choices, default=CaseState.NEW)
    priority = models.SmallIntegerField(choices=Priority.choices, default=Priority.NORMAL)
    # Where it stands in the working order of its queue; see rules.order.
    turn = models.BigIntegerField()
    subject = models.CharField(max_length=120)
    text = models.TextField(max_length=4000)
    product_code = models.CharField(max_length=40, blank=True)

    # Null while nobody knows who called.
    customer = models.ForeignKey(
        "customers.Customer", models.SET_NULL, null=True, related_name="cases", db_index=False
    )
    # Who looks after the customer; they see the case wherever it is worked on.
    manager = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False
    )
    city_code = models.CharField(max_length=2)
    caller_name = models.CharField(max_length=60, blank=True)
    caller_phone = PersonalField(max_length=20, blank=True)
    # The customer's level and grade when the case was opened.
    tier = models.CharField(max_length=60, blank=True)
    grade = models.CharField(max_length=6, choices=Grade.choices, default=Grade.NONE)

    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="+", db_index=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False
    )
    first_taker = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    opened_at = models.DateTimeField()
    # When the customer heard from somebody first.
    answered_at = models.DateTimeField(null=True)
    # The next deadline of its clocks, and of which one; null while none runs.
    due_at = models.DateTimeField(null=True)
    due_kind = models.CharField(max_length=14, blank=True)

    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    result = models.CharField(max_length=10, choices=CloseResult.choices, blank=True)
    cause = models.CharField(max_length=10, choices=Cause.choices, blank=True)
    # What the customer was told at the end.
    answer = models.TextField(max_length=2000, blank=True)
    reopened = models.PositiveSmallIntegerField(default=0)
    visit = models.CharField(
        max_length=9, choices=VisitState.choices, default=VisitState.NONE, blank=True
    )

    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="children", db_index=False
    )
    bond = models.CharField(max_length=7, choices=Bond.choices, blank=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="merged", db_index=False
    )

    # What another system called its request; sent again it is the same case.
    client = models.ForeignKey(
        "signin.ApiClient", models.PROTECT, null=True, related_name="+", db_index=False
    )
    request_id = models.CharField(max_length=80, blank=True)
    digest = models.CharField(max_length=64, blank=True)

    objects: ClassVar[CaseQuerySet] = CaseQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["client", "request_id"],
                name="cases_request_once",
                condition=models.Q(client__isnull=False),
            ),
            models.CheckConstraint(
                condition=models.Q(closed_by__isnull=True, closed_at__isnull=True)
                | models.Q(closed_by__isnull=False, closed_at__isnull=False),
                name="cases_closed",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    closed_at__isnull=True,
                    state__in=[CaseState.NEW, CaseState.TAKEN, CaseState.WAITING],
                )
                | models.Q(
                    closed_at__isnull=False, state__in=[CaseState.CLOSED, CaseState.MERGED]
                ),
                name="cases_open_by_state",
            ),
            models.CheckConstraint(
                condition=models.Q(parent__isnull=True, bond="")
                | models.Q(parent__isnull=False, bond__in=Bond.values),
                name="cases_bond",
            ),
        ]
        indexes = [
            # The queue of a unit, of a province, and one's own, in their working order.
            models.Index(fields=["unit", "turn", "id"], name="cases_queue", condition=OPEN),
            models.Index(fields=["turn", "id"], name="cases_all_queues", condition=OPEN),
            models.Index(fields=["owner", "turn", "id"], name="cases_own_queue", condition=OPEN),
            # All cases, the newest first: of everybody, and of a unit.
            models.Index(fields=["opened_at", "id"], name="cases_opened"),
            models.Index(fields=["unit", "opened_at", "id"], name="cases_unit_opened"),
            # What a customer asked before, and whoever calls from a number.
            models.Index(fields=["customer", "id"], name="cases_customer"),
            models.Index(
                fields=["caller_phone", "id"],
                name="cases_caller",
                condition=~models.Q(caller_phone=""),
            ),
            # What somebody took first, and what concerns the customers they look after.
            models.Index(
                fields=["first_taker", "opened_at", "id"],
                name="cases_first_taker",
                condition=models.Q(first_taker__isnull=False),
            ),
            models.Index(
                fields=["manager", "opened_at", "id"],
                name="cases_manager",
                condition=models.Q(manager__isnull=False),
            ),
            # What belongs to a case.
            models.Index(
                fields=["parent", "id"],
                name="cases_parent",
                condition=models.Q(parent__isnull=False),
            ),
            models.Index(
                fields=["merged_into"],
                name="cases_merged",
                condition=models.Q(merged_into__isnull=False),
            ),
            # Whom to ask after closing.
            models.Index(
                fields=["unit", "closed_at", "id"],
                name="cases_visit_due",
                condition=models.Q(visit=VisitState.DUE),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.subject}"

    @property
    def number(self) -> str:
        """The number by which people speak of the case."""
        return number_of(self.city_code, localdate(self.opened_at), self.pk)

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done."""
        return self.closed_at is None
