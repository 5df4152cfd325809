"""What cannot wait: a to-do that rings at a person's open page (W14)."""

from django.conf import settings
from django.db import models


class Ring(models.Model):
    """
    A to-do that asks to be seen at once by one person, wherever their page is open.

    Pages hear of it for some minutes; afterwards the to-do itself is all that is needed.
    """

    todo = models.ForeignKey("worklist.Todo", models.CASCADE, related_name="+")
    staff = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False
    )
    at = models.DateTimeField()

    class Meta:
        indexes = [
            # What rang lately: asked for twice a second by every process that holds streams.
            models.Index(fields=["at"], name="live_ring_at"),
        ]

    def __str__(self) -> str:
        return f"{self.staff_id} {self.todo_id}"
