"""Freezing cohorts and following past days in the background; either may be done again."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks import task

from dakehu.common.work import WorkGivenUp
from dakehu.tiering.models import Cohort
from dakehu.tiering.operations import cohorts as operations

if TYPE_CHECKING:
    from dakehu.people.models import Staff

EVERY = 7
"""When the past is caught up with, so many days lie between the days that are looked at."""


@transaction.atomic
def freeze(*, name: str, day: date, bar: Any, at_bar: bool, by: "Staff", at: datetime) -> Cohort:
    """
    Name a cohort; a worker finds its members and follows them from its day to the newest one.

    :raises PermissionDenied: if ``by`` may not freeze cohorts.
    :raises UnableToFollow: if there are no data of the day, or the bar is faulty.
    """
    cohort = operations.freeze_cohort(name=name, day=day, bar=bar, at_bar=at_bar, by=by, at=at)
    fill_and_follow.enqueue(cohort.pk)
    return cohort


@task()
def fill_and_follow(pk: int) -> None:
    """Freeze a cohort and catch up with the days since."""
    cohort = Cohort.objects.filter(pk=pk, removed_at__isnull=True).first()
    if cohort is not None:
        operations.catch_up(cohort, every=EVERY, now=timezone.now)


def own_up(event: WorkGivenUp) -> None:
    """Tell that the background work on a cohort has failed."""
    if event.path != fill_and_follow.module_path:
        return
    cohort = Cohort.objects.filter(pk=event.args[0]).first()
    if cohort is not None:
        with translation.override(settings.LANGUAGE_CODE):
            words = _("The background work has failed several times. Ask again, or ask for help.")
            operations.stop_work(cohort, words=words)


@transaction.atomic
def ask_to_catch_up(cohort: Cohort) -> None:
    """Let a worker go on with freezing, or with the days that were not looked at."""
    operations.begin_work(cohort)
    fill_and_follow.enqueue(cohort.pk)
