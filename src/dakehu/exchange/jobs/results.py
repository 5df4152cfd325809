"""Reading the results of evaluated days, row by row, for what follows from them."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from duckdb import DuckDBPyConnection

from dakehu.alerts.operations import SignalRow
from dakehu.alerts.values import NumberBook
from dakehu.exchange.jobs import engines
from dakehu.exchange.queries.facts import Evaluation
from dakehu.facts.engine import text_sql

ROWS_AT_ONCE = 5_000
SCORED = "W10"
"""The warning whose evidence has parts; they rest in the result ``leaving``."""


class Results:
    """The results of evaluated days, read through one engine."""

    def __init__(self, engine: DuckDBPyConnection) -> None:
        self.engine = engine

    def signals(self, evaluation: Evaluation, book: NumberBook) -> Iterator[SignalRow]:
        """
        Yield the signals of a day, by subscriber in plain character order, then by rule.

        ``book`` are the numbers of the day; where they differ by place, each signal names whose
        numbers judged it.
        """
        places = ["", *(place.key for place in book.places())]
        variant, evidence = "0", ""
        if book.overrides:
            variant = "e.variant"
            evidence = f"JOIN {source('evidence', evaluation)} AS e ON e.sub_id = s.sub_id "
        # A cursor of its own: several days are read side by side.
        found = self.engine.cursor().execute(
            # W12 tells the day's status, which a city may leave unknown: -1 is no status.
            f"SELECT s.sub_id, s.rule, s.a, coalesce(s.b, -1) AS b, {variant} AS variant, "
            f"l.* EXCLUDE (sub_id) FROM {source('signals', evaluation)} AS s {evidence}"
            f"LEFT JOIN {source('leaving', evaluation)} AS l "
            f"ON l.sub_id = s.sub_id AND s.rule = '{SCORED}' ORDER BY s.sub_id, s.rule"
        )
        parts = [column[0] for column in found.description or ()][5:]
        for sub_id, rule, a, b, place, *points in rows(found):
            scored = dict(zip(parts, points, strict=True)) if rule == SCORED else {}
            yield (sub_id, rule, a, b, scored, places[place])

    def card_levels(
        self, evaluation: Evaluation, cities: Sequence[str]
    ) -> Iterator[tuple[str, int, int, int, int, str | None]]:
        """
        Yield sub_id, old and new level, avg3, arr and city of every managed subscriber.

        ``cities`` are those with numbers of their own on that day; subscribers of others
        have none.
        """
        listed = ", ".join(map(text_sql, cities))
        city = f"[{listed}][place]" if cities else "NULL"
        found = self.engine.cursor().execute(
            f"SELECT sub_id, old_level, new_level, avg3, arr, {city} "
            f"FROM {source('card_level', evaluation)} ORDER BY sub_id"
        )
        return rows(found)


def source(name: str, evaluation: Evaluation) -> str:
    """Return the table function that reads one result of a day."""
    folder = engines.store().result_folder(name, evaluation.day)
    path = text_sql(str(folder / f"{evaluation.token}.parquet"))
    return f"read_parquet({path}, hive_partitioning = false)"


def rows(found: DuckDBPyConnection) -> Iterator[Any]:
    """Yield the rows of a query in bounded memory."""
    while batch := found.fetchmany(ROWS_AT_ONCE):
        yield from batch


def days_from(evaluations: list[Evaluation], first: date) -> list[Evaluation]:
    """Return the evaluations of ``first`` and of later days."""
    return [each for each in evaluations if each.day >= first]
