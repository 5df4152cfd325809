"""Trainings that people ask for on screen: asked, followed, ended (W10)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from dakehu.people.policies import require
from dakehu.ranking.choices import GOING_ON, TrainingState
from dakehu.ranking.errors import UnableToTrain
from dakehu.ranking.models import RankingModel, TrainingRun
from dakehu.ranking.queries.shelf import extra_words
from dakehu.ranking.rules.scoring import is_installed

if TYPE_CHECKING:
    from dakehu.people.models import Staff

PERMISSION = "ranking.manage"


@dataclass(frozen=True)
class TrainingWish:
    """Which days to learn from and examine on, how far labels look, and how many days to skip."""

    first: date
    last: date
    horizon: int = 30
    every: int = 7


def ask_for_training(*, wish: TrainingWish, by: "Staff", at: datetime) -> TrainingRun:
    """
    Ask for a model to be trained in the background; it becomes a draft.

    :raises PermissionDenied: if ``by`` may not decide about models.
    :raises UnableToTrain: if the extra is missing, or another training goes on.
    """
    require(by, PERMISSION)
    if not is_installed():
        raise UnableToTrain(extra_words())
    try:
        with transaction.atomic():
            return TrainingRun.objects.create(
                first_day=wish.first,
                last_day=wish.last,
                horizon=wish.horizon,
                every=wish.every,
                asked_by=by,
                asked_at=at,
            )
    except IntegrityError as busy:
        words = _("Another training is under way. Wait for it to end.")
        raise UnableToTrain(words) from busy


def begin_training(run_id: int) -> TrainingRun | None:
    """Note that a training goes on, and return it; None if it ended meanwhile."""
    going = TrainingRun.objects.filter(pk=run_id, state__in=GOING_ON)
    if not going.update(state=TrainingState.RUNNING, step="", done=0, wanted=0):
        return None
    return TrainingRun.objects.get(pk=run_id)


def note_training(run: TrainingRun, *, step: str, done: int = 0, wanted: int = 0) -> None:
    """Note how far a training is."""
    TrainingRun.objects.filter(pk=run.pk).update(step=step, done=done, wanted=wanted)


def finish_training(run: TrainingRun, *, number: int, at: datetime) -> None:
    """Note which model a training made."""
    model = RankingModel.objects.get(number=number)
    TrainingRun.objects.filter(pk=run.pk).update(
        state=TrainingState.DONE, model=model, finished_at=at
    )


def fail_training(run_id: int, *, words: str, at: datetime) -> None:
    """Say why a training came to nothing."""
    TrainingRun.objects.filter(pk=run_id, state__in=GOING_ON).update(
        state=TrainingState.FAILED, error=words, finished_at=at
    )
