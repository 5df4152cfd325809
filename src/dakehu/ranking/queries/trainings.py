"""Trainings that people asked for, for those who may see models."""

from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.http import Http404

from dakehu.people.policies import require
from dakehu.ranking.choices import TrainingState
from dakehu.ranking.models import TrainingRun

if TYPE_CHECKING:
    from dakehu.people.models import Staff

PERMISSION = "ranking.view"


def trainings_known(actor: "Staff") -> QuerySet[TrainingRun]:
    """
    Return all trainings asked for, the newest first.

    :raises PermissionDenied: if the actor may not see models.
    """
    require(actor, PERMISSION)
    return TrainingRun.objects.select_related("asked_by", "model").order_by("-pk")


def get_training(actor: "Staff", pk: int) -> TrainingRun:
    """
    Return one training.

    :raises PermissionDenied: if the actor may not see models.
    :raises Http404: if there is none with that number.
    """
    found = trainings_known(actor).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def waiting_trainings() -> list[int]:
    """Return the trainings that nobody has begun."""
    waiting = TrainingRun.objects.filter(state=TrainingState.WAITING)
    return list(waiting.values_list("pk", flat=True))
