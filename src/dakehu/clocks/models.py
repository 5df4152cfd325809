"""Calendars of units, and the clocks that run by them: promises, pauses, notices."""

from django.conf import settings
from django.db import models

from dakehu.audit.fields import Record
from dakehu.clocks.choices import OPEN_STATES, ClockKind, ClockState, Stage, TimeUnit
from dakehu.clocks.values import Pause, Standard


class ByTwo(Record):
    """What one person proposes and another publishes (promise 2)."""

    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    published_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True


def four_eyes(name: str) -> models.CheckConstraint:
    """Return the constraint that whoever publishes is not who proposed."""
    return models.CheckConstraint(
        condition=models.Q(published_by__isnull=True, published_at__isnull=True)
        | models.Q(published_by__isnull=False, published_at__isnull=False)
        & ~models.Q(published_by=models.F("proposed_by")),
        name=name,
    )


class CalendarHours(ByTwo):
    """
    The hours of a unit's week from a day on; units below have them until they have their own.

    Proposed by one person and published by another (promise 2); what holds is never changed.
    Hours are lists of pairs of minutes, a list for each day from Monday on.
    """

    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="calendar_hours")
    active_from = models.DateField()
    ordinary = models.JSONField()
    week = models.JSONField()
    follows_holidays = models.BooleanField(default=True)
    reason = models.CharField(max_length=200)

    class Meta:
        constraints = [
            four_eyes("clocks_hours_four_eyes"),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.active_from}"


class CalendarDay(Record):
    """One day on which a unit, and all below it, works other hours, or none; and why."""

    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="calendar_days")
    day = models.DateField()
    intervals = models.JSONField()
    reason = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "day"],
                condition=models.Q(removed_at__isnull=True),
                name="clocks_day_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.day}"


class AnnouncedYear(ByTwo):
    """
    The public days of a year as the state has announced them, ahead of the kept library.

    Entered by one person and published by another (promise 2); of several the newest holds.
    ``free`` has pairs of day and name, ``make_up`` days; ``source`` names the announcement.
    """

    year = models.PositiveSmallIntegerField()
    free = models.JSONField()
    make_up = models.JSONField(default=list)
    source = models.CharField(max_length=200)

    class Meta:
        constraints = [
            four_eyes("clocks_year_four_eyes"),
            models.UniqueConstraint(
                fields=["year"],
                condition=models.Q(published_at__isnull=True, removed_at__isnull=True),
                name="clocks_year_proposed_once",
            ),
        ]

    def __str__(self) -> str:
        return str(self.year)


IS_OPEN = models.Q(state__in=[state.value for state in OPEN_STATES])


