"""Solutions and contracts: written, released by a second person, signed (OP14, OP15)."""

from dataclasses import asdict
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dakehu.audit.operations import create_record, save_record
from dakehu.common import events
from dakehu.files.queries.attachments import attachments_of
from dakehu.opportunities.choices import (
    ALIVE,
    RELEASE,
    WORKING,
    Move,
    PaperAct,
    PaperKind,
    PaperState,
    SalesStage,
    State,
)
from dakehu.opportunities.errors import UnableToKeepOpportunity
from dakehu.opportunities.models import Contract, Opportunity, Solution
from dakehu.opportunities.operations.keeping import Step, held, move_on
from dakehu.opportunities.operations.selling import Signed, move_stage, win
from dakehu.opportunities.policies import APPROVE, HANDLE, has_it, may_release
from dakehu.opportunities.queries.papers import kind_of
from dakehu.opportunities.rules.papers import (
    LONGEST_TEXT,
    LONGEST_YEARS,
    MOST_DAYS,
    trouble_in_parts,
    trouble_in_stamps,
    trouble_in_terms,
)
from dakehu.opportunities.rules.templates import left_places
from dakehu.opportunities.values import Parts, Stamps, Terms
from dakehu.people.events import ApprovalAsked, ApprovalEnded
from dakehu.people.policies import require
from dakehu.people.queries import decider_for

if TYPE_CHECKING:
    from dakehu.people.models import Staff

Written = TypeVar("Written", Contract, Solution)


@transaction.atomic
def write_solution(
    *, opportunity: Opportunity, parts: Parts, by: "Staff", at: datetime
) -> Solution:
    """
    Write the next version of a solution.

    :raises PermissionDenied: unless ``by`` has the opportunity, or hands out.
    :raises UnableToKeepOpportunity: if it has not been claimed, a version is being worked on, or
        something is wrong with the parts.
    """
    stored = mine(opportunity, by)
    refuse(trouble_in_parts(parts))
    if worked_on := stored.solutions.filter(state__in=WORKING).first():
        words = _("Version %(number)s is being worked on. Change, release or withdraw it first.")
        raise UnableToKeepOpportunity(words % {"number": worked_on.number})
    newest = stored.solutions.aggregate(newest=Max("number"))["newest"] or 0
    fresh = Solution(
        opportunity=stored, number=newest + 1, written_by=by, written_at=at, **asdict(parts)
    )
    create_record(fresh, by=by, at=at)
    tell(stored, fresh, PaperAct.WRITE, by=by, at=at)
    return fresh


@transaction.atomic
def write_contract(
    *, opportunity: Opportunity, terms: Terms, by: "Staff", at: datetime
) -> Contract:
    """
    Write a contract.

    :raises PermissionDenied: unless ``by`` has the opportunity, or hands out.
    :raises UnableToKeepOpportunity: if it has not been claimed, another contract is worked on, the
        number is taken, or something is wrong with the terms.
    """
    stored = mine(opportunity, by)
    refuse(trouble_in_terms(terms))
    if other := stored.contracts.filter(state__in=ALIVE).first():
        words = _("Contract %(number)s is not signed yet. Change or withdraw it first.")
        raise UnableToKeepOpportunity(words % {"number": other.number})
    refuse_taken(terms.number)
    fresh = Contract(opportunity=stored, written_by=by, written_at=at, **asdict(terms))
    create_record(fresh, by=by, at=at)
    tell(stored, fresh, PaperAct.WRITE, by=by, at=at)
    return fresh


def mine(opportunity: Opportunity, by: "Staff") -> Opportunity:
    """
    Return an opportunity under lock for which somebody may write papers.

    :raises PermissionDenied: unless they have it, or hand out.
    :raises UnableToKeepOpportunity: if nobody has claimed it, or it is closed.
    """
    require(by, HANDLE)
    stored, _state = held(opportunity, Move.PAPER)
    if not has_it(by, stored):
        raise PermissionDenied(HANDLE)
    return stored


def refuse(trouble: tuple[str, str]) -> None:
    """Pass in silence if nothing is wrong.

    :raises UnableToKeepOpportunity: otherwise, at the input.
    """
    field, code = trouble
    if not code:
        return
    words = {
        "no_number": _("Type the number of the contract."),
        "no_words": _("Write what is offered."),
        "negative": _("An amount is not below zero."),
        "ends_first": _("It ends before it begins. Correct one of the two days."),
        "too_far": _("It runs for more than %(most)s years. Check the year.")
        % {"most": LONGEST_YEARS},
        "notice": _("From 0 to %(most)s days.") % {"most": MOST_DAYS},
        "too_long": _("At most %(most)s characters; put the rest into a file.")
        % {"most": LONGEST_TEXT},
        "ahead": _("This day has not come yet. Record it once the stamp is on the paper."),
    }
    raise UnableToKeepOpportunity(words[code], field)


