"""The to-do centre: one table that every context fills (P7)."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from dakehu.worklist.choices import TodoState, Urgency
from dakehu.worklist.querysets import TodoQuerySet


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
