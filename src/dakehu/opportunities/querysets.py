"""Reusable filters over opportunities."""

from datetime import datetime
from typing import Any, Self

from django.db import models

from dakehu.opportunities.choices import OPEN, OWNED, QUEUE, SalesStage, State


class OpportunityQuerySet(models.QuerySet[Any]):
    """Opportunities."""

    def open(self) -> Self:
        """Keep what still can become something."""
        return self.filter(state__in=OPEN)

    def waiting(self) -> Self:
        """Keep what waits for the operations center."""
        return self.filter(state__in=QUEUE)

    def held(self) -> Self:
        """Keep what somebody has to take over, or has taken."""
        return self.filter(state__in=[State.OFFERED, *OWNED])

    def selling(self) -> Self:
        """Keep what is being sold, and what is won and not done with; they have an index."""
        return self.filter(
            stage__in=[each for each in SalesStage if each != SalesStage.DONE]
        ).filter(state__in=[*OWNED, State.WON])

    def overdue(self, at: datetime) -> Self:
        """Keep offers whose time is over."""
        return self.filter(state=State.OFFERED, due_at__lte=at)
