"""Which state a work order is in after something was done with it; one table says it all (R9)."""

from dakehu.cases.choices import SETTLED, UNASSIGNED, UNDER_WAY, OrderMove, OrderState

PLANNED = (*UNASSIGNED, OrderState.ASSIGNED, OrderState.ACCEPTED)
"""Nobody is on the way yet: the plan may be changed."""

TABLE: dict[tuple[str, str], OrderState] = {
    **{(state, OrderMove.CHANGE): state for state in PLANNED},
    **{(state, OrderMove.ASSIGN): OrderState.ASSIGNED for state in PLANNED},
    (OrderState.ASSIGNED, OrderMove.TAKE_BACK): OrderState.DRAFTED,
    (OrderState.ACCEPTED, OrderMove.TAKE_BACK): OrderState.DRAFTED,
    (OrderState.ASSIGNED, OrderMove.ACCEPT): OrderState.ACCEPTED,
    (OrderState.ACCEPTED, OrderMove.SET_OUT): OrderState.TRAVELLING,
    (OrderState.ACCEPTED, OrderMove.ARRIVE): OrderState.ON_SITE,
    (OrderState.TRAVELLING, OrderMove.ARRIVE): OrderState.ON_SITE,
    (OrderState.ON_SITE, OrderMove.RECORD): OrderState.DONE,
    (OrderState.DONE, OrderMove.RECORD): OrderState.DONE,
    (OrderState.DONE, OrderMove.SIGN): OrderState.SIGNED,
    **{(state, OrderMove.RETURN): OrderState.RETURNED for state in UNDER_WAY},
    **{(state, OrderMove.WITHDRAW): OrderState.WITHDRAWN for state in (*UNASSIGNED, *UNDER_WAY)},
}
"""The state after a move; what is not here cannot be done."""


def order_after(state: str, move: str) -> OrderState | None:
    """Return the state after a move; nothing if it cannot be done in this state."""
    return TABLE.get((state, move))


def order_moves(state: str) -> frozenset[str]:
    """Return what can be done with a work order in a state."""
    return frozenset(move for (before, move) in TABLE if before == state)


def is_settled(state: str) -> bool:
    """Tell whether nothing is left to do with a work order."""
    return state in SETTLED


def order_number(city_code: str, day: str, pk: int) -> str:
    """Return the number by which people speak of a work order, as W01-261129-00042."""
    return f"W{city_code}-{day}-{pk:05d}"
