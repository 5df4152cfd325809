"""Reusable filters over cases."""

from datetime import datetime
from typing import Any, Self

from django.db import models


class CaseQuerySet(models.QuerySet[Any]):
    """Service requests."""

    def open(self) -> Self:
        """Keep what is not closed; the indexes of the queues know exactly these."""
        return self.filter(closed_at__isnull=True)

    def overdue(self, at: datetime) -> Self:
        """Keep open ones whose next deadline has passed."""
        return self.open().filter(due_at__lt=at)
