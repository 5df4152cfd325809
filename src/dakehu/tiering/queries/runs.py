"""Evaluations that somebody asked for; they are the same for everybody."""

from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.http import Http404

from dakehu.tiering.models import EvaluationRun, Scheme
from dakehu.tiering.policies import VIEW

if TYPE_CHECKING:
    from dakehu.people.models import Staff


def runs_known(actor: "Staff") -> QuerySet[EvaluationRun]:
    """Return all evaluations that were asked for."""
    found = EvaluationRun.objects.select_related("scheme", "asked_by")
    return found if actor.may(VIEW) else found.none()


def get_run(actor: "Staff", pk: int) -> EvaluationRun:
    """
    Return one evaluation that was asked for.

    :raises Http404: if there is none with that number.
    """
    found = runs_known(actor).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def newest_run(scheme: Scheme) -> EvaluationRun | None:
    """Return what was asked for last of a scheme."""
    return EvaluationRun.objects.filter(scheme=scheme).order_by("-asked_at", "-pk").first()
