"""
The steps of a network-coverage need, one after the other (C1).

Reported at intake; then a manager is assigned and a technician is sent; the manager gives the
preliminary reply, which is measures and an expected day; plans and watches; until it is done.
"""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dakehu.audit.operations import save_record
from dakehu.cases.choices import ActKind, CaseState, CoverageStep, Move
from dakehu.cases.errors import UnableToKeepCase
from dakehu.cases.models import Case, CoverageStage
from dakehu.cases.operations import promising
from dakehu.cases.operations.keeping import held, keep, require_work_on, write_act
from dakehu.cases.operations.working import owned
from dakehu.cases.policies import ASSIGN, HANDLE
from dakehu.cases.queries.people import receivers_for
from dakehu.cases.rules.coverage import may_follow
from dakehu.cases.values import Done
from dakehu.people.policies import may, require

if TYPE_CHECKING:
    from dakehu.people.models import Staff


@transaction.atomic
def assign_coverage(
    *, case: Case, manager: "Staff", technician: "Staff", by: "Staff", at: datetime
) -> CoverageStage:
    """
    Assign the manager who answers for the whole process, and send a technician (C1).

    :raises PermissionDenied: if somebody else works on it.
    :raises UnableToKeepCase: if it is not the turn of this step.
    """
    stored, stage = at_step(case, CoverageStep.ASSIGNED, by=by)
    if not receivers_for(by, stored).filter(pk=manager.pk).exists():
        raise UnableToKeepCase(_("This person cannot be given cases by you."), "manager")
    stage.technician, stage.step = technician, CoverageStep.ASSIGNED
    save_record(stage, by=by, at=at)
    keep(stored, CaseState.TAKEN, by=by, at=at, owner=manager)
    facts = {"step": CoverageStep.ASSIGNED, "owner": str(manager), "technician": str(technician)}
    write_act(stored, Done(ActKind.STEP, facts=facts), by=by, at=at)
    owned(stored, by=by, at=at)
    return stage


@transaction.atomic
def reply_on_coverage(
    *,
    case: Case,
    measures: str,
    expected_on: date | None,
    is_refused: bool = False,
    by: "Staff",
    at: datetime,
) -> CoverageStage:
    """
    Give the preliminary reply: measures and the expected day; it answers the initial-answer clock.

    What the network department refuses has no day; ``measures`` say why, and what is done instead.

    :raises PermissionDenied: if somebody else works on it.
    :raises UnableToKeepCase: without measures, without a day or for one that has passed unless it
        is refused, or out of turn.
    """
    stored, stage = at_step(case, CoverageStep.REPLIED, by=by)
    if not measures.strip():
        raise UnableToKeepCase(_("A preliminary reply names the measures."), "measures")
    if not is_refused and expected_on is None:
        raise UnableToKeepCase(
            _("Name the expected day, or say that it is refused."), "expected_on"
        )
    if expected_on is not None and expected_on < localdate(at):
        raise UnableToKeepCase(_("The expected day has passed already."), "expected_on")
    stage.measures, stage.is_refused = measures, is_refused
    stage.expected_on = None if is_refused else expected_on
    stage.step = CoverageStep.REPLIED
    save_record(stage, by=by, at=at)
    day = stage.expected_on.isoformat() if stage.expected_on else ""
    facts = {"step": CoverageStep.REPLIED, "expected_on": day, "is_refused": is_refused}
    told = Done(ActKind.STEP, measures, is_internal=False, facts=facts)
    write_act(stored, told, by=by, at=at)
    if stored.answered_at is None:
        keep(stored, stored.state, by=by, at=at, answered_at=at)
    promising.answer(stored, (promising.INITIAL_ANSWER,), by=by, at=at)
    return stage


@transaction.atomic
def plan_coverage(*, case: Case, plan: str, by: "Staff", at: datetime) -> CoverageStage:
    """
    Keep the plan by which the manager chairs and watches what follows; it may be changed.

    :raises PermissionDenied: if somebody else works on it.
    :raises UnableToKeepCase: without a plan, or out of turn.
    """
    stored, stage = at_step(case, CoverageStep.PLANNED, by=by)
    if not plan.strip():
        raise UnableToKeepCase(_("Write the plan: who does what until when."), "plan")
    stage.plan, stage.step = plan, CoverageStep.PLANNED
    save_record(stage, by=by, at=at)
    facts = {"step": CoverageStep.PLANNED}
    write_act(stored, Done(ActKind.STEP, plan, facts=facts), by=by, at=at)
    return stage


def at_step(case: Case, step: CoverageStep, *, by: "Staff") -> tuple[Case, CoverageStage]:
    """
    Return a case and its stage under lock, if a step may be taken now.

    :raises UnableToKeepCase: otherwise, naming the step whose turn it is.
    """
    require(by, HANDLE)
    stored, _state = held(case, Move.SPLIT)
    if stored.owner_id not in {None, by.pk} and not may(by, ASSIGN):
        require_work_on(by, stored)
    stage: CoverageStage = CoverageStage.objects.select_for_update().get(case=stored)
    if not may_follow(stage.step, step):
        words = _("It is not the turn of “%(step)s”: the case stands at “%(now)s”.")
        raise UnableToKeepCase(words % {"step": step.label, "now": CoverageStep(stage.step).label})
    return stored, stage
