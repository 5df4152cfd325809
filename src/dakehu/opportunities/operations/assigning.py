"""The operations center: who gets what came back, and who works along (OP5, OP12, OP13)."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from dakehu.channels.choices import Class
from dakehu.channels.queries import kept_body
from dakehu.opportunities.choices import QUEUE, Ending, Move, State
from dakehu.opportunities.errors import UnableToKeepOpportunity
from dakehu.opportunities.models import Opportunity
from dakehu.opportunities.operations.keeping import (
    Step,
    drop_clock,
    end_offers,
    held,
    locked,
    move_on,
    refusal_words,
    write_hops,
)
from dakehu.opportunities.operations.offering import offer
from dakehu.opportunities.policies import ASSIGN
from dakehu.opportunities.queries.candidates import is_there
from dakehu.people.policies import require

if TYPE_CHECKING:
    from dakehu.people.models import Staff

MOST_ASKED = 8
BY_HAND = 0
"""The rule of what a person decided."""


@transaction.atomic
def assign(
    *,
    opportunity: Opportunity,
    receivers: Sequence["Staff"],
    reason: str = "",
    by: "Staff",
    at: datetime,
) -> Opportunity:
    """
    Offer what waits at the operations center to one person or to several, of whom one can claim.

    :raises PermissionDenied: if the role may not.
    :raises UnableToKeepOpportunity: if it does not wait any more, or somebody cannot take it.
    """
    require(by, ASSIGN)
    stored = locked(opportunity)
    if stored.state not in QUEUE:
        raise UnableToKeepOpportunity(refusal_words(stored, Move.OFFER))
    people = list(dict.fromkeys(receivers))
    refuse_people(people)
    if stored.state != State.ROUTED:
        facts = {"to": [str(person) for person in people]}
        step = Step(Move.ROUTE, reason, rule=BY_HAND, facts=facts)
        write_hops(stored, [(stored.state, State.ROUTED, step)], by=by, at=at)
        reason = ""
    body = kept_body(stored.matrix_id, stored.matrix.digest)
    steps = offer(stored, people, body.limits[Class(stored.customer_class)], by=by, at=at)
    first, *others = steps
    values = {"receiver": people[0], "offered_at": at, "claimed_at": None}
    kept = Step(Move.OFFER, reason or first.text, to=people[0], due_at=first.due_at)
    due_at = stored.due_at
    stored.state = State.ROUTED if stored.state != State.ROUTED else stored.state
    move_on(stored, State.OFFERED, kept, by=by, at=at, **values)
    stored.due_at = due_at
    write_hops(stored, [(State.OFFERED, State.OFFERED, step) for step in others], by=by, at=at)
    return stored


def refuse_people(people: Sequence["Staff"]) -> None:
    """Pass in silence if people can be asked to take something over.

    :raises UnableToKeepOpportunity: otherwise.
    """
    if not people:
        raise UnableToKeepOpportunity(_("Choose a person."), "receivers")
    if len(people) > MOST_ASKED:
        words = _("At most %(most)s people at once.")
        raise UnableToKeepOpportunity(words % {"most": MOST_ASKED}, "receivers")
    for person in people:
        if not is_there(person):
            words = _("%(name)s cannot take opportunities over. Choose somebody else.")
            raise UnableToKeepOpportunity(words % {"name": person}, "receivers")


@transaction.atomic
def take_back(*, opportunity: Opportunity, reason: str, by: "Staff", at: datetime) -> Opportunity:
    """
    Withdraw an offer that nobody has claimed; it waits at the operations center again.

    :raises PermissionDenied: if the role may not.
    :raises UnableToKeepOpportunity: if it is not offered any more.
    """
    require(by, ASSIGN)
    stored, state = held(opportunity, Move.TAKE_BACK)
    drop_clock(stored, reason, by=by, at=at)
    end_offers(stored, Ending.TAKEN_BACK, by=by, at=at)
    move_on(stored, state, Step(Move.TAKE_BACK, reason), by=by, at=at, receiver=None)
    return stored


@transaction.atomic
def set_companions(
    *,
    opportunity: Opportunity,
    watcher: "Staff | None",
    helper: "Staff | None",
    version: int,
    by: "Staff",
    at: datetime,
) -> Opportunity:
    """
    Say who watches and who helps.

    :raises PermissionDenied: if the role may not.
    :raises UnableToKeepOpportunity: if it is closed, or was changed since ``version``.
    """
    require(by, ASSIGN)
    stored, state = held(opportunity, Move.EDIT, version=version)
    facts = {"watcher": str(watcher or ""), "helper": str(helper or "")}
    step = Step(Move.EDIT, facts=facts)
    move_on(stored, state, step, by=by, at=at, watcher=watcher, helper=helper)
    return stored
