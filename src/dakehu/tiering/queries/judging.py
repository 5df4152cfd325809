"""
Evaluate rules for everybody of a scheme in one pass, without writing anything (T19, T20).

:func:`judged` measures a scheme's customers once and judges them by as many rules as it is given.
Evaluations, simulations, counts of the editor and cohorts stand on it.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from dakehu.customers.choices import CustomerKind
from dakehu.customers.queries.numbers import absent_numbers, prospect_rows
from dakehu.facts import measures as ms
from dakehu.facts.engine import connect
from dakehu.facts.judging import Before, Judgement
from dakehu.rulekit.sql import Compiler as SqlCompiler
from dakehu.tiering.choices import CARD_LEVEL, SchemeKind
from dakehu.tiering.models import Assessment, Evaluation, Scheme, Standing
from dakehu.tiering.queries.measures import measures_named, subject_of
from dakehu.tiering.queries.moves import holding
from dakehu.tiering.queries.sources import Facts, facts_of, store
from dakehu.tiering.rules.card import card_columns, card_measures
from dakehu.tiering.rules.compiling import (
    CITY,
    Compiler,
    compiled,
    leaves_of,
    measures_in,
    words_in,
)
from dakehu.tiering.values import Body, CardNumbers, Condition, Whom

IS_PROSPECT = "is_prospect"


@dataclass(frozen=True)
class Judged:
    """
    An open engine that holds one table of outcomes for each of the rules judged.

    A table has ``number``, ``city_id``, ``due``, ``level``, ``turn``, ``streak``, ``before``,
    ``since`` and the measures its rules name.
    """

    con: duckdb.DuckDBPyConnection
    facts: Facts
    customers: int

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Return what a query over the tables finds."""
        return self.con.execute(query).fetchall()

    def counts(self, table: str, column: str = "level") -> dict[int, int]:
        """Count the customers of a table by a column."""
        found = self.rows(f"SELECT {column}, count(*) FROM {table} GROUP BY 1 ORDER BY 1")
        return {value: int(count) for value, count in found}


@contextmanager
def judged(
    scheme: Scheme,
    bodies: Mapping[str, Body],
    *,
    day: date,
    with_prior: bool = True,
    also: Mapping[str, ms.Measure] | None = None,
) -> Iterator[Judged]:
    """
    Judge everybody of a scheme as of a data day by each of the rules, by name of table.

    Writes nothing. ``with_prior`` takes into account what the evaluation before decided; ``also``
    are measures that nobody judges by and that are measured as well.
    """
    wanted = {name: measures_of(scheme, body) for name, body in bodies.items()}
    measures = {code: each for found in wanted.values() for code, each in found.items()}
    measures |= also or {}
    with measured(scheme, measures.values(), day=day) as open_one:
        before = prior_of(scheme, day=day) if with_prior else Before()
        before.create(open_one.con)
        for name, body in bodies.items():
            judgement_of(body, day).create(open_one.con, name, wanted[name].values())
        yield open_one


@contextmanager
def measured(
    scheme: Scheme | Whom, measures: Iterable[ms.Measure], *, day: date
) -> Iterator[Judged]:
    """Measure everybody of a scheme as of a data day: the table ``measured`` (``ms.MEASURED``)."""
    facts = facts_of(day)
    listed = list(measures)
    with connect(facts.limits) as con:
        customers = ms.measured(con, frame_of(scheme, facts, listed), listed)
        yield Judged(con, facts, customers)


def matching(
    scheme: Scheme, conditions: Mapping[str, Condition], *, day: date
) -> tuple[int, dict[str, int]]:
    """Return how many customers a scheme has, and how many meet each of some conditions."""
    codes = measures_in_conditions(conditions.values())
    measures = measures_named(codes, scheme.kind)
    words = words_in(conditions.values())
    compiler, sql = Compiler(words), SqlCompiler()
    counted = ", ".join(
        f"count(*) FILTER (WHERE {sql.predicate(compiler.predicate(each))})"
        for each in conditions.values()
    )
    with measured(scheme, measures.values(), day=day) as open_one:
        Before().create(open_one.con)
        seen = Judgement(day=day, columns=(), words=words).base([measures[code] for code in codes])
        row = open_one.rows(f"SELECT count(*){', ' if counted else ''}{counted} FROM ({seen})")[0]
    return int(row[0]), dict(zip(conditions, map(int, row[1:]), strict=True))


