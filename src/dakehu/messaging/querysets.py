"""Reusable filters over the versions of articles."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Q

from dakehu.messaging.choices import ArticleState
from dakehu.messaging.rules import sought


class VersionQuerySet(models.QuerySet[Any]):
    """Versions of articles."""

    def valid(self, on: date) -> Self:
        """Keep those published that may be said on a day."""
        return self.filter(state=ArticleState.PUBLISHED).exclude(valid_until__lt=on)

    def given_to(self, channel: str) -> Self:
        """Keep those that a channel may read: given to it, or to everybody."""
        return self.filter(Q(channels="") | Q(channels__contains=f" {channel} "))

    def found(self, typed: str) -> Self:
        """Keep those of which every typed word is told, or in whose text it stands."""
        rows = self
        for told, word in sought(typed):
            rows = rows.filter(Q(search__contains=told) | Q(body__icontains=word))
        return rows
