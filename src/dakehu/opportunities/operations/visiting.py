"""Return visits after a sale: what the customer said, and what follows from it (OP14)."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dakehu.channels.choices import Channel
from dakehu.opportunities.choices import (
    AFTERWARDS,
    DISCONTENT,
    LEFT_OPEN,
    Move,
    Remedy,
    SalesStage,
    State,
)
from dakehu.opportunities.errors import UnableToKeepOpportunity
from dakehu.opportunities.models import Opportunity, SaleVisit
from dakehu.opportunities.operations.keeping import Step, held, move_on
from dakehu.opportunities.operations.papers import mine
from dakehu.opportunities.operations.selling import move_stage
from dakehu.opportunities.operations.supporting import order_support
from dakehu.opportunities.operations.taking import take_in
from dakehu.opportunities.policies import ASSIGN
from dakehu.opportunities.rules.visits import is_discontent, trouble_in_visit
from dakehu.opportunities.values import NewContact, Visited
from dakehu.people.queries import staff_above, staff_who_may
from dakehu.worklist.choices import Urgency
from dakehu.worklist.operations import ask_now, finish_todo
from dakehu.worklist.values import Ask

if TYPE_CHECKING:
    from dakehu.cases.models import Case
    from dakehu.people.models import Staff

DAYS_TO_MEND = timedelta(days=3)
"""How soon what was left open is to be done."""


@transaction.atomic
def record_sale_visit(
    *, opportunity: Opportunity, told: Visited, by: "Staff", at: datetime
) -> SaleVisit:
    """
    Record what the customer says after what they bought was set up.

    Reached, the to-do to ask is done and the sale is finished. What is left open becomes a to-do
    or an order of support; a need becomes an opportunity; little content goes to the superior.

    :raises PermissionDenied: unless ``by`` has the opportunity, or hands out.
    :raises UnableToKeepOpportunity: before it is won, or if something is missing.
    """
    held(mine(opportunity, by), Move.VISIT)
    refuse(told)
    # The order writes into the passport too: what is stored is read after it.
    support = support_for(opportunity, told, by=by, at=at)
    stored = mine(opportunity, by)
    visit = SaleVisit(
        opportunity=stored,
        at=at,
        by=by,
        form=told.form,
        is_reached=told.is_reached,
        satisfaction=told.satisfaction,
        opinion=told.opinion,
        left_open=told.left_open,
        support=support,
    )
    visit.save()
    if told.next_need.strip():
        visit.following = next_of(stored, told, visit, by=by, at=at)
        visit.save(update_fields=["following"])
    facts = {"form": told.form, "satisfaction": told.satisfaction, "visit": visit.pk}
    move_on(stored, State.WON, Step(Move.VISIT, told.opinion, facts=facts), by=by, at=at)
    follow(stored, visit, told, by=by, at=at)
    return visit


def refuse(told: Visited) -> None:
    """Pass in silence if a return visit says what it has to.

    :raises UnableToKeepOpportunity: otherwise, at the input.
    """
    field, code = trouble_in_visit(told)
    if not code:
        return
    words = {
        "unreached": _("Nobody was reached: then nobody said anything. Untick it or empty these."),
        "points": _("Say how content the customer is."),
        "why": _("Write why the customer is not content."),
        "what": _("Write what is to be done for it."),
        "until": _("Say until when it is wanted."),
    }
    raise UnableToKeepOpportunity(words[code], field)


def support_for(
    opportunity: Opportunity, told: Visited, *, by: "Staff", at: datetime
) -> "Case | None":
    """Order support for what was left open, if it is wanted, and return its case."""
    if told.remedy != Remedy.SUPPORT or told.wanted_on is None:
        return None
    link = order_support(
        opportunity=opportunity,
        need=told.need,
        text=told.left_open,
        wanted_on=told.wanted_on,
        by=by,
        at=at,
    )
    case: Case = link.case
    return case


def next_of(
    stored: Opportunity, told: Visited, visit: SaleVisit, *, by: "Staff", at: datetime
) -> Opportunity:
    """Take in what the customer spoke of next."""
    new = NewContact(
        channel=Channel.MANAGER,
        text=told.next_need,
        is_willing=True,
        customer=stored.customer,
        area=stored.unit,
        elements=stored.elements,
        request_id=f"visit-{visit.pk}",
    )
    return take_in(new=new, by=by, at=at).opportunity


def follow(
    stored: Opportunity, visit: SaleVisit, told: Visited, *, by: "Staff", at: datetime
) -> None:
    """Let the stage, the to-dos and the superior follow from what was said."""
    if not visit.is_reached:
        return
    if stored.stage == SalesStage.VISIT:
        move_stage(opportunity=stored, stage=SalesStage.DONE, by=by, at=at)
    finish_todo(source=AFTERWARDS, source_id=stored.pk, by=by, at=at)
    if visit.left_open.strip() and told.remedy == Remedy.TODO:
        ask(LEFT_OPEN, stored, stored.receiver, at=at, due=at + DAYS_TO_MEND)
    elif not visit.left_open.strip():
        finish_todo(source=LEFT_OPEN, source_id=stored.pk, by=by, at=at)
    if is_discontent(visit.satisfaction):
        ask(DISCONTENT, stored, superior_of(stored), at=at, due=at)


def ask(
    source: str, stored: Opportunity, owner: "Staff | None", *, at: datetime, due: datetime
) -> None:
    """Ask somebody to look after a customer."""
    wanted = Ask(
        source_id=stored.pk,
        facts={"number": stored.number},
        customer_id=stored.customer_id,
        owner_id=owner.pk if owner else None,
        unit_id=stored.unit_id,
        urgency=Urgency.HIGH,
        due_date=localdate(due),
    )
    ask_now(source=source, ask=wanted, at=at)


def superior_of(stored: Opportunity) -> "Staff | None":
    """
    Return who answers for whoever sold it: the leader of their unit, else the nearest above who
    hands out; never whoever sold it.
    """
    unit = stored.receiver.unit if stored.receiver else stored.unit
    leader = unit.leader
    if leader is not None and leader.pk != stored.receiver_id and leader.is_active:
        return leader
    above = [pk for pk in staff_above(unit.pk, permission=ASSIGN) if pk != stored.receiver_id]
    found: Staff | None = staff_who_may(ASSIGN).filter(pk__in=above[:1]).first()
    return found