def measures_in_conditions(conditions: Iterable[Condition]) -> tuple[str, ...]:
    """Return the measures that conditions name, each once."""
    found = (leaf.measure for each in conditions for leaf in leaves_of(each))
    return tuple(dict.fromkeys(found))


def measures_of(scheme: Scheme, body: Body) -> dict[str, ms.Measure]:
    """Return the measures that rules need, by code."""
    if isinstance(body, CardNumbers):
        return {each.code: each for each in card_measures(body)}
    return measures_named(measures_in(body), scheme.kind)


def judgement_of(body: Body, day: date) -> Judgement:
    """Return rules as the engine judges by them."""
    if isinstance(body, CardNumbers):
        return Judgement(
            day=day,
            columns=card_columns(body),
            words={CITY: body.cities} if body.cities else {},
            parameters=body.parameters,
        )
    program = compiled(body)
    return Judgement(
        day=day,
        columns=program.columns,
        words=program.words,
        term_months=body.grace.valid_months,
    )


def frame_of(scheme: Scheme | Whom, facts: Facts, measures: Iterable[ms.Measure]) -> ms.Frame:
    """Return whom a scheme is about, with what the records know of them."""
    subject = subject_of(scheme.kind)
    recorded = [each.code for each in measures if isinstance(each.source, ms.Recorded)]
    added = prospect_rows() if scheme.with_prospects else []
    values = recorded_values(recorded, subject)
    if IS_PROSPECT in recorded:
        values[IS_PROSPECT] = {row["number"]: 1 for row in added}
    return ms.Frame(
        store=facts.store,
        sources=facts.sources,
        subject=subject,
        known=ms.Known(
            recorded=values, added=added, left_out=absent_numbers(CustomerKind(subject.value))
        ),
        managed_only=scheme.kind == SchemeKind.INDIVIDUAL,
        members_only=scheme.kind == SchemeKind.MEMBER,
    )


def recorded_values(codes: Iterable[str], subject: ms.Subject) -> dict[str, dict[str, int]]:
    """Return what managers recorded under some measures, by measure and customer number."""
    found: dict[str, dict[str, int]] = {code: {} for code in codes}
    kinds = [subject.value]
    if subject is ms.Subject.GROUP:
        kinds.append(CustomerKind.PROSPECT)
    rows = Assessment.objects.filter(
        measure__code__in=list(found), customer__kind__in=kinds, removed_at__isnull=True
    )
    for code, number, value in rows.values_list("measure__code", "customer__number", "value"):
        found[code][number] = value
    return found


def evaluation_before(scheme: Scheme, day: date) -> Evaluation | None:
    """Return the last evaluation of a scheme before a data day."""
    return Evaluation.objects.filter(scheme=scheme, day__lt=day).order_by("-day").first()


def prior_of(scheme: Scheme, *, day: date) -> Before:
    """
    Return what the evaluation before a data day decided: its file, else the standings.

    The night tells card levels day by day; before is there what customers hold on the day itself.
    """
    if scheme.code == CARD_LEVEL:
        held = Standing.objects.filter(holding(day), scheme=scheme).order_by()
        rows = held.values_list("customer__number", "level__rank", "active_from")
        return Before(rows=list(rows.iterator(chunk_size=20_000)))
    last = evaluation_before(scheme, day)
    if last is None:
        return Before()
    file = decisions_of(last)
    if file.exists():
        return Before(file=file)
    kept = Standing.objects.filter(active_to__isnull=True, scheme=scheme)
    rows = kept.values_list("customer__number", "level__rank", "active_from")
    return Before(rows=list(rows))


def decisions_of(evaluation: Evaluation) -> Path:
    """Return where the decisions of an evaluation lie."""
    code = evaluation.scheme.code
    return store().decision_file(code, day=evaluation.day, token=evaluation.token)
