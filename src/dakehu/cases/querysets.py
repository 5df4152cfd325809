"""Reusable filters over cases."""

from datetime import datetime
from typing import Any, Self

from django.db import models

from dakehu.cases.choices import SETTLED, UNASSIGNED, UNDER_WAY


class CaseQuerySet(models.QuerySet[Any]):
    """Service requests."""

    def open(self) -> Self:
        """Keep what is not closed; the indexes of the queues know exactly these."""
        return self.filter(closed_at__isnull=True)

    def overdue(self, at: datetime) -> Self:
        """Keep open ones whose next deadline has passed."""
        return self.open().filter(due_at__lt=at)


class OrderQuerySet(models.QuerySet[Any]):
    """Work orders."""

    def waiting(self) -> Self:
        """Keep what waits for an engineer."""
        return self.filter(state__in=UNASSIGNED)

    def open(self) -> Self:
        """Keep what is neither signed nor withdrawn."""
        return self.exclude(state__in=SETTLED)

    def under_way(self) -> Self:
        """Keep what takes up the time of an engineer."""
        return self.filter(state__in=UNDER_WAY)

    def touching(self, starts_at: datetime, ends_at: datetime) -> Self:
        """Keep what shares a moment with a period."""
        return self.filter(starts_at__lt=ends_at, ends_at__gt=starts_at)
