"""Schemes, levels, measures, rules with their versions, evaluations and standings (T18 to T24)."""

from django.conf import settings
from django.db import models

from dakehu.audit.fields import Record
from dakehu.tiering.choices import (
    DecisionKind,
    GrantState,
    MeasureUnit,
    RuleState,
    SchemeKind,
    Turn,
)


class Scheme(Record):
    """A set of ordered levels for one kind of customer; several live side by side (T24)."""

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)
    kind = models.CharField(
        max_length=10, choices=SchemeKind.choices, default=SchemeKind.INDIVIDUAL
    )
    purpose = models.TextField(blank=True)
    # In English; empty where nobody translated it.
    purpose_en = models.TextField(blank=True)
    # On which day of the month its evaluation is due, once the month before has been delivered.
    evaluation_day = models.SmallIntegerField(default=6)
    # Prospects stand in it as well.
    with_prospects = models.BooleanField(default=False)
    position = models.SmallIntegerField(default=50)

    def __str__(self) -> str:
        return self.name


class Level(Record):
    """One level of a scheme; a higher rank is a better level."""

    scheme = models.ForeignKey(Scheme, models.CASCADE, related_name="levels")
    rank = models.SmallIntegerField()
    name = models.CharField(max_length=40)
    name_en = models.CharField(max_length=40)
    purpose = models.CharField(max_length=300, blank=True)
    # In English; empty where nobody translated it.
    purpose_en = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scheme", "rank"], name="tiering_level_rank"),
        ]

    def __str__(self) -> str:
        return self.name


class LevelMapping(Record):
    """One version of which levels of two schemes mean much the same (T24).

    Every level of ``scheme`` has at most one of ``other``; several may have the same one. What was
    published is never changed; another version supersedes it.
    """

    scheme = models.ForeignKey(Scheme, models.CASCADE, related_name="mappings")
    other = models.ForeignKey(Scheme, models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=9, choices=RuleState.choices, default=RuleState.PROPOSED)
    # Pairs of ranks, as ``rules.matching`` reads them.
    pairs = models.JSONField()
    reason = models.CharField(max_length=200, blank=True)
    active_from = models.DateField()
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
            models.UniqueConstraint(
                fields=["scheme", "other", "number"], name="tiering_mapping_number"
            ),
            models.UniqueConstraint(
                fields=["scheme", "other", "active_from"],
                condition=models.Q(state=RuleState.PUBLISHED),
                name="tiering_mapping_from",
            ),
            models.UniqueConstraint(
                fields=["scheme", "other"],
                condition=models.Q(state=RuleState.PROPOSED),
                name="tiering_mapping_waiting",
            ),
            models.CheckConstraint(
                condition=~models.Q(scheme=models.F("other")), name="tiering_mapping_two"
            ),
            models.CheckConstraint(
                condition=models.Q(published_by__isnull=True)
                | models.Q(proposed_by__isnull=True)
                | ~models.Q(published_by=models.F("proposed_by")),
                name="tiering_mapping_four_eyes",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scheme} → {self.other} ({self.number})"


class Measure(Record):
    """A figure of customers that rules may name: defined once, computed for all of them (T7).

    ``source`` says from which delivered column it comes, over which window, folded how.
    """

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)
    kind = models.CharField(max_length=10, choices=SchemeKind.choices)
    unit = models.CharField(max_length=8, choices=MeasureUnit.choices)
    source = models.JSONField()
    note = models.CharField(max_length=300, blank=True)
    # Comes with Dakehu; its source is not changed on screen.
    is_shipped = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(kind=SchemeKind.MEMBER), name="tiering_measure_kind"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class RuleSet(Record):
    """One version of the rules of a scheme: draft, proposed, published from a day on (T20).

    What was published is never changed; another version supersedes it, and an earlier one comes
    back by being published again.
    """

    scheme = models.ForeignKey(Scheme, models.CASCADE, related_name="rule_sets")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=9, choices=RuleState.choices, default=RuleState.DRAFT)
    body = models.JSONField()
    reason = models.CharField(max_length=200, blank=True)
    # The version that this one was made from.
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
            models.UniqueConstraint(fields=["scheme", "number"], name="tiering_rules_number"),
            models.UniqueConstraint(
                fields=["scheme", "active_from"],
                condition=models.Q(state=RuleState.PUBLISHED),
                name="tiering_rules_from",
            ),
            models.CheckConstraint(
                condition=models.Q(published_by__isnull=True)
                | models.Q(proposed_by__isnull=True)
                | ~models.Q(published_by=models.F("proposed_by")),
                name="tiering_rules_four_eyes",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=RuleState.PUBLISHED)
                | models.Q(active_from__isnull=False, published_on__isnull=False),
                name="tiering_rules_published",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scheme_id} {self.number}"


