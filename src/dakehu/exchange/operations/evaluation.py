"""Which data days are evaluated, and the switch to their results (W1 to W12, T18)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from dakehu.exchange.models import EvaluatedDay, PendingDay, Run


@dataclass(frozen=True)
class Outcome:
    """What the evaluation of one data day found, and the name of its result files."""

    day: date
    token: str
    evaluated: int
    by_rule: Mapping[str, int]


def want_day(*, day: date, run: Run) -> None:
    """Ask for a data day to be evaluated; it stays asked for until its alerts have followed.

    A night that is killed leaves the wish behind, so that a later night does its work.
    """
    wanted, created = EvaluatedDay.objects.get_or_create(day=day, defaults={"run": run})
    if not created:
        EvaluatedDay.objects.filter(pk=wanted.pk).update(alerts_at=None)


def switch_results(*, outcome: Outcome, run: Run) -> None:
    """Make the results of an evaluation the valid ones of their day.

    Whose alerts have yet to follow is said by the day not followed yet, or by the pending cities.
    """
    EvaluatedDay.objects.filter(day=outcome.day).update(
        token=outcome.token,
        evaluated=outcome.evaluated,
        signals=sum(outcome.by_rule.values()),
        by_rule=dict(outcome.by_rule),
        run=run,
    )


@transaction.atomic
def note_followed(*, days: Iterable[date], at: datetime) -> None:
    """Write down that alerts have followed these days; nothing is left to be worked out again."""
    EvaluatedDay.objects.filter(day__in=list(days)).update(alerts_at=at)
    PendingDay.objects.all().delete()
