"""Rows that may be added and read, never changed or removed."""

from typing import Any, Never

from django.db import models

from dakehu.audit.errors import UnableToRewriteHistory


class AppendOnlyQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Refuses every statement that would rewrite history."""

    def update(self, **values: Any) -> Never:
        raise UnableToRewriteHistory("update")

    def delete(self) -> Never:
        raise UnableToRewriteHistory("delete")

    def bulk_update(self, *arguments: Any, **options: Any) -> Never:
        raise UnableToRewriteHistory("bulk_update")
