"""How every move changes an opportunity: under lock, by the table of states, into its passport."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from dakehu.audit.operations import save_record
from dakehu.clocks import operations as clocks
from dakehu.opportunities.choices import OFFER, OPPORTUNITY, Ending, Move, State
from dakehu.opportunities.errors import UnableToKeepOpportunity
from dakehu.opportunities.models import Hop, Offer, Opportunity
from dakehu.opportunities.operations.telling import tell_moves
from dakehu.opportunities.rules.states import after
from dakehu.worklist.operations import cancel_todos, drop_todo, finish_todo

if TYPE_CHECKING:
    from dakehu.people.models import Staff

AT_HAND = ("unit", "receiver", "customer__manager", "captured_by", "matrix")
DONE = (State.KEPT, State.COMPLETED, State.WON, State.LOST)


@dataclass(frozen=True)
class Step:
    """One move as it is written into the passport."""

    move: Move
    text: str = ""
    to: "Staff | None" = None
    due_at: datetime | None = None
    rule: int | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)


def locked(opportunity: Opportunity) -> Opportunity:
    """Return an opportunity as it is stored, under lock until the end of the transaction."""
    # Locked alone, then read: rows joined to one that was waited for are those of before.
    Opportunity.objects.select_for_update().get(pk=opportunity.pk)
    found: Opportunity = Opportunity.objects.select_related(*AT_HAND).get(pk=opportunity.pk)
    return found


def held(
    opportunity: Opportunity, move: Move, *, version: int | None = None
) -> tuple[Opportunity, State]:
    """
    Return an opportunity under lock, and the state in which a move leaves it.

    :raises UnableToKeepOpportunity: if the move cannot be done in its state, or somebody changed
        it since ``version`` was on the screen.
    """
    stored = locked(opportunity)
    state = after(stored.state, move)
    if state is None:
        raise UnableToKeepOpportunity(refusal_words(stored, move))
    if version not in {None, stored.version}:
        raise UnableToKeepOpportunity(
            _("Somebody changed this opportunity meanwhile. %(state)s Look again.")
            % {"state": state_words(stored)}
        )
    return stored, state


def state_words(opportunity: Opportunity) -> str:
    """Say who has an opportunity now, or where it waits."""
    values = {"name": opportunity.receiver, "state": opportunity.get_state_display()}
    if opportunity.state in {State.CLAIMED, State.NEGOTIATING, State.WON}:
        return _("%(name)s has it.") % values
    if opportunity.state == State.OFFERED:
        return _("It is offered to %(name)s.") % values
    return _("It stands at “%(state)s”.") % values


def refusal_words(opportunity: Opportunity, move: str) -> str:
    """Say why a move cannot be done in the state of an opportunity."""
    state = state_words(opportunity)
    if move == Move.CLAIM and opportunity.state == State.EXPIRED:
        return _("The time to claim it is over; the operations center decides. Ask there for it.")
    if move in {Move.CLAIM, Move.RETURN}:
        return _("This offer does not stand any more. %(state)s") % {"state": state}
    words = _("“%(move)s” cannot be done now. %(state)s")
    return words % {"move": Move(move).label, "state": state}


def move_on(
    stored: Opportunity,
    state: State,
    step: Step,
    *,
    by: "Staff | None",
    at: datetime,
    **values: Any,
) -> None:
    """Store the new state of an opportunity and what else changed, and write the hop."""
    before = stored.state
    if state != before:
        stored.since_at = at
        Opportunity.objects.filter(pk=stored.pk).update(since_at=at)
        if state in DONE:
            stored.closed_at = at
    stored.state = state
    for name, value in values.items():
        setattr(stored, name, value)
    save_record(stored, by=by, at=at, reason=step.text[:200])
    write_hops(stored, [(before, state, step)], by=by, at=at)


def write_hops(
    stored: Opportunity,
    steps: Iterable[tuple[str, str, Step]],
    *,
    by: "Staff | None",
    at: datetime,
) -> None:
    """Add moves to the passport of an opportunity, and tell other systems of them."""
    steps = list(steps)
    tell_moves(stored, [step.move for _before, _state, step in steps], at=at)
    Hop.objects.bulk_create(
        Hop(
            opportunity=stored,
            move=step.move,
            before=before,
            after=state,
            at=at,
            by=by,
            to=step.to,
            due_at=step.due_at,
            rule=step.rule,
            text=step.text,
            facts=dict(step.facts),
        )
        for before, state, step in steps
    )


def end_offers(
    stored: Opportunity,
    ending: Ending,
    *,
    by: "Staff | None",
    at: datetime,
    reason: str = "",
    winner: "Staff | None" = None,
) -> None:
    """
    Let the open offers of an opportunity be over, and ask nobody any more.

    The ``winner`` claimed it; to the others it says that somebody did.
    """
    rows = list(Offer.objects.filter(opportunity=stored, ending=Ending.OPEN))
    for offer in rows:
        is_winner = winner is not None and offer.receiver_id == winner.pk
        offer.ending = Ending.OTHERS if winner is not None and not is_winner else ending
        offer.ended_at, offer.reason = at, reason
        still_asked(offer, is_done=is_winner, by=by, at=at)
    Offer.objects.bulk_update(rows, ["ending", "ended_at", "reason"])
    Opportunity.objects.filter(pk=stored.pk).update(due_at=None)
    stored.due_at = None


def still_asked(offer: Offer, *, is_done: bool, by: "Staff | None", at: datetime) -> None:
    """Finish the to-do of an offer, or ask no more."""
    if by is None:
        cancel_todos(source=OFFER, source_ids=[offer.pk], at=at)
    elif is_done:
        finish_todo(source=OFFER, source_id=offer.pk, by=by, at=at)
    else:
        drop_todo(source=OFFER, source_id=offer.pk, by=by, at=at)


def drop_clock(stored: Opportunity, reason: str, *, by: "Staff | None", at: datetime) -> None:
    """Withdraw the clock of an offer that nobody has to answer any more."""
    clocks.drop_clocks(
        subject=OPPORTUNITY, subject_id=stored.pk, reason=reason[:200], by=by, at=at
    )
