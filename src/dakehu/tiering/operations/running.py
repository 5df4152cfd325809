"""
Evaluating schemes: every month, when their day has come, and whenever somebody asks (T19).

Decisions are written beside the facts first and become valid with the record that names them; a
crash in between leaves a file that the next evaluation removes.
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from dakehu.facts.engine import text_sql
from dakehu.facts.judging import PRIOR
from dakehu.facts.results import write_query
from dakehu.tiering.choices import TURN_NUMBERS
from dakehu.tiering.errors import UnableToEvaluate
from dakehu.tiering.models import Evaluation, RuleSet, Scheme, TierMove
from dakehu.tiering.operations.evaluating import follow_outcome, tell
from dakehu.tiering.queries.judging import Judged, decisions_of, judged
from dakehu.tiering.queries.schemes import body_of, rules_in_force, schemes_known
from dakehu.tiering.queries.sources import newest_day, store
from dakehu.tiering.rules.compiling import CITY
from dakehu.tiering.rules.due import is_due
from dakehu.tiering.rules.localizing import names_cities
from dakehu.tiering.values import TierRules
from dakehu.tiering.values.outcomes import Outcome

if TYPE_CHECKING:
    from dakehu.people.models import Staff

TABLE = "outcome"
ROWS_AT_ONCE = 5_000
OWN = ("number", "city_id", "due", "level", "streak", "turn", "before", "since")
YOUNG = timedelta(days=1)
"""So old a file of decisions is before it counts as left over from a crash."""


def evaluate_due(*, day: date, changed_from: date, at: datetime) -> list[Evaluation]:
    """
    Evaluate every scheme whose evaluation is due on a data day, and tell what is untold.

    Evaluations of days whose facts have changed since, from ``changed_from`` on, are done again.
    """
    for untold in Evaluation.objects.filter(told_at__isnull=True).select_related("scheme"):
        tell(untold, at)
    found = []
    for scheme in schemes_known():
        rule_set = rules_in_force(scheme, on=day)
        if rule_set is None or not isinstance(body_of(rule_set), TierRules):
            continue
        days = list(evaluated_days(scheme))
        again = [each for each in days if each >= changed_from]
        before = [each for each in days if each < day]
        if is_due(before[-1] if before else None, day, scheme.evaluation_day):
            again.append(day)
        for each in sorted(set(again)):
            found.append(evaluate_day(rules_for(scheme, each), day=each, by=None, at=at))
    return found


def evaluated_days(scheme: Scheme) -> Iterator[date]:
    """Yield the data days as of which a scheme was evaluated, in order."""
    found = Evaluation.objects.filter(scheme=scheme).order_by("day")
    yield from found.values_list("day", flat=True)


def evaluate(
    scheme: Scheme, *, day: date | None, by: "Staff | None", at: datetime
) -> list[Evaluation]:
    """
    Evaluate a scheme as of a data day, and again every later day that was evaluated before.

    Without a day the newest one that has facts. What a late delivery changed of a past month so
    reaches the levels of today.

    :raises UnableToEvaluate: if there are no facts, no rules, or the scheme follows the night.
    """
    return [
        evaluate_day(rules_for(scheme, each), day=each, by=by, at=at)
        for each in days_to_evaluate(scheme, day)
    ]


def days_to_evaluate(scheme: Scheme, day: date | None) -> list[date]:
    """
    Return the data days that an evaluation as of ``day`` evaluates, in order; None: the newest.

    :raises UnableToEvaluate: if there are no facts, no rules, or the scheme follows the night.
    """
    last = newest_day()
    day = day or last
    if last is None or day is None or day > last:
        raise UnableToEvaluate(_("There are no data of that day yet. Name an earlier one."))
    rules_for(scheme, day)
    return [day, *(each for each in evaluated_days(scheme) if each > day)]


def rules_for(scheme: Scheme, day: date) -> RuleSet:
    """
    Return the rules by which a scheme is evaluated on a data day.

    :raises UnableToEvaluate: if none were in force, or the scheme follows the night.
    """
    rule_set = rules_in_force(scheme, on=day)
    if rule_set is None:
        raise UnableToEvaluate(_("No rules were in force on that day."))
    if not isinstance(body_of(rule_set), TierRules):
        raise UnableToEvaluate(_("Card levels follow the nightly run; run that instead."))
    return rule_set


def evaluate_day(
    rule_set: RuleSet,
    *,
    day: date,
    by: "Staff | None",
    at: datetime,
    step: Callable[[], None] = lambda: None,
) -> Evaluation:
    """
    Evaluate one version of the rules as of a data day, and let standings follow.

    ``step`` is called twice: once everybody is judged, and once it is written down.
    """
    scheme, token = rule_set.scheme, get_random_string(20).lower()
    body = body_of(rule_set)
    with judged(scheme, {TABLE: body}, day=day) as found:
        path = store().decision_file(scheme.code, day=day, token=token)
        write_query(found.con, f"SELECT * FROM {TABLE} ORDER BY number", path)
        step()
        outcome = Outcome(
            token=token,
            customers=found.customers,
            levels={str(rank): n for rank, n in found.counts(TABLE).items()},
            turns={TURN_NUMBERS[n].value: m for n, m in found.counts(TABLE, "turn").items()},
            moves=moves_of(
                found, path, again=moved_before(scheme, day), with_city=names_cities(body)
            ),
            gone=gone_of(found),
        )
        evaluation = follow_outcome(rule_set=rule_set, day=day, outcome=outcome, by=by, at=at)
    step()
    remove_unnamed(scheme, at=at)
    return evaluation


def moved_before(scheme: Scheme, day: date) -> list[str]:
    """Return whom an earlier run of an evaluation moved."""
    found = TierMove.objects.filter(evaluation__scheme=scheme, evaluation__day=day)
    return list(found.values_list("customer__number", flat=True))


def moves_of(
    found: Judged, path: Path, *, again: list[str], with_city: bool = False
) -> Iterator[tuple[Any, ...]]:
    """
    Yield whom the evaluation moves, and those of ``again``, with the measures it saw.

    Where cities have limits of their own, the city is part of what was seen.
    """
    # Read from the file, by a cursor of its own: the rows are fetched beside other work.
    written = f"read_parquet({text_sql(str(path))}, hive_partitioning = false)"
    moved = "before IS NULL OR before <> level OR number IN (SELECT unnest($again))"
    rows = found.con.cursor().execute(
        f"SELECT * FROM {written} WHERE {moved} ORDER BY number", {"again": again}
    )
    names = [column[0] for column in rows.description or ()]
    seen = [name for name in names if name not in OWN]
    while batch := rows.fetchmany(ROWS_AT_ONCE):
        for row in batch:
            told = dict(zip(names, row, strict=True))
            evidence = {name: told[name] for name in seen} | {"due": told["due"]}
            if with_city:
                evidence[CITY] = told["city_id"]
            yield told["number"], told["level"], told["before"], told["turn"], evidence


def gone_of(found: Judged) -> list[str]:
    """Return whom the evaluation before knew, and this one no longer does."""
    query = f"SELECT number FROM {PRIOR} WHERE number NOT IN (SELECT number FROM {TABLE})"
    return [number for (number,) in found.rows(f"{query} ORDER BY number")]


def remove_unnamed(scheme: Scheme, *, at: datetime) -> None:
    """
    Remove the decisions of a scheme that no evaluation names.

    The youngest stay for a while: another evaluation may be about to name them.
    """
    young = (at - YOUNG).timestamp()
    folder = store().decisions / scheme.code
    named = {decisions_of(each) for each in Evaluation.objects.filter(scheme=scheme)}
    for path in folder.glob("day=*/*.parquet"):
        if path not in named and path.stat().st_mtime < young:
            path.unlink(missing_ok=True)
