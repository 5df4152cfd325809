"""How every act changes a case: under lock, by the table of states, on record."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from dakehu.audit.operations import save_record
from dakehu.cases.choices import CaseState, Move
from dakehu.cases.errors import UnableToKeepCase
from dakehu.cases.models import Case, CaseAct
from dakehu.cases.operations.telling import tell_case
from dakehu.cases.policies import HANDLE, may_work_on
from dakehu.cases.rules.order import turn_of
from dakehu.cases.rules.states import after
from dakehu.cases.values import Done, Place
from dakehu.hooks.choices import EventKind

if TYPE_CHECKING:
    from dakehu.people.models import Staff

AT_HAND = ("unit", "owner", "first_taker", "customer", "manager", "parent")


def held(case: Case, move: Move, *, version: int | None = None) -> tuple[Case, CaseState]:
    """
    Return a case under lock, and the state in which a move leaves it.

    :raises UnableToKeepCase: if the move cannot be done in its state, or somebody changed the case
        since ``version`` was on the screen.
    """
    stored = locked(case)
    if version not in {None, stored.version}:
        raise UnableToKeepCase(changed_words(stored))
    state = after(stored.state, move)
    if state is None:
        raise UnableToKeepCase(refusal_words(stored, move))
    return stored, state


def locked(case: Case) -> Case:
    """Return a case as it is stored, under lock until the end of the transaction."""
    # Locked alone, then read: rows joined to one that was waited for are those of before.
    Case.objects.select_for_update().get(pk=case.pk)
    found: Case = Case.objects.select_related(*AT_HAND).get(pk=case.pk)
    return found


def changed_words(case: Case) -> str:
    """Say that a case is not what was on the screen any more, and who has it now."""
    if case.owner:
        words = _("Somebody changed this case meanwhile; %(owner)s works on it. Look again.")
        return words % {"owner": case.owner}
    return _("Somebody changed this case meanwhile. Look again.")


def refusal_words(case: Case, move: str) -> str:
    """Say why a move cannot be done in the state of a case."""
    if case.state == CaseState.MERGED:
        words = _("This case was merged into %(number)s. Go on there.")
        return words % {"number": case.merged_into.number if case.merged_into else ""}
    if case.state == CaseState.CLOSED:
        return _("This case is closed. Open it again first.")
    if move == Move.WAIT and case.state == CaseState.WAITING:
        return _("The clocks of this case stand still already.")
    if move == Move.RESUME:
        return _("The clocks of this case do not stand still.")
    if move == Move.WAIT:
        return _("Nobody works on this case yet. Take it first.")
    if move == Move.REOPEN:
        return _("This case is open.")
    words = _("“%(move)s” cannot be done while the case stands at “%(state)s”.")
    return words % {"move": Move(move).label, "state": case.get_state_display()}


def require_work_on(by: "Staff", case: Case) -> None:
    """Pass in silence if somebody may settle a case.

    :raises PermissionDenied: otherwise.
    """
    if not may_work_on(by, case):
        raise PermissionDenied(HANDLE)


def turned(case: Case) -> Case:
    """Return a case whose place in the working order follows from what it says of itself."""
    case.turn = turn_of(Place(case.priority, case.due_at, case.opened_at))
    return case


def keep(
    case: Case, state: str, *, by: "Staff | None", at: datetime, reason: str = "", **values: Any
) -> None:
    """Store the new state of a case and what else changed."""
    was_closed = case.state == CaseState.CLOSED
    case.state = CaseState(state)
    for name, value in values.items():
        setattr(case, name, value)
    save_record(case, by=by, at=at, reason=reason)
    is_news = case.state == CaseState.CLOSED and not was_closed
    tell_case(case, EventKind.CASE_CLOSED if is_news else EventKind.CASE_CHANGED, at=at)


def write_act(case: Case, done: Done, *, by: "Staff | None", at: datetime) -> CaseAct:
    """Add to what was done on a case."""
    act: CaseAct = CaseAct.objects.create(
        case=case,
        kind=done.kind,
        at=at,
        by=by,
        text=done.text,
        is_internal=done.is_internal,
        facts=dict(done.facts),
    )
    return act
