"""Who owns which customer, and how that changed (M3)."""

from django.conf import settings
from django.db import models

from dakehu.audit.fields import Record
from dakehu.ownership.choices import LineState, MoveKind, MoveState, Skip


class Move(models.Model):
    """One change of ownership, of one customer or of thousands, decided at once (M3).

    It begins as a DRAFT, which pins what its maker saw: the customers, and with whom they were. A
    move with a later effective date waits as PLANNED; the night before that day carries it out.
    """

    kind = models.CharField(max_length=8, choices=MoveKind.choices)
    state = models.CharField(max_length=10, choices=MoveState.choices, default=MoveState.PLANNED)
    effective_on = models.DateField()
    # Leave cover ends by itself on this day (exclusive).
    ends_on = models.DateField(null=True)
    reason = models.CharField(max_length=200)
    # Who gets the customers; null for a recall into the pool, and where there are several.
    to_staff = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    # Whose customers are moved, where it is one person's.
    from_staff = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    # The filter by which the customers were chosen, in words.
    chosen = models.CharField(max_length=300, blank=True)
    # The move that this one undoes.
    undoes = models.OneToOneField("self", models.PROTECT, null=True, related_name="undone_by_move")
    customers = models.PositiveIntegerField(default=0)
    skipped = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    # When to-dos and alerts had followed; the night makes up for it where it is missing.
    followed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            # What the night has to carry out.
            models.Index(fields=["state", "effective_on"], name="ownership_move_due"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.effective_on}"


class MoveLine(models.Model):
    """One customer of a move: from whom, to whom, and why it was left out if it was."""

    move = models.ForeignKey(Move, models.CASCADE, related_name="lines", db_index=False)
    customer = models.ForeignKey(
        "customers.Customer", models.CASCADE, related_name="moves", db_index=False
    )
    from_staff = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    to_staff = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    state = models.CharField(max_length=8, choices=LineState.choices, default=LineState.PLANNED)
    # Why the customer was left out.
    why = models.CharField(max_length=8, choices=Skip.choices, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["move", "customer"], name="ownership_moveline_once"),
        ]
        indexes = [
            # The history of a customer.
            models.Index(fields=["customer", "-id"], name="ownership_line_customer"),
        ]

    def __str__(self) -> str:
        return f"{self.move_id} {self.customer_id}"


class Receipt(models.Model):
    """What one move means for one person, and their word that they have seen it (M3).

    One per person and move, however many customers came or went.
    """

    move = models.ForeignKey(Move, models.CASCADE, related_name="receipts", db_index=False)
    staff = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    # How many came to this person, and how many went to somebody else.
    customers = models.PositiveIntegerField()
    gone = models.PositiveIntegerField(default=0)
    received_at = models.DateTimeField(null=True)
    remark = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["move", "staff"], name="ownership_receipt_once"),
        ]
        indexes = [
            # What a person has not confirmed yet.
            models.Index(
                fields=["staff"],
                condition=models.Q(received_at__isnull=True),
                name="ownership_receipt_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.move_id} {self.staff_id}"


class OwnerRule(Record):
    """Numbers by which owners are proposed and load is weighed, from a date on (promise 2).

    ``numbers``: weights of area, tier, load and language; load of a customer by level; default
    capacity by role; limits of claims from the pool. See ``ownership.rules``.
    """

    active_from = models.DateField(unique=True)
    numbers = models.JSONField()
    reason = models.CharField(max_length=200, blank=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    # Four eyes: a rule holds once a second person approved it.
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    approved_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(approved_by__isnull=True)
                | ~models.Q(approved_by=models.F("proposed_by")),
                name="ownership_rule_four_eyes",
            ),
            models.CheckConstraint(
                condition=models.Q(approved_by__isnull=True, approved_at__isnull=True)
                | models.Q(approved_by__isnull=False, approved_at__isnull=False),
                name="ownership_rule_approved",
            ),
        ]

    def __str__(self) -> str:
        return str(self.active_from)
