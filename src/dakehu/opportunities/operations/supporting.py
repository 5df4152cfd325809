"""Support request orders to the operations center from an opportunity, with a clock (CH11)."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction

from dakehu.cases.choices import CaseChannel, CaseKind
from dakehu.cases.errors import UnableToKeepCase
from dakehu.cases.events import CaseClosed
from dakehu.cases.operations.supporting import open_support
from dakehu.cases.values import NewCase
from dakehu.opportunities.choices import Move
from dakehu.opportunities.errors import UnableToKeepOpportunity
from dakehu.opportunities.models import Opportunity, SupportLink
from dakehu.opportunities.operations.keeping import Step, locked, move_on
from dakehu.opportunities.operations.papers import mine
from dakehu.opportunities.policies import is_partner
from dakehu.opportunities.rules.states import after

if TYPE_CHECKING:
    from dakehu.people.models import Staff


@transaction.atomic
def order_support(
    *,
    opportunity: Opportunity,
    need: str,
    text: str,
    wanted_on: date,
    by: "Staff",
    at: datetime,
) -> SupportLink:
    """
    Order support for an opportunity from the operations center until a day, with a clock.

    :raises PermissionDenied: unless ``by`` has the opportunity, or hands out.
    :raises UnableToKeepOpportunity: if nobody has claimed it, nothing was written, or the day is
        not a working day to come.
    """
    stored = mine(opportunity, by)
    new = NewCase(
        kind=CaseKind.SUPPORT,
        channel=CaseChannel.PARTNER if is_partner(by) else CaseChannel.MANAGER,
        text=f"{text}\n{stored.number}" if text.strip() else "",
        customer=stored.customer,
    )
    try:
        case = open_support(new=new, need=need, wanted_on=wanted_on, by=by, at=at)
    except UnableToKeepCase as refusal:
        raise UnableToKeepOpportunity(str(refusal), refusal.field) from refusal
    link = SupportLink.objects.create(opportunity=stored, case=case)
    facts = {"case": case.number, "need": need, "until": wanted_on.isoformat()}
    state = after(stored.state, Move.SUPPORT)
    if state is not None:
        move_on(stored, state, Step(Move.SUPPORT, text, facts=facts), by=by, at=at)
    return link


@transaction.atomic
def follow_support(closed: CaseClosed) -> None:
    """Tell in the passport what came of a support request order."""
    if closed.kind not in {CaseKind.SUPPORT, CaseKind.BATCH}:
        return
    links = SupportLink.objects.filter(case=closed.case_id).select_related("case")
    link = links.first()
    if link is None:
        return
    stored = locked(Opportunity(pk=link.opportunity_id))
    state = after(stored.state, Move.SUPPORT)
    if state is None:
        return
    step = Step(Move.SUPPORT, facts={"case": link.case.number, "result": closed.result})
    move_on(stored, state, step, by=None, at=closed.at)