def refuse_left_places(paper: Any) -> None:
    """Pass in silence if a solution has no place left that a template named.

    :raises UnableToKeepOpportunity: otherwise, naming the first.
    """
    if isinstance(paper, Solution) and (left := left_places(paper.technical + paper.commercial)):
        words = _("Write something for %(place)s first: nothing was known for it.")
        raise UnableToKeepOpportunity(words % {"place": left[0]})


def refuse_taken(number: str, *, but: int | None = None) -> None:
    """Pass in silence if no other contract has a number.

    :raises UnableToKeepOpportunity: otherwise.
    """
    others = Contract.objects.filter(number=number).exclude(state=PaperState.WITHDRAWN)
    if (others if but is None else others.exclude(pk=but)).exists():
        raise UnableToKeepOpportunity(_("Another contract has this number."), "number")


def locked_paper(paper: Written, *states: str) -> tuple[Opportunity, Written]:
    """
    Return the opportunity of a paper and the paper, both under lock, if it stands at a state.

    :raises UnableToKeepOpportunity: if somebody dealt with it meanwhile, or it is over.
    """
    stored, _state = held(paper.opportunity, Move.PAPER)
    found = type(paper).objects.select_for_update().get(pk=paper.pk)
    found.opportunity = stored
    if found.state not in states:
        words = _("It stands at “%(state)s”. Look again.")
        raise UnableToKeepOpportunity(words % {"state": found.get_state_display()})
    return stored, found


def may_go_on(stored: Opportunity, by: "Staff") -> None:
    """Pass in silence if somebody may work on the papers of an opportunity.

    :raises PermissionDenied: otherwise.
    """
    require(by, HANDLE)
    if not has_it(by, stored):
        raise PermissionDenied(HANDLE)


@transaction.atomic
def change_paper(
    *, paper: Written, told: Parts | Terms, version: int, by: "Staff", at: datetime
) -> Written:
    """
    Change a draft.

    :raises PermissionDenied: unless ``by`` has the opportunity, or hands out.
    :raises UnableToKeepOpportunity: if it is no draft any more, or something is wrong with it.
    :raises EditedMeanwhile: if somebody else changed the same since ``version``.
    """
    stored, found = locked_paper(paper, PaperState.DRAFT)
    may_go_on(stored, by)
    if isinstance(told, Terms):
        refuse(trouble_in_terms(told))
        refuse_taken(told.number, but=found.pk)
    else:
        refuse(trouble_in_parts(told))
    for name, value in asdict(told).items():
        setattr(found, name, value)
    if save_record(found, version=version, by=by, at=at):
        tell(stored, found, PaperAct.CHANGE, by=by, at=at)
    return found


@transaction.atomic
def propose_paper(*, paper: Written, by: "Staff", at: datetime) -> Written:
    """
    Ask a second person to release a draft.

    :raises PermissionDenied: unless ``by`` has the opportunity, or hands out.
    :raises UnableToKeepOpportunity: if it is no draft any more, or a place of a template is left.
    """
    stored, found = locked_paper(paper, PaperState.DRAFT)
    may_go_on(stored, by)
    refuse_left_places(found)
    turn(stored, found, PaperAct.PROPOSE, PaperState.PROPOSED, by=by, at=at, proposed_by=by)
    asked = ApprovalAsked(
        source=RELEASE[kind_of(found)],
        source_id=found.pk,
        owner_id=decider_for(by, APPROVE),
        unit_id=by.unit_id,
        at=at,
        facts={"title": str(found), "by": by.name},
        customer_id=stored.customer_id,
    )
    transaction.on_commit(partial(events.announce, asked))
    return found


@transaction.atomic
def release_paper(*, paper: Written, by: "Staff", at: datetime) -> Written:
    """
    Release a paper, as a second person.

    :raises PermissionDenied: if the role may not.
    :raises UnableToKeepOpportunity: if ``by`` wrote or proposed it, or it was dealt with.
    """
    stored, found = decided(paper, by)
    values = {"decided_by": by, "decided_at": at, "reason": ""}
    turn(stored, found, PaperAct.RELEASE, PaperState.RELEASED, by=by, at=at, **values)
    end_asking(found, by, at=at)
    return found


