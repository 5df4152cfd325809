"""What is answered to an offer, and what becomes of it with whoever took it over (OP4, OP6)."""

from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from dakehu.clocks import operations as clocks
from dakehu.clocks.choices import ClockKind
from dakehu.opportunities.choices import (
    OPPORTUNITY,
    Element,
    Ending,
    LossReason,
    Move,
    ReturnReason,
    SalesStage,
    State,
)
from dakehu.opportunities.errors import UnableToKeepOpportunity
from dakehu.opportunities.models import Offer, Opportunity
from dakehu.opportunities.operations.keeping import (
    Step,
    drop_clock,
    end_offers,
    held,
    move_on,
    refusal_words,
    still_asked,
)
from dakehu.opportunities.operations.papers import drop_papers
from dakehu.opportunities.policies import HANDLE, VIEW, has_it, may_edit
from dakehu.opportunities.rules.elements import missing
from dakehu.opportunities.values import Elements
from dakehu.people.policies import require

if TYPE_CHECKING:
    from dakehu.people.models import Staff

LONGEST = 4000


@transaction.atomic
def claim(*, opportunity: Opportunity, by: "Staff", at: datetime) -> Opportunity:
    """
    Take responsibility for an opportunity that is offered; of all who try, one alone gets it.

    :raises PermissionDenied: if the role may not.
    :raises UnableToKeepOpportunity: if somebody else was quicker (it names them), the time is
        over, or the offer was withdrawn or never made.
    """
    require(by, HANDLE)
    stored, state = held(opportunity, Move.CLAIM)
    if stored.due_at is not None and stored.due_at <= at:
        # The sweep has not come by yet; late is late.
        stored.state = State.EXPIRED
        raise UnableToKeepOpportunity(refusal_words(stored, Move.CLAIM))
    refuse_stranger(stored, by)
    clocks.stop_clock(
        subject=OPPORTUNITY,
        subject_id=stored.pk,
        kind=ClockKind.FIRST_RESPONSE,
        by=by,
        at=at,
    )
    end_offers(stored, Ending.CLAIMED, by=by, at=at, winner=by)
    begun = {"stage": SalesStage.DIGGING, "stage_at": at}
    move_on(stored, state, Step(Move.CLAIM), by=by, at=at, receiver=by, claimed_at=at, **begun)
    return stored


def refuse_stranger(stored: Opportunity, by: "Staff") -> None:
    """Pass in silence if an open offer asks somebody.

    :raises UnableToKeepOpportunity: otherwise.
    """
    open_offers = Offer.objects.filter(opportunity=stored, ending=Ending.OPEN)
    if not open_offers.filter(receiver=by).exists():
        words = _("This opportunity is not offered to you. It is offered to %(name)s.")
        raise UnableToKeepOpportunity(words % {"name": stored.receiver})


@transaction.atomic
def give_back(
    *, opportunity: Opportunity, reason: str, text: str, by: "Staff", at: datetime
) -> Opportunity:
    """
    Give an opportunity back to the operations center, with the reason (OP6).

    Of several to whom it is offered, the others keep their offers.

    :raises PermissionDenied: if the role may not, or somebody else has it.
    :raises UnableToKeepOpportunity: if it is neither offered to ``by`` nor theirs.
    """
    require(by, HANDLE)
    stored, state = held(opportunity, Move.RETURN)
    if reason not in ReturnReason.values:
        raise UnableToKeepOpportunity(_("Choose a reason."), "reason")
    facts = {"reason": reason}
    step = Step(Move.RETURN, text[:LONGEST], facts=facts)
    if stored.state != State.OFFERED:
        if not has_it(by, stored):
            raise PermissionDenied(HANDLE)
        move_on(stored, state, step, by=by, at=at, receiver=None, claimed_at=None)
        return stored
    refuse_stranger(stored, by)
    others = Offer.objects.filter(opportunity=stored, ending=Ending.OPEN).exclude(receiver=by)
    if (other := others.select_related("receiver").first()) is not None:
        end_one(stored, by, reason, at=at)
        move_on(stored, State.OFFERED, step, by=by, at=at, receiver=other.receiver)
        return stored
    drop_clock(stored, str(ReturnReason(reason).label), by=by, at=at)
    end_offers(stored, Ending.RETURNED, by=by, at=at, reason=reason)
    move_on(stored, state, step, by=by, at=at, receiver=None)
    return stored


def end_one(stored: Opportunity, by: "Staff", reason: str, *, at: datetime) -> None:
    """Let the offer to one of several be over; the others are still asked."""
    mine = Offer.objects.get(opportunity=stored, ending=Ending.OPEN, receiver=by)
    mine.ending, mine.ended_at, mine.reason = Ending.RETURNED, at, reason
    mine.save(update_fields=["ending", "ended_at", "reason"])
    still_asked(mine, is_done=False, by=by, at=at)


@transaction.atomic
def add_note(*, opportunity: Opportunity, text: str, by: "Staff", at: datetime) -> Opportunity:
    """
    Add a remark to the passport; everybody who sees the opportunity reads it.

    :raises PermissionDenied: if the role may not.
    :raises UnableToKeepOpportunity: if nothing was written, or too much.
    """
    require(by, VIEW)
    stored, state = held(opportunity, Move.NOTE)
    if not text.strip():
        raise UnableToKeepOpportunity(_("Write something first."), "text")
    if len(text) > LONGEST:
        words = _("At most %(most)s characters; put the rest into a file.")
        raise UnableToKeepOpportunity(words % {"most": LONGEST}, "text")
    move_on(stored, state, Step(Move.NOTE, text), by=by, at=at)
    return stored


@transaction.atomic
def complete_elements(
    *, opportunity: Opportunity, elements: Elements, version: int, by: "Staff", at: datetime
) -> Opportunity:
    """
    Complete or correct the six elements (OP2).

    :raises PermissionDenied: unless ``by`` has it, took it in, helps or hands out.
    :raises UnableToKeepOpportunity: if it is closed, or was changed since ``version``.
    """
    stored, state = held(opportunity, Move.EDIT, version=version)
    if not may_edit(by, stored):
        raise PermissionDenied(HANDLE)
    lacking = missing(
        elements, is_named=bool(stored.named), is_customer=stored.customer_id is not None
    )
    told = asdict(elements)
    changed = [name for name, value in asdict(stored.elements).items() if value != told[name]]
    step = Step(Move.EDIT, facts={"fields": changed})
    move_on(stored, state, step, by=by, at=at, known=len(Element) - len(lacking), **told)
    return stored


@transaction.atomic
def give_up(
    *, opportunity: Opportunity, loss: str, text: str, by: "Staff", at: datetime
) -> Opportunity:
    """
    Close an opportunity of which nothing comes, with the reason.

    :raises PermissionDenied: unless ``by`` has it, or hands out.
    :raises UnableToKeepOpportunity: if it is closed already.
    """
    require(by, HANDLE)
    stored, state = held(opportunity, Move.LOSE)
    if not has_it(by, stored):
        raise PermissionDenied(HANDLE)
    if loss not in LossReason.values:
        raise UnableToKeepOpportunity(_("Choose a reason."), "loss")
    drop_clock(stored, str(LossReason(loss).label), by=by, at=at)
    end_offers(stored, Ending.TAKEN_BACK, by=by, at=at)
    drop_papers(stored, str(LossReason(loss).label), by=by, at=at)
    step = Step(Move.LOSE, text[:LONGEST], facts={"loss": loss})
    move_on(stored, state, step, by=by, at=at, loss=loss)
    return stored
