"""Reusable filters over to-dos."""

from typing import Self

from django.db import models

from dakehu.worklist.choices import TodoState


class TodoQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Filters over to-dos."""

    def open(self) -> Self:
        """Keep what still has to be done."""
        return self.filter(state=TodoState.OPEN)

    def pending(self) -> Self:
        """Keep what still has to be done, now or later."""
        return self.filter(state__in=[TodoState.OPEN, TodoState.HELD])

    def held(self) -> Self:
        """Keep what waits until there is room for it."""
        return self.filter(state=TodoState.HELD)

    def of(self, source: str, source_ids: list[int]) -> Self:
        """Keep the to-dos that stand for these things."""
        return self.filter(source=source, source_id__in=source_ids)


class WorkQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Filters over what people wrote down of their work."""

    def present(self) -> Self:
        """Keep what was not removed."""
        return self.filter(removed_at__isnull=True)
