"""Closing a case with what came of it, and opening it again (K1, R10)."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from dakehu.cases.choices import (
    ACT_SERVICES,
    CASE,
    ActKind,
    Bond,
    CaseKind,
    CaseState,
    CloseResult,
    Move,
    OrderState,
    VisitState,
)
from dakehu.cases.errors import UnableToKeepCase
from dakehu.cases.events import CaseClosed
from dakehu.cases.models import BatchRow, Case
from dakehu.cases.operations import promising
from dakehu.cases.operations.asking import ask_owner, done_asking
from dakehu.cases.operations.keeping import held, keep, require_work_on, write_act
from dakehu.cases.operations.settling import refuse_open_orders
from dakehu.cases.policies import CREATE, HANDLE
from dakehu.cases.values import Done
from dakehu.common import events
from dakehu.obligations.operations import record_act, withdraw_act
from dakehu.people.policies import require

if TYPE_CHECKING:
    from dakehu.people.models import Staff

VISITED = frozenset(
    {
        CaseKind.COMPLAINT,
        CaseKind.FAULT,
        CaseKind.COVERAGE,
        CaseKind.BATCH,
        CaseKind.INSTALLATION,
        CaseKind.RETURN,
    }
)
"""Kinds after whose closing the customer is asked whether it is solved (R10)."""

GIVEN = (CloseResult.SOLVED, CloseResult.PARTLY)
"""Results with which a demonstration or training was given."""
NOTE_LENGTH = 200


@dataclass(frozen=True)
class Ending:
    """With what a case is closed; the answer is what the customer is told."""

    result: str
    cause: str
    answer: str


@transaction.atomic
def close_case(
    *, case: Case, version: int | None, ending: Ending, by: "Staff", at: datetime
) -> Case:
    """
    Close a case; of a fault with reporters every one of them is answered and closed with it.

    :raises PermissionDenied: if somebody else works on it.
    :raises UnableToKeepCase: while a part of it, or support for it, is open, a work order, or
        rows of its list.
    """
    require(by, HANDLE)
    stored, _state = held(case, Move.CLOSE, version=version)
    require_work_on(by, stored)
    refuse_open_parts(stored)
    refuse_open_orders(stored)
    closed(stored, ending, by=by, at=at)
    reporters = stored.children.open().filter(bond=Bond.REPORT).order_by("pk")
    for reporter in reporters:
        kept, _state = held(reporter, Move.CLOSE)
        refuse_open_orders(kept)
        closed(kept, ending, by=by, at=at)
    return stored


@transaction.atomic
def withdraw_entered(*, case: Case, reason: str, by: "Staff", at: datetime) -> Case:
    """
    Take back a case that was entered by mistake: closed as such, its clocks withdrawn.

    Nobody is told anything, and nobody is asked afterwards.

    :raises PermissionDenied: if the role may not.
    :raises UnableToKeepCase: if somebody has worked on it, or told the customer something.
    """
    require(by, CREATE)
    stored, _state = held(case, Move.CLOSE)
    if stored.state != CaseState.NEW or stored.acts.exists() or stored.children.exists():
        words = _("%(number)s was worked on meanwhile. Close it with what came of it.")
        raise UnableToKeepCase(words % {"number": stored.number})
    mistake = CloseResult.MISTAKE
    keep(
        stored, CaseState.CLOSED, by=by, at=at, reason=reason,
        result=mistake, closed_at=at, closed_by=by, visit=VisitState.NONE,
    )  # fmt: skip
    facts = {"result": mistake.value, "cause": ""}
    write_act(stored, Done(ActKind.CLOSED, reason, facts=facts), by=by, at=at)
    promising.drop(stored, by=by, at=at)
    done_asking(stored, by=by, at=at)
    return stored


def refuse_open_parts(case: Case) -> None:
    """Pass in silence if everything that belongs to a case is done.

    :raises UnableToKeepCase: otherwise, naming what is open.
    """
    parts = case.children.open().filter(bond__in=[Bond.PART, Bond.SUPPORT]).order_by("pk")
    if first := parts.first():
        words = _("%(number)s, which belongs to this case, is still open. Close it first.")
        raise UnableToKeepCase(words % {"number": first.number})
    if case.kind == CaseKind.BATCH and case.rows.filter(result=BatchRow.Result.OPEN).exists():
        raise UnableToKeepCase(_("Rows of the list are still open. Say what came of them first."))


def closed(case: Case, ending: Ending, *, by: "Staff", at: datetime) -> None:
    """Close one case: the answer is an act, the clocks end, the to-do is done."""
    if not ending.answer.strip():
        raise UnableToKeepCase(_("Write what the customer was told."), "answer")
    result = CloseResult(ending.result)
    asks = case.kind in VISITED and result != CloseResult.WITHDRAWN
    keep(
        case,
        CaseState.CLOSED,
        by=by,
        at=at,
        result=result,
        cause=ending.cause,
        answer=ending.answer,
        answered_at=case.answered_at or at,
        closed_at=at,
        closed_by=by,
        visit=VisitState.DUE if asks else VisitState.NONE,
    )
    facts = {"result": result.value, "cause": ending.cause}
    told = Done(ActKind.CLOSED, ending.answer, is_internal=False, facts=facts)
    write_act(case, told, by=by, at=at)
    promising.finish(case, by=by, at=at)
    done_asking(case, by=by, at=at)
    count_case(case, by=by, at=at)
    if case.parent is not None and case.bond == Bond.SUPPORT:
        reported = {"number": case.number, "done": True}
        done = Done(ActKind.SUPPORT, ending.answer, facts=reported)
        write_act(case.parent, done, by=by, at=at)
    event = CaseClosed(case.pk, case.kind, case.customer_id, result.value, by.pk, at)
    transaction.on_commit(partial(events.announce, event))


def count_case(case: Case, *, by: "Staff", at: datetime) -> None:
    """Let a demonstration or training that was given count for what is owed (C7, C12).

    A signed work order of the case is the better evidence; where there is one it counts instead.
    """
    service = ACT_SERVICES.get(case.kind)
    if service is None or case.customer is None or case.result not in GIVEN:
        return
    if case.orders.filter(state=OrderState.SIGNED).exists():
        return
    record_act(
        customer=case.customer,
        service_code=service,
        happened_at=at,
        evidence=CASE,
        evidence_id=case.pk,
        note=f"{case.number} {case.answer}"[:NOTE_LENGTH],
        by=by,
        at=at,
    )


def uncount_case(case: Case, *, by: "Staff", at: datetime) -> None:
    """Take back what a closed case proved, because it is open again."""
    service = ACT_SERVICES.get(case.kind)
    if service is not None and case.customer is not None:
        withdraw_act(
            customer=case.customer,
            service_code=service,
            evidence=CASE,
            evidence_id=case.pk,
            by=by,
            at=at,
        )


@transaction.atomic
def reopen_case(
    *, case: Case, version: int | None, reason: str, by: "Staff", at: datetime
) -> Case:
    """
    Open a closed case again, for whoever worked on it last.

    :raises PermissionDenied: if the role may not.
    :raises UnableToKeepCase: without a reason, or if it is not closed.
    """
    require(by, HANDLE)
    stored, _state = held(case, Move.REOPEN, version=version)
    if not reason.strip():
        raise UnableToKeepCase(_("Say why the case is opened again."), "reason")
    opened_again(stored, owner=stored.owner, reason=reason, by=by, at=at)
    return stored


def opened_again(
    case: Case, *, owner: "Staff | None", reason: str, by: "Staff", at: datetime
) -> None:
    """Open a case again for an owner, or into its queue if there is none."""
    keep(
        case,
        CaseState.TAKEN if owner else CaseState.NEW,
        by=by,
        at=at,
        reason=reason,
        owner=owner,
        closed_at=None,
        closed_by=None,
        result="",
        cause="",
        answer="",
        reopened=case.reopened + 1,
        visit=VisitState.NONE,
    )
    write_act(case, Done(ActKind.REOPENED, reason), by=by, at=at)
    uncount_case(case, by=by, at=at)
    ask_owner(case, by=by, at=at)
    promising.begin(case, by=by, at=at)
