"""Working on a case: take, hand over, talk to the customer, wait and go on."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from dakehu.cases.choices import TALKS, ActKind, CaseState, Move
from dakehu.cases.errors import UnableToKeepCase
from dakehu.cases.models import Case, CaseAct
from dakehu.cases.operations import promising
from dakehu.cases.operations.asking import ask_owner
from dakehu.cases.operations.keeping import held, keep, require_work_on, write_act
from dakehu.cases.policies import ASSIGN, HANDLE
from dakehu.cases.queries.people import receivers_for
from dakehu.cases.values import Done, Passing, Talk
from dakehu.people.policies import may, require

if TYPE_CHECKING:
    from dakehu.people.models import Staff


@transaction.atomic
def take_case(*, case: Case, version: int | None, by: "Staff", at: datetime) -> Case:
    """
    Take a case from the queue, or over from somebody if one hands out work.

    :raises PermissionDenied: if the role may not.
    :raises UnableToKeepCase: if somebody else was quicker, or the case is not open.
    """
    require(by, HANDLE)
    stored, state = held(case, Move.TAKE, version=version)
    if stored.owner_id not in {None, by.pk} and not may(by, ASSIGN):
        words = _("%(owner)s works on this case. Ask them to hand it over.")
        raise UnableToKeepCase(words % {"owner": stored.owner})
    if stored.owner_id == by.pk:
        return stored
    keep(stored, state, by=by, at=at, owner=by)
    write_act(stored, Done(ActKind.TAKEN), by=by, at=at)
    owned(stored, by=by, at=at)
    return stored


@transaction.atomic
def give_case(*, case: Case, version: int | None, to: Passing, by: "Staff", at: datetime) -> Case:
    """
    Hand a case over to somebody, or into the queue of another team.

    :raises PermissionDenied: if the role may not.
    :raises UnableToKeepCase: if the person may not be given cases, or nothing would change.
    """
    require(by, HANDLE)
    stored, state = held(case, Move.GIVE if to.owner else Move.SPLIT, version=version)
    require_work_on(by, stored)
    team = to.unit or stored.unit
    if to.owner and not receivers_for(by, stored).filter(pk=to.owner.pk).exists():
        raise UnableToKeepCase(_("This person cannot be given cases by you."), "owner")
    if to.owner is None and team.pk == stored.unit_id:
        raise UnableToKeepCase(_("Name a person, or another team."), "owner")
    kept = state if to.owner else CaseState.NEW
    facts = {"owner": str(to.owner) if to.owner else "", "unit": str(team)}
    keep(stored, kept, by=by, at=at, reason=to.reason, owner=to.owner, unit=team)
    write_act(stored, Done(ActKind.HANDED_OVER, to.reason, facts=facts), by=by, at=at)
    owned(stored, by=by, at=at)
    return stored


@transaction.atomic
def put_back(*, case: Case, version: int | None, reason: str, by: "Staff", at: datetime) -> Case:
    """
    Put a case back into the queue of its team.

    :raises PermissionDenied: if somebody else works on it.
    :raises UnableToKeepCase: if nobody works on it.
    """
    require(by, HANDLE)
    stored, state = held(case, Move.PUT_BACK, version=version)
    require_work_on(by, stored)
    keep(stored, state, by=by, at=at, reason=reason, owner=None)
    write_act(stored, Done(ActKind.PUT_BACK, reason), by=by, at=at)
    owned(stored, by=by, at=at)
    return stored


def owned(case: Case, *, by: "Staff", at: datetime) -> None:
    """Let the to-do and the clocks follow the owner of a case."""
    ask_owner(case, by=by, at=at)
    promising.hand_over(case, by=by, at=at)


@transaction.atomic
def note_on(*, case: Case, text: str, by: "Staff", at: datetime) -> CaseAct:
    """
    Write an internal note on a case.

    :raises PermissionDenied: if the role may not.
    :raises UnableToKeepCase: if the case was merged into another.
    """
    require(by, HANDLE)
    stored, _state = held(case, Move.NOTE)
    return write_act(stored, Done(ActKind.NOTE, text), by=by, at=at)


@transaction.atomic
def talk_to_customer(*, case: Case, talk: Talk, by: "Staff", at: datetime) -> CaseAct:
    """
    Record a call with the customer, or a message to them; this is what answers a clock.

    Whatever else changes about a case answers none: an answer is an act (spec of service clocks).

    :raises PermissionDenied: if the role may not.
    :raises UnableToKeepCase: if the case is not open.
    """
    require(by, HANDLE)
    stored, state = held(case, Move.TALK)
    if talk.kind not in TALKS or not talk.text.strip():
        raise UnableToKeepCase(_("Write what was said to the customer."), "text")
    # What it answers is kept with it: whose case it is may be found out later.
    facts = {**talk.facts, "answers": list(talk.answers)} if talk.answers else talk.facts
    told = Done(talk.kind, talk.text, is_internal=False, facts=facts)
    act = write_act(stored, told, by=by, at=at)
    if stored.answered_at is None:
        keep(stored, state, by=by, at=at, answered_at=at)
    promising.answer(stored, talk.answers, by=by, at=at)
    return act


@transaction.atomic
def wait_for_customer(
    *, case: Case, version: int | None, reason: str, by: "Staff", at: datetime
) -> Case:
    """
    Let the clocks stand still while the customer has to do something.

    :raises PermissionDenied: if somebody else works on it.
    :raises UnableToKeepCase: without a reason, if they stand still already, or nobody works on it.
    """
    stored, state = held(case, Move.WAIT, version=version)
    require_work_on(by, stored)
    if not reason.strip():
        raise UnableToKeepCase(_("Say what the customer has to do."), "reason")
    write_act(stored, Done(ActKind.WAITED, reason), by=by, at=at)
    keep(stored, state, by=by, at=at, reason=reason)
    promising.pause(stored, reason=reason, by=by, at=at)
    return stored


@transaction.atomic
def go_on(*, case: Case, version: int | None, by: "Staff", at: datetime) -> Case:
    """
    Let the clocks of a case run again.

    :raises PermissionDenied: if somebody else works on it.
    :raises UnableToKeepCase: if they do not stand still.
    """
    stored, state = held(case, Move.RESUME, version=version)
    require_work_on(by, stored)
    write_act(stored, Done(ActKind.RESUMED), by=by, at=at)
    keep(stored, state, by=by, at=at)
    promising.resume(stored, by=by, at=at)
    return stored
