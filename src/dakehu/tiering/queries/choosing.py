"""
Customers chosen by a condition over measures and fields of the records, in one pass (T23).

The records come as columns beside the measures (:class:`Records`), so that any, all and not may
mix both. Words become their numbers before they reach the engine, as those of measures do.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

import duckdb

from dakehu.facts import measures as ms
from dakehu.facts.judging import Before, Judgement
from dakehu.rulekit.sql import Compiler as SqlCompiler
from dakehu.tiering.queries.judging import measured, measures_in_conditions
from dakehu.tiering.queries.measures import (
    engine_measures,
    known_to_rules,
    measures_for,
    measures_named,
    subject_of,
)
from dakehu.tiering.queries.wording import Named, problem_words
from dakehu.tiering.rules.bodies import KnownMeasure, Reader
from dakehu.tiering.rules.compiling import Compiler, Words, words_in
from dakehu.tiering.rules.widening import widened
from dakehu.tiering.values import Condition, Operand, Whom

CHOSEN = "chosen"
"""The table of those who meet the condition: the columns of the records."""
RECORDS = "records"
"""The table of the records: number, and a column for each operand, words as numbers."""
Operands = Mapping[str, Operand]
ROWS_AT_ONCE = 20_000


class Records(Protocol):
    """Who may be chosen, as the records tell of them."""

    def create(self, con: duckdb.DuckDBPyConnection, operands: Operands, words: Words) -> None:
        """Create the table :data:`RECORDS` with some operands; words as their numbers."""


@dataclass(frozen=True)
class Chosen:
    """An open engine that holds :data:`CHOSEN`, and of how many it was chosen."""

    con: duckdb.DuckDBPyConnection
    customers: int

    def count(self) -> int:
        """Return how many were chosen."""
        [(count,)] = self.con.execute(f"SELECT count(*) FROM {CHOSEN}").fetchall()
        return int(count)

    def rows(self, columns: str, *, limit: int = 0) -> Iterator[tuple[Any, ...]]:
        """Yield some columns of those who were chosen, by number."""
        least = f" LIMIT {limit}" if limit else ""
        found = self.con.execute(f"SELECT {columns} FROM {CHOSEN} ORDER BY number{least}")
        while batch := found.fetchmany(ROWS_AT_ONCE):
            yield from batch


def named_for(kind: str, operands: Operands) -> Named:
    """Return all that conditions about a kind may name, by code: measures and operands."""
    return {**{each.code: each for each in measures_for(kind)}, **operands}


def read_condition(data: Any, kind: str, operands: Operands) -> tuple[Condition, list[str]]:
    """Return a stored condition, and what is wrong with it, in words."""
    known = known_to_rules(kind)
    known |= {code: KnownMeasure(code, each.is_text) for code, each in operands.items()}
    reader = Reader(known)
    condition = reader.condition(data, ())
    return condition, [problem_words(each) for each in reader.problems]


def codes_in(data: Any) -> set[str]:
    """Return the measures and fields that a stored condition names."""
    return set(measures_in_conditions([Reader(None, cities=None).condition(data, ())]))


@contextmanager
def choosing(
    condition: Condition,
    *,
    whom: Whom,
    operands: Operands,
    records: Records,
    day: date,
    wider: Mapping[str, Mapping[int, tuple[int, ...]]],
) -> Iterator[Chosen]:
    """
    Choose customers by a condition as of a data day; nothing is written.

    ``wider`` says of operands which values a value stands for, as a unit for all below it.
    """
    whole = widened(condition, wider)
    codes = measures_in_conditions([whole])
    fields = {code: operands[code] for code in codes if code in operands}
    own = [code for code in codes if code not in fields]
    measures = measures_named(own, whom.kind)
    words = words_in([whole])
    with measured(whom, measures.values(), day=day) as found:
        records.create(found.con, fields, words)
        seen = [measures[code] for code in own] + [as_measure(code, whom.kind) for code in fields]
        customers = choose(found.con, whole, seen, words=words, day=day)
        yield Chosen(found.con, customers)


def choose(
    con: duckdb.DuckDBPyConnection,
    condition: Condition,
    seen: Sequence[ms.Measure],
    *,
    words: Words,
    day: date,
) -> int:
    """Create :data:`CHOSEN` from what was measured and the records; return of how many."""
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE {ms.MEASURED} AS SELECT * FROM {ms.MEASURED} "
        f"JOIN {RECORDS} USING (number)"
    )
    Before().create(con)
    base = Judgement(day=day, columns=(), words=words).base(seen)
    met = SqlCompiler().predicate(Compiler(words).predicate(condition))
    con.execute(
        f"CREATE TEMP TABLE {CHOSEN} AS SELECT r.* FROM {RECORDS} AS r "
        f"JOIN (SELECT number FROM ({base}) WHERE {met}) AS met USING (number)"
    )
    [(customers,)] = con.execute(f"SELECT count(*) FROM {ms.MEASURED}").fetchall()
    return int(customers)


def as_measure(code: str, kind: str) -> ms.Measure:
    """Return an operand as a measure whose numbers are there already."""
    return ms.Measure(code, subject_of(kind), ms.Recorded())


def values_of(measure: str, kind: str, *, day: date) -> dict[str, int]:
    """Return a measure of everybody of a kind who has it, by number; for putting in order."""
    if measure not in engine_measures(kind):
        return {}
    measures = measures_named([measure], kind)
    column = measures[measure].column
    query = f"SELECT number, {column} FROM {ms.MEASURED} WHERE {column} IS NOT NULL"
    with measured(Whom(kind), measures.values(), day=day) as found:
        return dict(found.rows(query))
