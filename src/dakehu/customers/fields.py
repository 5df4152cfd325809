"""The column that holds the words told of a record."""

from typing import Any

from django.db import models


class ToldWordsField(models.TextField):
    """
    Words separated by blanks, told of a record (:mod:`dakehu.common.words`).

    PostgreSQL keeps them as a text-search vector under a GIN index; SQLite keeps the text, and
    triggers bring it into a full-text table named after the column's own.
    """

    def db_type(self, connection: Any) -> str:
        return "tsvector" if connection.vendor == "postgresql" else "text"

    def get_placeholder(self, value: Any, compiler: Any, connection: Any) -> str:
        """Return the expression that takes the text in; no dictionary alters the words."""
        if connection.vendor == "postgresql":
            return "array_to_tsvector(string_to_array(%s, ' '))"
        return "%s"
