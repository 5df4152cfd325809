"""The to-do centre, one table that every context fills (P7), and the work log (P9)."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from dakehu.audit.fields import Record
from dakehu.worklist.choices import TodoState, Urgency
from dakehu.worklist.querysets import TodoQuerySet, WorkQuerySet


class Todo(models.Model):
    """One thing somebody is asked to do, with where it came from.

    ``source`` names the kind of thing behind it ("alert"), ``source_id`` its number; the app that
    owns the source registers how to word it and where it leads (``ui.todos``).
    """

    source = models.CharField(max_length=40)
    source_id = models.BigIntegerField()
    # What the wording needs, as plain values; never personal data.
    facts = models.JSONField(default=dict)
    customer = models.ForeignKey(
        "customers.Customer", models.CASCADE, null=True, related_name="todos"
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="todos", db_index=False
    )
    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="+", db_index=False)
    urgency = models.SmallIntegerField(choices=Urgency.choices, default=Urgency.NORMAL)
    due_date = models.DateField(null=True)
    state = models.CharField(max_length=9, choices=TodoState.choices, default=TodoState.OPEN)
    created_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False
    )

    objects: ClassVar[TodoQuerySet] = TodoQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            # Running the night twice asks nobody twice.
            models.UniqueConstraint(fields=["source", "source_id"], name="worklist_todo_once"),
        ]
        indexes = [
            # "My open to-dos", the most urgent first.
            models.Index(
                fields=["owner", "urgency", "due_date", "id"],
                name="worklist_todo_open",
                condition=models.Q(state="OPEN"),
            ),
            # A unit's open to-dos, the most urgent first.
            models.Index(
                fields=["unit", "urgency", "due_date", "id"],
                name="worklist_todo_unit_open",
                condition=models.Q(state="OPEN"),
            ),
            # What a person has done, newest first.
            models.Index(
                fields=["owner", "-closed_at"],
                name="worklist_todo_closed",
                condition=models.Q(closed_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.source_id}"


class WorkCategory(Record):
    """A class of work by which the work log is kept and counted; the operator names them (P9).

    A removed one is offered no more; what was recorded under it stays.
    """

    name = models.CharField(max_length=40, unique=True)
    name_en = models.CharField(max_length=60, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return self.name


class WorkEntry(Record):
    """Work that somebody did and wrote down: when, of which class, for whom, how long (P9)."""

    staff = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    # Where the person belonged when it was written down.
    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="+", db_index=False)
    category = models.ForeignKey(WorkCategory, models.PROTECT, related_name="+")
    customer = models.ForeignKey(
        "customers.Customer", models.SET_NULL, null=True, related_name="+", db_index=False
    )
    at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    text = models.TextField(max_length=2000)

    objects: ClassVar[WorkQuerySet] = WorkQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(minutes__isnull=True) | models.Q(minutes__range=(1, 1440)),
                name="worklist_work_minutes",
            ),
        ]
        indexes = [
            # One's own log, and that of a unit, the newest first.
            models.Index(fields=["staff", "at", "id"], name="worklist_work_staff"),
            models.Index(fields=["unit", "at", "id"], name="worklist_work_unit"),
            # What was done for a customer.
            models.Index(
                fields=["customer", "at", "id"],
                name="worklist_work_customer",
                condition=models.Q(customer__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.text[:40]
