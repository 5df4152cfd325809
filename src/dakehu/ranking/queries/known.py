"""Which models there are, which one ranks, and which days were ranked."""

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from dakehu.people.policies import require
from dakehu.ranking.choices import ModelState
from dakehu.ranking.models import RankedDay, RankingModel

if TYPE_CHECKING:
    from dakehu.people.models import Staff


def models_known(actor: "Staff") -> QuerySet[RankingModel]:
    """
    Return the models that were not discarded.

    :raises PermissionDenied: if the actor may not see models.
    """
    require(actor, "ranking.view")
    return RankingModel.objects.filter(removed_at__isnull=True).select_related(
        "proposed_by", "published_by", "retired_by"
    )


def get_model(actor: "Staff", number: int) -> RankingModel:
    """
    Return one model by its number, a discarded one too.

    :raises PermissionDenied: if the actor may not see models.
    :raises Http404: if there is none.
    """
    require(actor, "ranking.view")
    found = RankingModel.objects.select_related("proposed_by", "published_by", "retired_by")
    return get_object_or_404(found, number=number)


def published_model() -> RankingModel | None:
    """Return the model that ranks, if there is one; the same for everybody."""
    return RankingModel.objects.filter(state=ModelState.PUBLISHED).first()


def is_ranking() -> bool:
    """Whether any model ranks, so that lists have ranks to show."""
    return RankingModel.objects.filter(state=ModelState.PUBLISHED).exists()


def newest_ranked_day() -> RankedDay | None:
    """Return the newest day that was ranked, with its model."""
    return RankedDay.objects.select_related("model").order_by("-day").first()


def ranked_day(day: date) -> RankedDay | None:
    """Return one ranked day, with its model."""
    return RankedDay.objects.select_related("model").filter(day=day).first()


def days_ranked_by(model: RankingModel) -> int:
    """Return how many days a model ranked."""
    return RankedDay.objects.filter(model=model).count()
