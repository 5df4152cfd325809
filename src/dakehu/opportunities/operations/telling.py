"""Telling other systems what happened to opportunities, in the transaction in which it did."""

from collections.abc import Iterable
from datetime import datetime
from functools import partial

from dakehu.hooks.choices import EventKind
from dakehu.hooks.operations import publish
from dakehu.hooks.values import Happened
from dakehu.opportunities.choices import OPPORTUNITY, SALES_ORDER, Move
from dakehu.opportunities.models import Opportunity, SalesOrder
from dakehu.opportunities.queries.telling import order_told_of, told_of

KINDS = {
    Move.CAPTURE: EventKind.OPPORTUNITY_CREATED,
    Move.OFFER: EventKind.OPPORTUNITY_OFFERED,
    Move.CLAIM: EventKind.OPPORTUNITY_CLAIMED,
    Move.RETURN: EventKind.OPPORTUNITY_RETURNED,
    Move.EXPIRE: EventKind.OPPORTUNITY_EXPIRED,
    Move.TAKE_BACK: EventKind.OPPORTUNITY_WITHDRAWN,
    Move.LEAVE: EventKind.OPPORTUNITY_WITHDRAWN,
    Move.PASS: EventKind.OPPORTUNITY_PASSED,
    Move.NEGOTIATE: EventKind.OPPORTUNITY_STAGE,
    Move.STAGE: EventKind.OPPORTUNITY_STAGE,
    Move.WIN: EventKind.OPPORTUNITY_WON,
    Move.LOSE: EventKind.OPPORTUNITY_LOST,
}
"""What other systems hear of a move; of others they hear nothing."""


def tell_moves(stored: Opportunity, moves: Iterable[Move], *, at: datetime) -> None:
    """Tell of moves of an opportunity that is under lock, or that nobody else knows yet."""
    kinds = dict.fromkeys(KINDS[move] for move in moves if move in KINDS)
    number = stored.number
    publish(
        [
            Happened(
                kind.value, OPPORTUNITY, stored.pk, number, stored.version, stored.unit_id, at
            )
            for kind in kinds
        ],
        partial(told_of, stored),
    )


def tell_answered(order: SalesOrder, *, at: datetime) -> None:
    """Tell that an order is answered; its opportunity is at hand."""
    told = Happened(
        EventKind.ORDER_ANSWERED.value,
        SALES_ORDER,
        order.pk,
        order.number,
        order.version,
        order.opportunity.unit_id,
        at,
    )
    publish([told], partial(order_told_of, order))
