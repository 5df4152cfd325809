"""Evaluations on demand: asked for, carried out day by day, told of when they end (T19)."""

from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from dakehu.people.policies import require
from dakehu.tiering.choices import BUSY, RUN_STEPS, SimulationState
from dakehu.tiering.errors import UnableToEvaluate
from dakehu.tiering.models import EvaluationRun, Scheme
from dakehu.tiering.operations.running import days_to_evaluate, evaluate_day, rules_for
from dakehu.tiering.policies import RULES

if TYPE_CHECKING:
    from dakehu.people.models import Staff

Now = Callable[[], datetime]


@transaction.atomic
def ask_run(*, scheme: Scheme, day: date | None, by: "Staff", at: datetime) -> EvaluationRun:
    """
    Note that a scheme is to be evaluated as of a data day, and of those evaluated after it.

    :raises PermissionDenied: if ``by`` may not change rules.
    :raises UnableToEvaluate: if there are no facts, no rules, or it is being evaluated already.
    """
    require(by, RULES)
    Scheme.objects.select_for_update().get(pk=scheme.pk)
    days = days_to_evaluate(scheme, day)
    if EvaluationRun.objects.filter(scheme=scheme, state__in=BUSY).exists():
        raise UnableToEvaluate(_("This scheme is being evaluated already. Wait until it is done."))
    listed = [each.isoformat() for each in days]
    return EvaluationRun.objects.create(scheme=scheme, days=listed, asked_by=by, asked_at=at)


def carry_out(run: EvaluationRun, *, now: Now) -> None:
    """
    Evaluate the days that are left; whoever was cut short goes on with the day it was at.

    :raises UnableToEvaluate: if rules are no longer there.
    """

    def step() -> None:
        note_step(run)

    EvaluationRun.objects.filter(pk=run.pk).update(
        state=SimulationState.RUNNING, done=run.done - run.done % RUN_STEPS
    )
    for told in run.days[run.done // RUN_STEPS :]:
        day = date.fromisoformat(told)
        rule_set = rules_for(run.scheme, day)
        found = evaluate_day(rule_set, day=day, by=run.asked_by, at=now(), step=step)
        EvaluationRun.objects.filter(pk=run.pk).update(
            changed=F("changed") + found.changed, customers=found.customers
        )
    EvaluationRun.objects.filter(pk=run.pk).update(
        state=SimulationState.DONE, done=RUN_STEPS * len(run.days), ended_at=now(), error=""
    )


def note_step(run: EvaluationRun) -> None:
    """Let the page know that one more step is done."""
    EvaluationRun.objects.filter(pk=run.pk).update(done=F("done") + 1)


def stop_run(run: EvaluationRun, *, words: str, at: datetime) -> None:
    """Note that an evaluation failed, and why."""
    limit = EvaluationRun._meta.get_field("error").max_length
    EvaluationRun.objects.filter(pk=run.pk).update(
        state=SimulationState.FAILED, error=words[:limit], ended_at=at
    )
