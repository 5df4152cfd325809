"""What is owed to customers again and again, what was done, and what they are provided with."""

from datetime import date, timedelta

from django.conf import settings
from django.db import models

from dakehu.audit.fields import Record
from dakehu.catalogue.choices import Cycle
from dakehu.obligations.choices import PROVISION_MODES, Occasion, RewardState, State


class Obligation(Record):
    """How often something is owed to a customer in one period, and how far it is (O1 to O6).

    ``ends_on`` is exclusive. ``planned`` are the proposed days, one for each time; ``next_on`` is
    the next of them. A missed one stays missed.
    """

    customer = models.ForeignKey(
        "customers.Customer", models.CASCADE, related_name="obligations", db_index=False
    )
    service = models.CharField(max_length=12)
    scheme = models.CharField(max_length=40)
    cycle = models.CharField(max_length=10, choices=Cycle.choices)
    starts_on = models.DateField()
    ends_on = models.DateField()
    # Since when within the period anything was promised; the pace is counted from here.
    since = models.DateField()
    required = models.PositiveSmallIntegerField()
    goal = models.PositiveSmallIntegerField()
    done = models.PositiveSmallIntegerField(default=0)
    planned = models.JSONField(default=list)
    next_on = models.DateField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.ON_TRACK)
    # By which standard, level and version: "C12 A1 v2".
    source = models.CharField(max_length=80)
    waived_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    waived_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["customer", "service", "scheme", "cycle", "starts_on"],
                name="obligations_once",
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__gt=models.F("starts_on")), name="obligations_period"
            ),
        ]
        indexes = [
            models.Index(fields=["next_on", "id"], name="obligations_next"),
            models.Index(fields=["starts_on", "service", "id"], name="obligations_period_service"),
        ]

    def __str__(self) -> str:
        return f"{self.customer_id} {self.service} {self.starts_on}"

    @property
    def last_on(self) -> date:
        """The last day of the period, as people say it."""
        return self.ends_on - timedelta(days=1)


class Act(models.Model):
    """One thing done for a customer, by its evidence; it counts once, when it happened."""

    customer = models.ForeignKey(
        "customers.Customer", models.CASCADE, related_name="acts", db_index=False
    )
    service = models.CharField(max_length=12)
    happened_at = models.DateTimeField()
    happened_on = models.DateField()
    # The kind of thing that proves it, as upper floors name it, and its number.
    evidence = models.CharField(max_length=40)
    evidence_id = models.BigIntegerField()
    note = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["customer", "service", "evidence", "evidence_id"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="obligations_act_once",
            ),
        ]
        indexes = [
            models.Index(fields=["customer", "service", "happened_on"], name="obligations_acts"),
        ]

    def __str__(self) -> str:
        return f"{self.customer_id} {self.service} {self.happened_on}"


class Provision(Record):
    """A service that a customer has over a period: representative, station, personalised service.

    (C4, C5, C8, C24, C27.) ``ends_on`` is exclusive, null as long as it holds.
    """

    customer = models.ForeignKey(
        "customers.Customer", models.CASCADE, related_name="provisions", db_index=False
    )
    service = models.CharField(max_length=12)
    # The company leader of C4; who comes of C5; who leads what is done jointly (C27).
    staff = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    mode = models.CharField(max_length=8, choices=PROVISION_MODES, blank=True)
    note = models.CharField(max_length=200, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    # What is aimed at jointly, until which day; what was reached, and came of it.
    goal_fen = models.BigIntegerField(null=True)
    due_on = models.DateField(null=True)
    reached_fen = models.BigIntegerField(null=True)
    outcome = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["customer", "service"],
                condition=models.Q(ends_on__isnull=True, removed_at__isnull=True),
                name="obligations_provided_once",
            ),
        ]
        indexes = [
            models.Index(fields=["service", "customer"], name="obligations_provided"),
        ]

    def __str__(self) -> str:
        return f"{self.customer_id} {self.service}"

    @property
    def last_on(self) -> date | None:
        """The last day on which it held, the first one at least; None as long as it holds."""
        return self.ends_on and max(self.starts_on, self.ends_on - timedelta(days=1))


class Trial(Record):
    """A new product that a customer tries for a while, within the limit of its level (C6, O12)."""

    customer = models.ForeignKey(
        "customers.Customer", models.CASCADE, related_name="trials", db_index=False
    )
    product = models.CharField(max_length=80)
    starts_on = models.DateField()
    # The last day of the trial.
    ends_on = models.DateField()
    # By which standard the limit was set when it was entered.
    source = models.CharField(max_length=80)
    closed_on = models.DateField(null=True)
    outcome = models.CharField(max_length=200, blank=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="obligations_trial"
            ),
        ]
        indexes = [
            models.Index(fields=["customer", "id"], name="obligations_trial_customer"),
            models.Index(
                fields=["ends_on", "id"],
                name="obligations_trial_open",
                condition=models.Q(closed_on__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.customer_id} {self.product}"


class Launch(Record):
    """A club event, new service or promotion, and whether channels knew and were trained (O11)."""

    title = models.CharField(max_length=80)
    launches_on = models.DateField()
    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="+")
    told_on = models.DateField(null=True)
    trained_on = models.DateField(null=True)
    # How many days before at the latest, by the version of the catalogue when it was entered.
    days_before = models.PositiveSmallIntegerField()
    in_working_days = models.BooleanField(default=False)
    needs_training = models.BooleanField(default=True)
    note = models.CharField(max_length=300, blank=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["-launches_on", "-id"], name="obligations_launches")]

    def __str__(self) -> str:
        return self.title


class Reward(Record):
    """Something given to a customer in thanks, approved by a second person (C28)."""

    customer = models.ForeignKey(
        "customers.Customer", models.CASCADE, related_name="rewards", db_index=False
    )
    occasion = models.CharField(max_length=11, choices=Occasion.choices)
    what = models.CharField(max_length=80)
    worth_fen = models.BigIntegerField()
    reason = models.CharField(max_length=200)
    state = models.CharField(
        max_length=8, choices=RewardState.choices, default=RewardState.PROPOSED
    )
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    proposed_on = models.DateField()
    # Four eyes: nobody decides what they proposed.
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    decided_on = models.DateField(null=True)
    decision = models.CharField(max_length=200, blank=True)
    handed_on = models.DateField(null=True)
    received_by = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(decided_by__isnull=True)
                | ~models.Q(decided_by=models.F("proposed_by")),
                name="obligations_reward_eyes",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=RewardState.HANDED) | models.Q(handed_on__isnull=False),
                name="obligations_reward_handed",
            ),
        ]
        indexes = [
            models.Index(fields=["-proposed_on", "-id"], name="obligations_rewards"),
            models.Index(fields=["customer", "id"], name="obligations_reward_customer"),
        ]

    def __str__(self) -> str:
        return f"{self.customer_id} {self.what}"
