"""Book-keeping of the daily exchange and of the runs that read it (F5, F6, F7)."""

from django.db import models

from dakehu.exchange.choices import (
    DeliveryState,
    FileState,
    RunKind,
    RunState,
    StepName,
    send_in_words,
)


class Run(models.Model):
    """One nightly run, or one loading of history: who, when, and what came of it."""

    kind = models.CharField(max_length=8, choices=RunKind.choices)
    first_day = models.DateField()
    last_day = models.DateField()
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=11, choices=RunState.choices, default=RunState.RUNNING)
    started_by = models.CharField(max_length=80)
    host = models.CharField(max_length=120)
    pid = models.IntegerField()
    summary = models.JSONField(default=dict)
    error = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["-started_at"], name="exchange_run_newest")]

    def __str__(self) -> str:
        return f"{self.kind} {self.last_day}"


class RunStep(models.Model):
    """One named step of a run with its counts, duration and peak memory."""

    run = models.ForeignKey(Run, models.CASCADE, related_name="steps")
    position = models.SmallIntegerField()
    name = models.CharField(max_length=10, choices=StepName.choices)
    state = models.CharField(max_length=11, choices=RunState.choices, default=RunState.RUNNING)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    rows_in = models.BigIntegerField(default=0)
    rows_out = models.BigIntegerField(default=0)
    rows_rejected = models.BigIntegerField(default=0)
    peak_kb = models.BigIntegerField(default=0)
    done = models.BigIntegerField(default=0)
    total = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "position"], name="exchange_step_position"),
        ]

    def __str__(self) -> str:
        return f"{self.run_id} {self.name}"


class Delivery(models.Model):
    """What one city sent for one data day under one send number, and the verdict on it (F5)."""

    dialect = models.CharField(max_length=20)
    city_code = models.CharField(max_length=2)
    day = models.DateField()
    send = models.SmallIntegerField()
    # Empty where one check file speaks for the whole delivery; else the unit it speaks for.
    scope = models.CharField(max_length=40, blank=True)
    # sha256 of the check file: tells the same delivery twice from another one under its number.
    fingerprint = models.CharField(max_length=64)
    state = models.CharField(max_length=8, choices=DeliveryState.choices)
    # Why the delivery was refused whole: code and parameters.
    refusal = models.JSONField(default=dict)
    taken_at = models.DateTimeField()
    run = models.ForeignKey(Run, models.PROTECT, related_name="deliveries")
    rows = models.BigIntegerField(default=0)
    accepted = models.BigIntegerField(default=0)
    rejected = models.BigIntegerField(default=0)
    # The receipt as sent; null receipt_at means it still has to be written to the outbox.
    receipt = models.JSONField(default=dict)
    receipt_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            # Of one send number only one content is ever taken; others are refused, once each.
            models.UniqueConstraint(
                fields=["city_code", "day", "scope", "send"],
                condition=~models.Q(state=DeliveryState.REFUSED),
                name="exchange_delivery_send",
            ),
            models.UniqueConstraint(
                fields=["city_code", "day", "scope", "send", "fingerprint"],
                name="exchange_delivery_content",
            ),
        ]
        indexes = [
            # The monitor and "what did this city send": by day, then city.
            models.Index(fields=["day", "city_code"], name="exchange_delivery_day"),
            # Receipts that still have to be sent.
            models.Index(
                fields=["day", "city_code"],
                condition=models.Q(receipt_at__isnull=True),
                name="exchange_delivery_unsent",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.city_code} {self.day} {self.send:02d}"

    @property
    def send_in_words(self) -> str:
        """Say whether this was the first send of its day, or which re-send."""
        return send_in_words(self.send)


class DeliveryFile(models.Model):
    """One file of a delivery with its counts: rows = accepted + rejected (promise 5)."""

    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="files")
    name = models.CharField(max_length=200)
    interface = models.CharField(max_length=20)
    state = models.CharField(max_length=8, choices=FileState.choices)
    refusal = models.JSONField(default=dict)
    rows = models.BigIntegerField(default=0)
    accepted = models.BigIntegerField(default=0)
    rejected = models.BigIntegerField(default=0)
    # Rejected rows by reason.
    reasons = models.JSONField(default=dict)

    def __str__(self) -> str:
        return self.name


class DeliveredInterface(models.Model):
    """What the accepted rows of one interface, in however many files, did to what was known.

    created + updated + unchanged = accepted (promise 5).
    """

    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="interfaces")
    interface = models.CharField(max_length=20)
    accepted = models.BigIntegerField(default=0)
    rejected = models.BigIntegerField(default=0)
    created = models.BigIntegerField(default=0)
    updated = models.BigIntegerField(default=0)
    unchanged = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["delivery", "interface"], name="exchange_interface_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.delivery_id} {self.interface}"


class LivePartition(models.Model):
    """The version of one interface's facts that counts for a city and day.

    Written in the transaction that takes a delivery, so that facts and records change together.
    """

    interface = models.CharField(max_length=20)
    day = models.DateField()
    city_code = models.CharField(max_length=2)
    version = models.CharField(max_length=24)
    rows = models.BigIntegerField()
    delivery = models.ForeignKey(Delivery, models.PROTECT, related_name="partitions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["interface", "day", "city_code"], name="exchange_partition_live"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.interface} {self.day} {self.city_code}"


class PendingDay(models.Model):
    """A city's data day whose derived facts must be worked out (again).

    Written with the delivery that changed facts of an evaluated day; removed when the alerts of
    that day and of every later evaluated day have followed.
    """

    city_code = models.CharField(max_length=2)
    day = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["city_code", "day"], name="exchange_pending_once"),
        ]

    def __str__(self) -> str:
        return f"{self.city_code} {self.day}"


class EvaluatedDay(models.Model):
    """A data day whose warnings a night was asked to evaluate, and where the results lie."""

    day = models.DateField(unique=True)
    # Names the result files; empty until the evaluation is done.
    token = models.CharField(max_length=24, blank=True)
    evaluated = models.BigIntegerField(default=0)
    signals = models.BigIntegerField(default=0)
    by_rule = models.JSONField(default=dict)
    # When the alerts followed these results; null until they have, so that the next run does it.
    alerts_at = models.DateTimeField(null=True)
    run = models.ForeignKey(Run, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return str(self.day)


class CityStat(models.Model):
    """A figure that a city delivers about itself, kept for reconciliation (F6)."""

    city_code = models.CharField(max_length=2)
    day = models.DateField()
    stat_code = models.CharField(max_length=60)
    dimension = models.CharField(max_length=120, blank=True)
    value = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["city_code", "day", "stat_code", "dimension"],
                name="exchange_city_stat_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.city_code} {self.day} {self.stat_code}"


class UnitFigure(models.Model):
    """A figure of a unit on a data day, refreshed by the night for trends on the workbench."""

    unit = models.ForeignKey("people.Unit", models.CASCADE, related_name="+", db_index=False)
    day = models.DateField()
    code = models.CharField(max_length=40)
    value = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "code", "day"], name="exchange_figure_once"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.code} {self.day}"


class Worker(models.Model):
    """A process that does background work: where, since when, last heard of when, and at what.

    A worker that was killed never says that it ended; see ``jobs.attendance``.
    """

    # Names the worker in the tasks it took, and its lock file.
    code = models.CharField(max_length=32, unique=True)
    host = models.CharField(max_length=120)
    pid = models.IntegerField()
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    # Tasks that it finished, and attempts that failed.
    done = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.host} {self.pid}"
