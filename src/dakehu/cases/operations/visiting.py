"""The return visit after closing: is it solved, and how content is the customer (R10)."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from dakehu.audit.operations import save_record
from dakehu.cases.choices import ActKind, CaseState, VisitState
from dakehu.cases.errors import UnableToKeepCase
from dakehu.cases.models import Case, ReturnVisit
from dakehu.cases.operations.closing import opened_again
from dakehu.cases.operations.keeping import locked, write_act
from dakehu.cases.policies import ASSIGN, HANDLE
from dakehu.cases.values import Done
from dakehu.people.policies import require
from dakehu.people.queries import staff_above, staff_who_may

if TYPE_CHECKING:
    from dakehu.people.models import Staff


@dataclass(frozen=True)
class Said:
    """What a customer said at a return visit; ``is_solved`` is None if nobody was reached."""

    is_solved: bool | None
    satisfaction: int | None = None
    note: str = ""


@transaction.atomic
def record_visit(*, case: Case, said: Said, by: "Staff", at: datetime) -> ReturnVisit:
    """
    Record a return visit; what is not solved is opened again, for the owner's superior.

    :raises PermissionDenied: if the role may not.
    :raises UnableToKeepCase: if the case is not closed, or unsolved without a word.
    """
    require(by, HANDLE)
    stored = locked(case)
    if stored.state != CaseState.CLOSED:
        raise UnableToKeepCase(_("A return visit follows after closing."))
    if said.is_solved is False and not said.note.strip():
        raise UnableToKeepCase(_("Say what is still not solved."), "note")
    visit: ReturnVisit = ReturnVisit.objects.create(
        case=stored,
        at=at,
        by=by,
        reached=said.is_solved is not None,
        is_solved=said.is_solved,
        satisfaction=said.satisfaction if said.is_solved is not None else None,
        note=said.note,
    )
    state = state_after(said)
    facts = {"visit": state.value, "satisfaction": said.satisfaction}
    write_act(stored, Done(ActKind.VISITED, said.note, facts=facts), by=by, at=at)
    if state == VisitState.UNSOLVED:
        superior = superior_of(stored)
        opened_again(stored, owner=superior, reason=said.note, by=by, at=at)
    stored.visit = state
    save_record(stored, by=by, at=at)
    return visit


def state_after(said: Said) -> VisitState:
    """Return what a visit makes of a case."""
    if said.is_solved is None:
        return VisitState.UNREACHED
    return VisitState.SOLVED if said.is_solved else VisitState.UNSOLVED


def superior_of(case: Case) -> "Staff | None":
    """
    Return who answers for what the owner did not solve: the leader of the owner's unit, else the
    nearest above who hands out work; whoever did not solve it does not get it back.
    """
    unit = case.owner.unit if case.owner else case.unit
    leader = unit.leader
    if leader is not None and leader.pk != case.owner_id and leader.is_active:
        return leader
    above = [pk for pk in staff_above(unit.pk, permission=ASSIGN) if pk != case.owner_id]
    found: Staff | None = staff_who_may(ASSIGN).filter(pk__in=above[:1]).first()
    return found
