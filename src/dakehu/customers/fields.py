"""The column that holds the words told of a record, and how each database finds them."""

from typing import Any

from django.db import models
from django.db.models import Lookup

from dakehu.customers.rules.words import Search


class ToldWordsField(models.TextField):
    """
    Words separated by blanks, told of a record (:mod:`dakehu.customers.rules.words`).

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


@ToldWordsField.register_lookup
class Tells(Lookup):  # type: ignore[type-arg]
    """Keeps the rows that a :class:`~dakehu.customers.rules.words.Search` finds."""

    lookup_name = "tells"
    prepare_rhs = False

    def get_db_prep_lookup(self, value: Search, connection: Any) -> tuple[str, list[Any]]:
        return "%s", [value]

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        """Ask the vector; the words of a search are letters and digits, which need no escape."""
        column, parameters = self.process_lhs(compiler, connection)
        query = " & ".join(
            "(" + " | ".join(f"'{each.word}'{':*' * each.begins}" for each in either) + ")"
            for either in self.rhs.alternatives
        )
        return f"{column} @@ %s::tsquery", [*parameters, query]

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        """Ask the full-text table, whose rows have the numbers of the rows they tell of."""
        table = self.lhs.target.model._meta.db_table
        key = connection.ops.quote_name(self.lhs.target.model._meta.pk.column)
        alias = connection.ops.quote_name(self.lhs.alias)
        query = " AND ".join(
            "(" + " OR ".join(f'"{each.word}"{"*" * each.begins}' for each in either) + ")"
            for either in self.rhs.alternatives
        )
        found = f"SELECT rowid FROM {table}_told WHERE {table}_told MATCH %s"
        return f"{alias}.{key} IN ({found})", [query]

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        """Refuse a database whose way of finding words nobody has written down."""
        raise NotImplementedError(connection.vendor)