class Evaluation(models.Model):
    """One scheme evaluated as of a data day: by which rules, when, with what outcome (T19).

    Its decisions lie beside the facts, a row for every customer (``FactStore.decisions``).
    """

    scheme = models.ForeignKey(Scheme, models.CASCADE, related_name="evaluations")
    rule_set = models.ForeignKey(RuleSet, models.PROTECT, related_name="evaluations")
    day = models.DateField()
    # Names the file of decisions.
    token = models.CharField(max_length=40)
    customers = models.PositiveIntegerField(default=0)
    # Customers by rank, and by turn.
    levels = models.JSONField(default=dict)
    turns = models.JSONField(default=dict)
    changed = models.PositiveIntegerField(default=0)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    # When those concerned were told; null until they are, so that the next run does it.
    told_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scheme", "day"], name="tiering_evaluation_day"),
        ]

    def __str__(self) -> str:
        return f"{self.scheme_id} {self.day}"


class Standing(models.Model):
    """The level of a customer in a scheme over a period, with what decided it (T19).

    ``active_to`` is exclusive; null means until something else is decided. The last standing of a
    customer is what evaluations decided; one by hand before it holds until its term ends.
    """

    customer = models.ForeignKey("customers.Customer", models.CASCADE, related_name="standings")
    level = models.ForeignKey(Level, models.PROTECT, related_name="+")
    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="+", db_index=False)
    active_from = models.DateField()
    active_to = models.DateField(null=True)
    kind = models.CharField(
        max_length=10, choices=DecisionKind.choices, default=DecisionKind.AUTOMATIC
    )
    # Values the rule saw: by measure; of the card level old_level, avg3, arr, numbers_version.
    evidence = models.JSONField(default=dict)
    evaluation = models.ForeignKey(
        Evaluation, models.SET_NULL, null=True, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "customer"],
                name="tiering_standing_in_force",
                condition=models.Q(active_to__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.customer_id} {self.level_id}"


class TierMove(models.Model):
    """One customer who goes up or down: from where to where, from when, and why (T19)."""

    evaluation = models.ForeignKey(
        Evaluation, models.CASCADE, null=True, related_name="moves", db_index=False
    )
    scheme = models.ForeignKey(Scheme, models.CASCADE, related_name="+", db_index=False)
    customer = models.ForeignKey(
        "customers.Customer", models.CASCADE, related_name="tier_moves", db_index=False
    )
    from_level = models.ForeignKey(Level, models.PROTECT, related_name="+", db_index=False)
    to_level = models.ForeignKey(Level, models.PROTECT, related_name="+", db_index=False)
    turn = models.CharField(max_length=5, choices=Turn.choices)
    kind = models.CharField(
        max_length=10, choices=DecisionKind.choices, default=DecisionKind.AUTOMATIC
    )
    day = models.DateField()
    effective_on = models.DateField()
    evidence = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["evaluation", "customer"], name="tiering_move_once"),
        ]
        indexes = [
            models.Index(fields=["-day", "-id"], name="tiering_move_newest"),
            models.Index(fields=["customer", "-id"], name="tiering_move_customer"),
        ]

    def __str__(self) -> str:
        return f"{self.customer_id} {self.from_level_id} {self.to_level_id}"


class LevelGrant(Record):
    """A level given by hand for a term: reason, a second person's approval, expiry (T19, T21)."""

    customer = models.ForeignKey("customers.Customer", models.CASCADE, related_name="level_grants")
    scheme = models.ForeignKey(Scheme, models.CASCADE, related_name="+")
    level = models.ForeignKey(Level, models.PROTECT, related_name="+")
    starts_on = models.DateField()
    # Exclusive: on this day the level by evaluation holds again.
    ends_on = models.DateField()
    reason = models.CharField(max_length=300)
    state = models.CharField(max_length=9, choices=GrantState.choices, default=GrantState.PROPOSED)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(decided_by__isnull=True)
                | models.Q(state=GrantState.WITHDRAWN)
                | ~models.Q(decided_by=models.F("proposed_by")),
                name="tiering_grant_four_eyes",
            ),
            models.CheckConstraint(
                condition=models.Q(decided_by__isnull=True, decided_at__isnull=True)
                | models.Q(decided_by__isnull=False, decided_at__isnull=False),
                name="tiering_grant_decided",
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__gt=models.F("starts_on")), name="tiering_grant_term"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.customer_id} {self.level_id}"


class Assessment(Record):
    """What a manager recorded about a customer under a measure, 0 to 3, with words (T11, T13)."""

    customer = models.ForeignKey("customers.Customer", models.CASCADE, related_name="assessments")
    measure = models.ForeignKey(Measure, models.CASCADE, related_name="+")
    value = models.SmallIntegerField()
    note = models.CharField(max_length=300, blank=True)
    assessed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    assessed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["customer", "measure"], name="tiering_assessment_once"
            ),
            models.CheckConstraint(
                condition=models.Q(value__gte=0, value__lte=3), name="tiering_assessment_value"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.customer_id} {self.measure_id} {self.value}"
