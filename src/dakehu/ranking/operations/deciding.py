"""
From draft to retirement: one person proposes a model, another publishes it (promise 2).

Publishing retires the model published before, in one step; what the night ranked with it stays.
"""

from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from dakehu.audit.operations import remove_record, save_record
from dakehu.people.policies import require
from dakehu.ranking.choices import ModelState
from dakehu.ranking.errors import UnableToPublish, UnableToRank
from dakehu.ranking.models import CustomerRank, RankingModel
from dakehu.ranking.queries.shelf import check_usable

if TYPE_CHECKING:
    from dakehu.people.models import Staff

PERMISSION = "ranking.manage"


def propose_model(
    *, model: RankingModel, version: int, remark: str, by: "Staff", at: datetime
) -> None:
    """
    Propose that a model shall rank.

    :raises PermissionDenied: if ``by`` may not decide about models.
    :raises UnableToPublish: if it is no draft any more, or its files cannot be used.
    """
    with transaction.atomic():
        held = _held(model, version, by, states=(ModelState.DRAFT, ModelState.RETIRED))
        _check_files(held)
        held.state, held.remark = ModelState.PROPOSED, remark
        held.proposed_by, held.proposed_at = by, at
        held.published_by = held.published_at = held.retired_by = held.retired_at = None
        save_record(held, by=by, at=at, reason=remark)


def publish_model(*, model: RankingModel, version: int, by: "Staff", at: datetime) -> None:
    """
    Let a proposed model rank from the next night on; the one before it retires.

    :raises PermissionDenied: if ``by`` may not decide about models.
    :raises UnableToPublish: if ``by`` proposed it, it was dealt with meanwhile, or its files
        cannot be used.
    """
    with transaction.atomic():
        # Every model is held, so that of two people publishing at once one waits and is refused.
        list(RankingModel.objects.select_for_update().order_by("pk").values_list("pk"))
        held = _held(model, version, by, states=(ModelState.PROPOSED,))
        if held.proposed_by_id == by.pk:
            raise UnableToPublish(_("Somebody else must publish what you proposed."))
        _check_files(held)
        before = RankingModel.objects.filter(state=ModelState.PUBLISHED).first()
        if before is not None:
            _retire(before, by=by, at=at)
        held.state, held.published_by, held.published_at = ModelState.PUBLISHED, by, at
        save_record(held, by=by, at=at)


def decline_model(*, model: RankingModel, version: int, by: "Staff", at: datetime) -> None:
    """
    Take a proposal back, one's own or another's; the model is a draft again.

    :raises PermissionDenied: if ``by`` may not decide about models.
    :raises UnableToPublish: if it was dealt with meanwhile.
    """
    with transaction.atomic():
        held = _held(model, version, by, states=(ModelState.PROPOSED,))
        held.state = ModelState.DRAFT
        held.proposed_by = held.proposed_at = None
        save_record(held, by=by, at=at)


def retire_model(*, model: RankingModel, version: int, by: "Staff", at: datetime) -> None:
    """
    Let a published model rank no more; its ranks disappear from the lists at once.

    :raises PermissionDenied: if ``by`` may not decide about models.
    :raises UnableToPublish: if it is not published any more.
    """
    with transaction.atomic():
        held = _held(model, version, by, states=(ModelState.PUBLISHED,))
        _retire(held, by=by, at=at)
        CustomerRank.objects.all().delete()


def discard_model(*, model: RankingModel, version: int, by: "Staff", at: datetime) -> None:
    """
    Take a draft off the list; its row and its files stay.

    :raises PermissionDenied: if ``by`` may not decide about models.
    :raises UnableToPublish: if it is no draft any more.
    """
    with transaction.atomic():
        held = _held(model, version, by, states=(ModelState.DRAFT,))
        remove_record(held, by=by, at=at)


def _held(
    model: RankingModel, version: int, by: "Staff", *, states: tuple[ModelState, ...]
) -> RankingModel:
    require(by, PERMISSION)
    held = RankingModel.objects.select_for_update().get(pk=model.pk)
    if held.state not in states or held.version != version or held.removed_at:
        raise UnableToPublish(_("This model was dealt with meanwhile. Look again."))
    return held


def _retire(model: RankingModel, *, by: "Staff", at: datetime) -> None:
    model.state, model.retired_by, model.retired_at = ModelState.RETIRED, by, at
    save_record(model, by=by, at=at)


def _check_files(model: RankingModel) -> None:
    try:
        check_usable(settings.HOME, model)
    except UnableToRank as refusal:
        raise UnableToPublish(str(refusal)) from refusal
