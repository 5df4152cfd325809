"""
Evaluating schemes in the background when somebody asks.

A run may be broken off anywhere: a day counts when its record names its decisions, and the next
worker goes on with the day at which it stopped.
"""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks import task

from dakehu.common.work import WorkGivenUp
from dakehu.tiering.choices import BUSY
from dakehu.tiering.errors import UnableToEvaluate
from dakehu.tiering.models import EvaluationRun, Scheme
from dakehu.tiering.operations import asking as operations

if TYPE_CHECKING:
    from dakehu.people.models import Staff


@transaction.atomic
def ask(*, scheme: Scheme, day: date | None, by: "Staff", at: datetime) -> EvaluationRun:
    """
    Let a scheme be evaluated as soon as a worker is free.

    :raises PermissionDenied: if ``by`` may not change rules.
    :raises UnableToEvaluate: if it cannot be evaluated, or is being evaluated already.
    """
    run = operations.ask_run(scheme=scheme, day=day, by=by, at=at)
    evaluate_days.enqueue(run.pk)
    return run


@task()
def evaluate_days(pk: int) -> None:
    """Evaluate the days of a run that are left."""
    found = EvaluationRun.objects.select_related("scheme", "asked_by")
    run = found.filter(pk=pk, state__in=BUSY).first()
    if run is None:
        return
    with translation.override(settings.LANGUAGE_CODE):
        try:
            operations.carry_out(run, now=timezone.now)
        except UnableToEvaluate as refusal:
            operations.stop_run(run, words=str(refusal), at=timezone.now())


def own_up(event: WorkGivenUp) -> None:
    """Tell whoever asked that the background work has failed."""
    if event.path != evaluate_days.module_path:
        return
    run = EvaluationRun.objects.filter(pk=event.args[0], state__in=BUSY).first()
    if run is not None:
        with translation.override(settings.LANGUAGE_CODE):
            words = _("The background work has failed several times. Ask again, or ask for help.")
            operations.stop_run(run, words=words, at=event.at)