class Clock(models.Model):
    """
    A promised time that runs for something of an upper app: a request, a fault, a notice.

    ``subject`` names the kind of thing, ``subject_id`` its number. Standard, source and the
    calendar's unit are kept as they were when the clock was started.
    """

    subject = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    kind = models.CharField(max_length=14, choices=ClockKind.choices)
    amount = models.PositiveSmallIntegerField()
    time_unit = models.CharField(max_length=16, choices=TimeUnit.choices)
    source = models.CharField(max_length=160)
    calendar = models.ForeignKey("people.Unit", models.PROTECT, related_name="+")
    customer = models.ForeignKey(
        "customers.Customer", models.SET_NULL, null=True, related_name="+"
    )
    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="+", db_index=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False
    )
    state = models.CharField(max_length=7, choices=ClockState.choices, default=ClockState.RUNNING)
    started_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True)
    stopped_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False
    )
    # Missing while the clock stands still before them.
    warn_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    # What is left of the promised time, in seconds, while the clock stands still.
    left_seconds = models.IntegerField(null=True)
    # When something is to be raised next; follows from the rest.
    next_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1, db_default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "subject_id", "kind"],
                condition=IS_OPEN,
                name="clocks_clock_open_once",
            ),
            models.CheckConstraint(
                condition=models.Q(stopped_at__isnull=True) | ~IS_OPEN,
                name="clocks_clock_open_runs",
            ),
        ]
        indexes = [
            models.Index(fields=["subject", "subject_id"], name="clocks_clock_subject"),
            # What the sweep looks for.
            models.Index(
                fields=["next_at", "id"],
                name="clocks_clock_next",
                condition=models.Q(next_at__isnull=False),
            ),
            # What runs out next: of a unit, of a person.
            models.Index(
                fields=["unit", "due_at", "id"], name="clocks_clock_unit", condition=IS_OPEN
            ),
            models.Index(
                fields=["owner", "due_at", "id"], name="clocks_clock_owner", condition=IS_OPEN
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.subject_id} {self.kind}"

    @property
    def standard(self) -> Standard:
        """The promised time."""
        return Standard(self.amount, TimeUnit(self.time_unit))

    @property
    def is_open(self) -> bool:
        """Whether the promise is still to be kept."""
        return self.state in OPEN_STATES

    @property
    def is_met(self) -> bool:
        """Whether it was answered in time, by the stored times alone."""
        return bool(self.stopped_at and self.due_at and self.stopped_at <= self.due_at)


class ClockPause(Record):
    """A time in which a clock stood still, and why; without an end it still does."""

    clock = models.ForeignKey(Clock, models.CASCADE, related_name="pauses")
    paused_at = models.DateTimeField()
    resumed_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=200)
    paused_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False
    )
    resumed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["clock"],
                condition=models.Q(resumed_at__isnull=True, removed_at__isnull=True),
                name="clocks_pause_open_once",
            ),
            models.CheckConstraint(
                condition=models.Q(resumed_at__isnull=True)
                | models.Q(resumed_at__gte=models.F("paused_at")),
                name="clocks_pause_forward",
            ),
        ]

    def __str__(self) -> str:
        return self.reason

    @property
    def span(self) -> Pause:
        """The pause as a value."""
        return Pause(self.paused_at, self.resumed_at)


class ClockNotice(models.Model):
    """
    A warning, a missed deadline or an escalation that a clock raised, each stage once.

    One that a later correction has overtaken is void. ``asked_at`` says when people were asked
    because of it, ``settled_at`` that they are asked no more.
    """

    clock = models.ForeignKey(Clock, models.CASCADE, related_name="notices")
    stage = models.PositiveSmallIntegerField(choices=Stage.choices)
    due_at = models.DateTimeField()
    raised_at = models.DateTimeField()
    voided_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["clock", "stage"],
                condition=models.Q(voided_at__isnull=True),
                name="clocks_notice_once",
            ),
        ]
        indexes = [
            # Of which nobody was asked yet, and of which somebody still is.
            models.Index(
                fields=["id"],
                name="clocks_notice_unasked",
                condition=models.Q(asked_at__isnull=True),
            ),
            models.Index(
                fields=["clock"],
                name="clocks_notice_unsettled",
                condition=models.Q(settled_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.clock_id} {self.stage}"


class Recount(models.Model):
    """
    What a change of a calendar did to the deadlines of the clocks that run by it.

    Wanted by the change, in its own transaction, and worked off by a worker; ``last_clock`` is
    how far it has come, so that one that was killed is gone on with.
    """

    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="+")
    cause = models.CharField(max_length=200)
    asked_for_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_for_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    last_clock = models.BigIntegerField(default=0)
    looked = models.PositiveIntegerField(default=0)
    moved = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(
                fields=["id"],
                name="clocks_recount_open",
                condition=models.Q(finished_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.cause


class DeadlineMove(models.Model):
    """A deadline that a recount moved; missing while the clock stood still before it."""

    recount = models.ForeignKey(Recount, models.CASCADE, related_name="moves")
    clock = models.ForeignKey(Clock, models.CASCADE, related_name="moves")
    was = models.DateTimeField(null=True)
    became = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["recount", "clock"], name="clocks_move_once"),
        ]

    def __str__(self) -> str:
        return f"{self.recount_id} {self.clock_id}"
