"""What becomes of an opportunity after the claim: stages, signing (OP14, OP15)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from dakehu.opportunities.choices import AFTERWARDS, Move, SalesStage
from dakehu.opportunities.errors import UnableToKeepOpportunity
from dakehu.opportunities.models import Opportunity
from dakehu.opportunities.operations.keeping import (
    Step,
    held,
    locked,
    move_on,
)
from dakehu.opportunities.policies import HANDLE, has_it
from dakehu.opportunities.rules.stages import move_for, stages_from
from dakehu.opportunities.rules.states import after
from dakehu.people.policies import require
from dakehu.worklist.operations import finish_todo

if TYPE_CHECKING:
    from dakehu.people.models import Staff


@dataclass(frozen=True)
class Signed:
    """What was signed: the number of the contract, its value, and what else is to be known."""

    contract_no: str
    won_fen: int
    text: str = ""


@transaction.atomic
def move_stage(  # noqa: PLR0913 - where to, by when, and by whom
    *,
    opportunity: Opportunity,
    stage: str,
    text: str = "",
    expected_on: date | None = None,
    version: int | None = None,
    by: "Staff",
    at: datetime,
) -> Opportunity:
    """
    Move an opportunity to a stage; the first talks make it negotiating.

    :raises PermissionDenied: unless ``by`` has it, or hands out.
    :raises UnableToKeepOpportunity: if the stage cannot follow, or it was changed since
        ``version``.
    """
    require(by, HANDLE)
    stored = locked(opportunity)
    if not has_it(by, stored):
        raise PermissionDenied(HANDLE)
    if version not in {None, stored.version}:
        raise UnableToKeepOpportunity(_("Somebody moved it meanwhile. Look again."))
    move = move_for(stored.state, stage)
    state = after(stored.state, move)
    if state is None or stage not in stages_from(stored.state, stored.stage):
        words = _("It cannot be moved to “%(stage)s” from where it stands.")
        label = SalesStage(stage).label if stage in SalesStage.values else stage
        raise UnableToKeepOpportunity(words % {"stage": label}, "stage")
    facts = {"from": stored.stage, "stage": stage}
    values = {"stage": SalesStage(stage), "stage_at": at}
    if expected_on is not None:
        values["expected_on"] = expected_on
    move_on(stored, state, Step(move, text, facts=facts), by=by, at=at, **values)
    if stage == SalesStage.DONE:
        finish_todo(source=AFTERWARDS, source_id=stored.pk, by=by, at=at)
    return stored


@transaction.atomic
def win(*, opportunity: Opportunity, signed: Signed, by: "Staff", at: datetime) -> Opportunity:
    """
    Record that both sides signed; what is left is to hand over and to ask afterwards.

    :raises PermissionDenied: unless ``by`` has it, or hands out.
    :raises UnableToKeepOpportunity: if nobody negotiated yet, or the contract has no number.
    """
    require(by, HANDLE)
    stored, state = held(opportunity, Move.WIN)
    if not has_it(by, stored):
        raise PermissionDenied(HANDLE)
    if not signed.contract_no.strip():
        raise UnableToKeepOpportunity(_("Type the number of the contract."), "contract_no")
    facts = {"from": stored.stage, "stage": SalesStage.HANDOVER.value}
    step = Step(Move.WIN, signed.text, facts=facts)
    values = {"stage": SalesStage.HANDOVER, "stage_at": at, "contract_no": signed.contract_no}
    move_on(stored, state, step, by=by, at=at, won_fen=signed.won_fen, **values)
    return stored
