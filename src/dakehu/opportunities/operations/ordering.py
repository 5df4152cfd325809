"""Handing over what was sold: the check list, the order, its file, its answers (OP14)."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _

from dakehu.audit.operations import create_record, remove_record, save_record
from dakehu.common.filespace import Filespace
from dakehu.opportunities.choices import (
    AFTERWARDS,
    REFUSED,
    Move,
    OrderState,
    RowState,
    SalesStage,
    State,
)
from dakehu.opportunities.errors import UnableToKeepOpportunity
from dakehu.opportunities.models import Opportunity, OrderRow, PaperCheck, SalesOrder
from dakehu.opportunities.operations.keeping import Step, held, move_on
from dakehu.opportunities.operations.papers import mine
from dakehu.opportunities.operations.telling import tell_answered
from dakehu.opportunities.policies import ASSIGN
from dakehu.opportunities.queries.orders import (
    answers_of,
    checked_of,
    contract_of,
    point_words,
    points_of,
    waiting_orders,
)
from dakehu.opportunities.rules.orders import (
    ANSWERS,
    is_all_set_up,
    is_answered,
    open_points,
    to_order,
)
from dakehu.people.policies import require
from dakehu.worklist.choices import Urgency
from dakehu.worklist.operations import ask_now, finish_todo
from dakehu.worklist.values import Ask

if TYPE_CHECKING:
    from dakehu.people.models import Staff
    from dakehu.signin.models import ApiClient

DAYS_TO_ASK = timedelta(days=7)
"""How soon the customer is to be asked whether it works."""
REASON_LENGTH = 200


@dataclass(frozen=True)
class Answerer:
    """Who answers an order: a person, or another system."""

    staff: "Staff | None" = None
    client: "ApiClient | None" = None


@transaction.atomic
def check_points(
    *, opportunity: Opportunity, ticked: Iterable[tuple[str, str]], by: "Staff", at: datetime
) -> int:
    """
    Keep which points of the check list are in order; return how many are left.

    :raises PermissionDenied: unless ``by`` has the opportunity, or hands out.
    :raises UnableToKeepOpportunity: if nobody has claimed it, or it is closed.
    """
    stored = mine(opportunity, by)
    points, wanted = points_of(stored, on=localdate(at)), set(ticked)
    known = checked_of(stored)
    for point in points:
        if point in wanted and point not in known:
            fresh = PaperCheck(opportunity=stored, product=point[0], point=point[1])
            create_record(fresh, by=by, at=at)
        elif point in known and point not in wanted:
            remove_record(known[point], by=by, at=at)
    return len(open_points(points, wanted))


@transaction.atomic
def hand_over_order(*, opportunity: Opportunity, by: "Staff", at: datetime) -> SalesOrder:
    """
    Order what was sold from the billing system: all of it, or again what was refused.

    :raises PermissionDenied: unless ``by`` has the opportunity, or hands out.
    :raises UnableToKeepOpportunity: if no contract is signed, papers are missing (it names the
        first), an order is not answered yet, or nothing is left to order.
    """
    stored = mine(opportunity, by)
    if stored.state != State.WON:
        raise UnableToKeepOpportunity(_("Nothing is ordered before the contract is signed."))
    missing = open_points(points_of(stored, on=localdate(at)), checked_of(stored))
    if missing:
        words = _("The check list is not complete: “%(point)s” and %(more)s more.")
        told = {"point": point_words(missing[0][1]), "more": len(missing) - 1}
        raise UnableToKeepOpportunity(words % told)
    answers = answers_of(stored)
    if RowState.WAITING in answers.values():
        raise UnableToKeepOpportunity(_("The last order is not answered yet."))
    named = to_order(stored.wanted, answers)
    if not named:
        raise UnableToKeepOpportunity(_("Everything that was sold has been ordered."))
    order = SalesOrder(
        opportunity=stored,
        place=SalesOrder.objects.filter(opportunity=stored).count() + 1,
        ordered_by=by,
        ordered_at=at,
    )
    create_record(order, by=by, at=at)
    for place, each in enumerate(named, start=1):
        row = OrderRow(order=order, place=place, product=each.product, activity=each.activity)
        create_record(row, by=by, at=at)
    finish_todo(source=REFUSED, source_id=stored.pk, by=by, at=at)
    facts = {"order": order.number, "rows": len(named)}
    move_on(stored, State.WON, Step(Move.ORDER, facts=facts), by=by, at=at)
    return order


def send_orders(outbox: Filespace, *, at: datetime) -> int:
    """
    Put the files of orders that wait into the outbox; return how many.

    A file that was put but not noted is put again, as it was.

    :raises FilespaceUnreachable: if the outbox cannot be written; the orders stay owed.
    """
    sent = 0
    for order in waiting_orders():
        outbox.put(path_of(order), content_of(order))
        sent += note_sent(order.pk, at=at)
    return sent


@transaction.atomic
def note_sent(pk: int, *, at: datetime) -> bool:
    """Note that the file of an order lies in the outbox; tell whether that was news."""
    order = SalesOrder.objects.select_for_update().get(pk=pk)
    if order.state != OrderState.WAITING:
        return False
    order.state, order.sent_at = OrderState.SENT, at
    return save_record(order, by=None, at=at)


def path_of(order: SalesOrder) -> str:
    """Return where the file of an order lies in the outbox."""
    city, day = order.opportunity.city_code, localdate(order.ordered_at)
    return f"{city}/{day:%Y%m%d}/order_{city}_{day:%Y%m%d}_{order.number}.json"


def content_of(order: SalesOrder) -> bytes:
    """Return the file of an order."""
    whose = order.opportunity
    contract = contract_of(whose)
    told: dict[str, Any] = {
        "order": order.number,
        "opportunity": whose.number,
        "ordered_at": localtime(order.ordered_at).isoformat(timespec="seconds"),
        "city": whose.city_code,
        "customer": whose.customer.number if whose.customer else "",
        "company": "" if whose.customer else whose.company,
        "contract": contract.number if contract else whose.contract_no,
        "starts_on": contract.starts_on.isoformat() if contract else None,
        "ends_on": contract.ends_on.isoformat() if contract else None,
        "value_fen": whose.won_fen,
        "rows": [
            {"row": row.place, "product": row.product, "activity": row.activity}
            for row in order.rows.order_by("place")
        ],
    }
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


@transaction.atomic
def answer_order(
    *,
    order: SalesOrder,
    answers: Mapping[int, tuple[str, str]],
    who: Answerer,
    at: datetime,
) -> SalesOrder:
    """
    Take the answers of the billing system, by the places of the rows: state and reason.

    The same answer again changes nothing. Once all is set up the customer is to be asked whether
    it works; what was refused is brought before whoever has the opportunity.

    :raises PermissionDenied: if a person answers who does not hand out.
    :raises UnableToKeepOpportunity: if the order has no such row, a refusal lacks its reason, or a
        row was answered otherwise before. Nothing is kept then.
    """
    if who.client is None:
        require_answerer(who.staff)
    stored, _state = held(order.opportunity, Move.ORDER)
    rows = {row.place: row for row in order.rows.select_for_update()}
    for place, (state, reason) in answers.items():
        answer_row(rows.get(place), place, RowState(state), reason, who=who, at=at)
    found = SalesOrder.objects.select_for_update().get(pk=order.pk)
    found.opportunity = stored
    states = [row.state for row in rows.values()]
    if is_answered(states) and found.state != OrderState.ANSWERED:
        found.state, found.sent_at = OrderState.ANSWERED, found.sent_at or at
        save_record(found, by=who.staff, at=at)
        tell_answered(found, at=at)
        follow_answers(stored, found, states, by=who.staff, at=at)
    return found


def require_answerer(staff: "Staff | None") -> None:
    """Pass in silence if a person may answer an order by hand.

    :raises PermissionDenied: otherwise.
    """
    if staff is None:
        raise PermissionDenied(ASSIGN)
    require(staff, ASSIGN)


def answer_row(
    row: OrderRow | None, place: int, state: RowState, reason: str, *, who: Answerer, at: datetime
) -> None:
    """
    Keep the answer about one row.

    :raises UnableToKeepOpportunity: if it cannot be.
    """
    if row is None:
        raise UnableToKeepOpportunity(_("The order has no row %(row)s.") % {"row": place}, "row")
    if state not in ANSWERS or (state == RowState.REFUSED and not reason.strip()):
        words = _("Row %(row)s: say why it is refused.")
        raise UnableToKeepOpportunity(words % {"row": place}, "reason")
    if row.state == state:
        return
    if row.state != RowState.WAITING:
        words = _("Row %(row)s was answered before: %(state)s.")
        told = {"row": place, "state": row.get_state_display()}
        raise UnableToKeepOpportunity(words % told, "row")
    row.state, row.reason, row.answered_at = state, reason[:REASON_LENGTH], at
    row.answered_by, row.client = who.staff, who.client
    save_record(row, by=who.staff, at=at, reason=row.reason)


def follow_answers(
    stored: Opportunity, order: SalesOrder, states: list[str], *, by: "Staff | None", at: datetime
) -> None:
    """Let the stage follow what was answered, and ask whoever has the opportunity to go on."""
    is_done = is_all_set_up(states)
    facts: dict[str, Any] = {
        "order": order.number, "refused": states.count(RowState.REFUSED), "rows": len(states),
    }  # fmt: skip
    values: dict[str, Any] = {}
    if is_done and stored.stage == SalesStage.HANDOVER:
        facts |= {"from": stored.stage, "stage": SalesStage.VISIT.value}
        values = {"stage": SalesStage.VISIT, "stage_at": at}
    move_on(stored, State.WON, Step(Move.ORDER, facts=facts), by=by, at=at, **values)
    wanted = Ask(
        source_id=stored.pk,
        facts={"number": order.number},
        customer_id=stored.customer_id,
        owner_id=stored.receiver_id,
        unit_id=stored.unit_id,
        urgency=Urgency.NORMAL if is_done else Urgency.HIGH,
        due_date=localdate(at + DAYS_TO_ASK) if is_done else localdate(at),
    )
    ask_now(source=AFTERWARDS if is_done else REFUSED, ask=wanted, at=at)
