"""Opportunities: leads and consultations among them, from the first contact on (OP1 to OP13)."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.timezone import localdate

from dakehu.audit.fields import PersonalField, Record
from dakehu.channels.choices import Channel, Class, Kind
from dakehu.channels.values import Named, named_from_data
from dakehu.common.masking import Masked
from dakehu.opportunities.choices import OPEN, QUEUE, LossReason, NeedKind, SalesStage, State
from dakehu.opportunities.querysets import OpportunityQuerySet
from dakehu.opportunities.rules.elements import missing
from dakehu.opportunities.rules.numbers import number_of
from dakehu.opportunities.values import Elements


class Opportunity(Record):
    """
    What a customer or a prospect wants, from the first contact to what became of it.

    ``unit`` is that of the customer, or the area of a prospect. ``receiver`` is whoever it is
    offered to, the first of several, and then whoever claimed it. How it came there is told by
    its hops, which are never changed.
    """

    kind = models.CharField(max_length=12, choices=Kind.choices)
    channel = models.CharField(max_length=10, choices=Channel.choices)
    state = models.CharField(max_length=11, choices=State.choices, default=State.CAPTURED)
    # Since when it stands so.
    since_at = models.DateTimeField()
    text = models.TextField(max_length=4000, blank=True)
    # Pairs of product and activity; ``products`` has the codes between blanks, to be asked for.
    named = models.JSONField(default=list)
    products = models.CharField(max_length=400, blank=True)
    has_specifics = models.BooleanField(default=False)
    plans = models.BooleanField(default=False)
    is_willing = models.BooleanField(default=False)
    in_person = models.BooleanField(default=False)

    # Null for a prospect that nobody keeps a file of.
    customer = models.ForeignKey(
        "customers.Customer",
        models.SET_NULL,
        null=True,
        related_name="opportunities",
        db_index=False,
    )
    # The class when it was taken in; the basis of the choice and of the claim limit.
    customer_class = models.CharField(max_length=8, choices=Class.choices)
    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="+", db_index=False)
    city_code = models.CharField(max_length=2)

    company = models.CharField(max_length=120, blank=True)
    contact_name = models.CharField(max_length=60, blank=True)
    contact_phone = PersonalField(max_length=20, blank=True)
    key_person = models.CharField(max_length=120, blank=True)
    need_kind = models.CharField(max_length=7, choices=NeedKind.choices, blank=True)
    present = models.TextField(max_length=1000, blank=True)
    expected_fen = models.BigIntegerField(null=True)
    source = models.CharField(max_length=10, choices=Channel.choices, blank=True)
    # How many of the six elements are known.
    known = models.PositiveSmallIntegerField(default=0)

    matrix = models.ForeignKey(
        "channels.MatrixVersion", models.PROTECT, related_name="+", db_index=False
    )
    # The rule by which the first destination was decided; 0 for what is not routed.
    rule = models.PositiveSmallIntegerField(default=0)
    captured_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    captured_at = models.DateTimeField()
    receiver = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    # Double coverage: sees progress, reminds, measures; and whoever works along.
    watcher = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    helper = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    offered_at = models.DateTimeField(null=True)
    # Until when somebody has to claim it; null while nobody is asked.
    due_at = models.DateTimeField(null=True)
    claimed_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    # How far it is since it was claimed, since when, and when it is expected to be signed.
    stage = models.CharField(max_length=11, choices=SalesStage.choices, blank=True)
    stage_at = models.DateTimeField(null=True)
    expected_on = models.DateField(null=True)
    # What was signed.
    contract_no = models.CharField(max_length=60, blank=True)
    won_fen = models.BigIntegerField(null=True)
    loss = models.CharField(max_length=10, choices=LossReason.choices, blank=True)

    # What whoever sent it calls it; sent again it is the same.
    client = models.ForeignKey(
        "signin.ApiClient", models.PROTECT, null=True, related_name="+", db_index=False
    )
    request_id = models.CharField(max_length=80, blank=True)
    digest = models.CharField(max_length=64, blank=True)

    objects: ClassVar[OpportunityQuerySet] = OpportunityQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["client", "request_id"],
                name="opportunities_request_once",
                condition=models.Q(client__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["captured_by", "request_id"],
                name="opportunities_form_once",
                condition=models.Q(client__isnull=True) & ~models.Q(request_id=""),
            ),
            # What came from the public form, of which nobody is the author.
            models.UniqueConstraint(
                fields=["request_id"],
                name="opportunities_public_once",
                condition=models.Q(client__isnull=True, captured_by__isnull=True)
                & ~models.Q(request_id=""),
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["CLAIMED", "NEGOTIATING", "WON"])
                | models.Q(receiver__isnull=False, claimed_at__isnull=False),
                name="opportunities_owned",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["WON", "LOST", "KEPT", "COMPLETED"])
                | models.Q(closed_at__isnull=True),
                name="opportunities_closed",
            ),
        ]
        indexes = [
            # All of them, the newest first: of everybody, and of a unit.
            models.Index(fields=["captured_at", "id"], name="opportunities_captured"),
            models.Index(fields=["unit", "captured_at", "id"], name="opportunities_unit"),
            # What waits for the operations center, the oldest first.
            models.Index(
                fields=["since_at", "id"],
                name="opportunities_queue",
                condition=models.Q(state__in=[state.value for state in QUEUE]),
            ),
            # What the sweep looks for.
            models.Index(
                fields=["due_at"],
                name="opportunities_due",
                condition=models.Q(state=State.OFFERED.value),
            ),
            # The columns of the board.
            models.Index(
                fields=["stage", "stage_at", "id"],
                name="opportunities_board",
                condition=models.Q(state__in=["CLAIMED", "NEGOTIATING", "WON"]),
            ),
            # What somebody has, takes in, watches or helps with.
            models.Index(fields=["receiver", "state", "id"], name="opportunities_receiver"),
            models.Index(fields=["captured_by", "id"], name="opportunities_captor"),
            models.Index(
                fields=["watcher", "id"],
                name="opportunities_watcher",
                condition=models.Q(watcher__isnull=False),
            ),
            models.Index(
                fields=["helper", "id"],
                name="opportunities_helper",
                condition=models.Q(helper__isnull=False),
            ),
            # What a customer wanted before, and whoever calls from a number.
            models.Index(fields=["customer", "id"], name="opportunities_customer"),
            models.Index(
                fields=["contact_phone", "id"],
                name="opportunities_phone",
                condition=~models.Q(contact_phone=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.whose}"

    @property
    def number(self) -> str:
        """The number by which people speak of it."""
        return number_of(self.city_code, localdate(self.captured_at), self.pk)

    @property
    def whose(self) -> str:
        """The customer's name, or what the prospect is called."""
        return str(self.customer) if self.customer else self.company

    @property
    def wanted(self) -> tuple[Named, ...]:
        """What was named, with what is to be done with it."""
        return named_from_data(self.named)

    @property
    def is_open(self) -> bool:
        """Whether something still can come of it."""
        return self.state in OPEN

    @property
    def elements(self) -> Elements:
        """The elements as they are known."""
        phone = self.contact_phone
        return Elements(
            company=self.company,
            contact_name=self.contact_name,
            contact_phone=phone.plain if isinstance(phone, Masked) else str(phone or ""),
            key_person=self.key_person,
            need_kind=self.need_kind,
            present=self.present,
            expected_fen=self.expected_fen,
            source=self.source,
        )

    @property
    def missing(self) -> tuple[str, ...]:
        """The elements that are not known yet."""
        return missing(
            self.elements, is_named=bool(self.named), is_customer=self.customer_id is not None
        )
