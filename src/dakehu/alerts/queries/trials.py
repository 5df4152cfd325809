"""Trials for those who may see them; the customers of a preview within the reach of who asks."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q, QuerySet
from django.http import Http404

from dakehu.alerts.choices import TrialChange, TrialKind, TrialState
from dakehu.alerts.models import Trial, TrialAlert
from dakehu.alerts.queries.versions import read_book
from dakehu.alerts.rules import program_for
from dakehu.alerts.rules.backtesting import ANY, DIALS, TOGETHER, Hindsight, median_of
from dakehu.alerts.values import CODES, NumberBook
from dakehu.facts.features import Program
from dakehu.facts.replay import Dial
from dakehu.people.policies import reach, require

if TYPE_CHECKING:
    from dakehu.people.models import Staff

PERMISSION = "alerts.try"


def trials_known(actor: "Staff") -> QuerySet[Trial]:
    """
    Return all trials, the newest first; their figures are of the whole province.

    :raises PermissionDenied: if the actor may not try numbers.
    """
    require(actor, PERMISSION)
    return Trial.objects.select_related("asked_by").order_by("-pk")


def get_trial(actor: "Staff", pk: int) -> Trial:
    """
    Return one trial.

    :raises PermissionDenied: if the actor may not try numbers.
    :raises Http404: if there is none with that number.
    """
    found = trials_known(actor).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def hindsight_of(*, days: int, judged_days: int, horizon: int) -> Hindsight:
    """Return an empty count of what a replay finds."""
    return Hindsight(days=days, judged_days=judged_days, horizon=horizon)


def dials() -> tuple[Dial, ...]:
    """Return which number of each warning is turned in a back-test."""
    return DIALS


def programs_tried(trial: Trial, days: Iterable[date]) -> dict[date, Program]:
    """Return the warnings of some days with the numbers that a trial keeps."""
    book = book_tried(trial)
    return {day: program_for(day, book) for day in days}


def backtest_rows(trial: Trial) -> list[tuple[str, int, int, int, int, int, int | None]]:
    """Return what a back-test found by warning, the last line together, judged by any outcome.

    Code, alerts, judged, right, named before, outcomes, and the median of the days ahead.
    """
    outcomes = trial.result["events"][ANY]
    return [
        (
            code,
            tally["opened"],
            tally["judged"],
            tally["hits"][ANY],
            tally["named"][ANY],
            outcomes,
            median_of(tally["leads"].get(ANY, [])),
        )
        for code in (*CODES, TOGETHER)
        for tally in [trial.result["rules"][code]]
    ]


def newest_backtest_of(number: int) -> Trial | None:
    """Return the newest back-test of a version that came to its end."""
    done = Trial.objects.filter(number=number, kind=TrialKind.BACKTEST, state=TrialState.DONE)
    return done.order_by("-pk").first()


def trial_of(pk: int) -> Trial | None:
    """Return one trial for whoever works it out."""
    return Trial.objects.filter(pk=pk).first()


def waiting_trials() -> list[int]:
    """Return the numbers of the trials that nobody has begun."""
    return list(Trial.objects.filter(state=TrialState.WAITING).values_list("pk", flat=True))


def book_tried(trial: Trial) -> NumberBook:
    """Return the numbers that a trial keeps."""
    return read_book(trial.province, trial.overrides, version=trial.number)


def trial_alerts_visible_to(actor: "Staff") -> QuerySet[TrialAlert]:
    """Return what previews found about the customers within the actor's reach."""
    within = reach(actor, unit="customer__unit", owner="customer__manager", customer="customer")
    found = TrialAlert.objects.filter(within)
    return found.select_related("customer", "customer__unit", "customer__manager")


def found_by(actor: "Staff", trial: Trial, *fields: str) -> list[dict[str, Any]]:
    """Count by some fields what a preview found within reach: raised, new and gone."""
    found = trial_alerts_visible_to(actor).filter(trial=trial).order_by()
    counted = found.values(*fields).annotate(
        raised=Count("pk", filter=~Q(change=TrialChange.GONE)),
        new=Count("pk", filter=Q(change=TrialChange.NEW)),
        gone=Count("pk", filter=Q(change=TrialChange.GONE)),
    )
    return list(counted.order_by("-raised", *fields))
