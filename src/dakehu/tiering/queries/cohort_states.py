"""The members of a cohort as the facts tell of them on a data day; nothing is written (T17)."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import duckdb
import numpy as np
from django.db.models import Q
from django.utils.timezone import make_aware

from dakehu.facts import measures as ms
from dakehu.facts.engine import connect
from dakehu.facts.judging import Before, Judgement
from dakehu.rulekit.sql import Compiler as SqlCompiler
from dakehu.tiering.choices import STATE_NUMBERS, SchemeKind
from dakehu.tiering.models import Cohort, CohortStay
from dakehu.tiering.queries.judging import measures_in_conditions, recorded_values
from dakehu.tiering.queries.measures import measures_named
from dakehu.tiering.queries.sources import facts_of
from dakehu.tiering.queries.wording import problem_words
from dakehu.tiering.rules.bodies import Reader
from dakehu.tiering.rules.cohorts import AWAY, STATUS, state_number
from dakehu.tiering.rules.compiling import words_in
from dakehu.tiering.values import Condition

LEVEL = "delivered_level"
KEPT = 0
MEMBERS = "cohort_members"


@dataclass(frozen=True)
class Open:
    """The open stay of a member: its record, the member's number, the state's number."""

    pk: int
    number: str
    state: int


def bar_of(cohort: Cohort) -> Condition:
    """
    Return the bar of a cohort as a value.

    :raises ValueError: if it is not whole, which the operations never let happen.
    """
    reader = Reader(None)
    bar = reader.condition(cohort.bar, ())
    if reader.problems:
        raise ValueError(f"a bar that is not whole: {problem_words(reader.problems[0])}")
    return bar


def members_on(cohort: Cohort) -> list[tuple[str, int | None]]:
    """Return whom the bar takes in on the cohort's day: number and card level, by number."""
    with _measured(cohort, cohort.day, only=None, away=frozenset()) as con:
        level = f'm."{LEVEL}"'
        query = (
            f"SELECT s.number, {level} FROM member_states AS s JOIN {ms.MEASURED} AS m "
            f"USING (number) WHERE s.state = {KEPT} ORDER BY 1"
        )
        return con.execute(query).fetchall()


def changed_on(cohort: Cohort, day: date) -> list[tuple[int, str]]:
    """Return the open stays whose state is another one on a data day, with the new state."""
    opened = open_stays(cohort)
    only = frozenset(each.number for each in opened)
    with _measured(cohort, day, only=only, away=away_numbers(cohort, day)) as con:
        _register(con, opened)
        left = len(STATE_NUMBERS) - 1
        query = (
            f"SELECT o.pk, coalesce(s.state, {left}) AS now FROM {MEMBERS} AS o "
            "LEFT JOIN member_states AS s USING (number) WHERE o.state <> now ORDER BY o.pk"
        )
        return [(pk, STATE_NUMBERS[state].value) for pk, state in con.execute(query).fetchall()]


def open_stays(cohort: Cohort) -> list[Open]:
    """Return the open stay of every member."""
    found = CohortStay.objects.filter(cohort=cohort, active_to__isnull=True).order_by()
    rows = found.values_list("pk", "customer__number", "state").iterator(chunk_size=20_000)
    numbers = {state.value: place for place, state in enumerate(STATE_NUMBERS)}
    return [Open(pk, number, numbers[state]) for pk, number, state in rows]


def away_numbers(cohort: Cohort, day: date) -> frozenset[str]:
    """Return the members who had been put into the archive, or removed, by the end of a day."""
    end = make_aware(datetime.combine(day + timedelta(days=1), time.min))
    away = Q(customer__retained_at__lt=end) | Q(customer__removed_at__lt=end)
    found = CohortStay.objects.filter(away, cohort=cohort, active_to__isnull=True).order_by()
    return frozenset(found.values_list("customer__number", flat=True))


def _register(con: duckdb.DuckDBPyConnection, opened: Iterable[Open]) -> None:
    rows = list(opened)
    con.register(
        "open_rows",
        {
            "pk": np.array([each.pk for each in rows], dtype=np.int64),
            "number": np.array([each.number for each in rows], dtype=object),
            "state": np.array([each.state for each in rows], dtype=np.int64),
        },
    )
    con.execute(
        f"CREATE TEMP TABLE {MEMBERS} AS "
        "SELECT pk, CAST(number AS VARCHAR) AS number, state FROM open_rows"
    )


@contextmanager
def _measured(
    cohort: Cohort, day: date, *, only: frozenset[str] | None, away: frozenset[str]
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open an engine with the tables of measures and ``member_states``: number, state."""
    bar = bar_of(cohort)
    codes = dict.fromkeys([*measures_in_conditions([bar]), STATUS, LEVEL])
    measures = measures_named(codes, SchemeKind.INDIVIDUAL)
    facts, subject = facts_of(day), ms.Subject.INDIVIDUAL
    recorded = [each.code for each in measures.values() if isinstance(each.source, ms.Recorded)]
    frame = ms.Frame(
        store=facts.store,
        sources=facts.sources,
        subject=subject,
        known=ms.Known(recorded=recorded_values(recorded, subject), only=only),
        # Who was a member once is followed, whoever looks after it now.
        managed_only=only is None,
    )
    with connect(facts.limits) as con:
        ms.measured(con, frame, list(measures.values()))
        Before().create(con)
        seen = [each for each in measures.values() if each.code in codes]
        base = Judgement(day=day, columns=(), words=words_in([bar])).base(seen)
        con.register("away_rows", {"number": np.array(sorted(away), dtype=object)})
        state = SqlCompiler()
        number = state_number(bar)
        rows = state.with_steps(f"(SELECT *, {_is_away()} AS {AWAY} FROM ({base}))", [number])
        con.execute(
            "CREATE TEMP TABLE member_states AS "
            f"SELECT number, CAST({state.number(number)} AS INTEGER) AS state FROM ({rows})"
        )
        yield con


def _is_away() -> str:
    listed = "SELECT CAST(number AS VARCHAR) FROM away_rows"
    return f"CASE WHEN number IN ({listed}) THEN 1 ELSE 0 END"