@transaction.atomic
def send_back(*, paper: Written, reason: str, by: "Staff", at: datetime) -> Written:
    """
    Send a paper back to whoever wrote it, with the reason.

    :raises PermissionDenied: if the role may not.
    :raises UnableToKeepOpportunity: without a reason, or if it was dealt with.
    """
    stored, found = decided(paper, by)
    if not reason.strip():
        raise UnableToKeepOpportunity(_("Say what is to be changed."), "text")
    turn(stored, found, PaperAct.SEND_BACK, PaperState.DRAFT, by=by, at=at, reason=reason[:200])
    end_asking(found, by, at=at)
    return found


def decided(paper: Written, by: "Staff") -> tuple[Opportunity, Written]:
    """
    Return a paper under lock about which somebody may decide.

    :raises PermissionDenied: if the role may not.
    :raises UnableToKeepOpportunity: if it does not wait, or is one's own.
    """
    require(by, APPROVE)
    stored, found = locked_paper(paper, PaperState.PROPOSED)
    if not may_release(by, found):
        raise UnableToKeepOpportunity(_("Somebody else must release what you wrote."))
    return stored, found


@transaction.atomic
def withdraw_paper(*, paper: Written, reason: str, by: "Staff", at: datetime) -> Written:
    """
    Withdraw a paper that is not signed.

    :raises PermissionDenied: unless ``by`` has the opportunity, or hands out.
    :raises UnableToKeepOpportunity: without a reason, or if it is signed.
    """
    stored, found = locked_paper(paper, *ALIVE)
    may_go_on(stored, by)
    if not reason.strip():
        raise UnableToKeepOpportunity(_("Say why."), "text")
    dropped(stored, found, reason, by=by, at=at)
    return found


def dropped(
    stored: Opportunity, found: Contract | Solution, reason: str, *, by: "Staff", at: datetime
) -> None:
    """Withdraw a paper that is held, and ask nobody about it any more."""
    state = PaperState.WITHDRAWN
    turn(stored, found, PaperAct.WITHDRAW, state, by=by, at=at, reason=reason[:200])
    end_asking(found, None, at=at)


def drop_papers(stored: Opportunity, reason: str, *, by: "Staff", at: datetime) -> None:
    """Withdraw what is not signed of an opportunity of which nothing comes."""
    for rows in (stored.solutions, stored.contracts):
        for paper in rows.filter(state__in=ALIVE).select_for_update():
            dropped(stored, paper, reason, by=by, at=at)


@transaction.atomic
def sign_contract(*, contract: Contract, stamps: Stamps, by: "Staff", at: datetime) -> Contract:
    """
    Record that both sides stamped a released contract: the opportunity is won.

    :raises PermissionDenied: unless ``by`` has the opportunity, or hands out.
    :raises UnableToKeepOpportunity: if it is not released, a stamp is of a day to come, or the
        stamped paper is not among its files.
    """
    stored, found = locked_paper(contract, PaperState.RELEASED)
    may_go_on(stored, by)
    refuse(trouble_in_stamps(stamps, on=localdate(at)))
    if not attachments_of(found):
        raise UnableToKeepOpportunity(_("Attach the stamped paper to the contract first."))
    turn(stored, found, PaperAct.SIGN, PaperState.SIGNED, by=by, at=at, **asdict(stamps))
    if stored.state == State.CLAIMED:
        move_stage(opportunity=stored, stage=SalesStage.CONTRACT, by=by, at=at)
    if stored.state != State.WON:
        win(opportunity=stored, signed=Signed(found.number, found.value_fen), by=by, at=at)
    return found


def turn(
    stored: Opportunity,
    found: Any,
    act: PaperAct,
    state: PaperState,
    *,
    by: "Staff",
    at: datetime,
    **values: Any,
) -> None:
    """Store the new state of a paper and what else changed, and tell it in the passport."""
    found.state = state
    for name, value in values.items():
        setattr(found, name, value)
    save_record(found, by=by, at=at, reason=values.get("reason", ""))
    tell(stored, found, act, by=by, at=at, text=values.get("reason", ""))


def tell(
    stored: Opportunity,
    found: Any,
    act: PaperAct,
    *,
    by: "Staff | None",
    at: datetime,
    text: str = "",
) -> None:
    """Write into the passport what was done with a paper."""
    facts = {"paper": PaperKind(kind_of(found)).value, "act": act.value, "title": found.title}
    move_on(stored, State(stored.state), Step(Move.PAPER, text, facts=facts), by=by, at=at)


def end_asking(found: Any, by: "Staff | None", *, at: datetime) -> None:
    """Tell that a paper waits for nobody any more."""
    ended = ApprovalEnded(RELEASE[kind_of(found)], found.pk, by, at)
    transaction.on_commit(partial(events.announce, ended))
