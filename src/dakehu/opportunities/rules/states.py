"""Which state an opportunity is in after a move; one table says it all (spec of routing)."""

from dakehu.opportunities.choices import OPEN, OWNED, QUEUE, Move, State

TABLE: dict[tuple[str, str], State] = {
    (State.CAPTURED, Move.QUALIFY): State.QUALIFIED,
    (State.CAPTURED, Move.KEEP): State.KEPT,
    (State.QUALIFIED, Move.COMPLETE): State.COMPLETED,
    (State.QUALIFIED, Move.ROUTE): State.ROUTED,
    (State.ROUTED, Move.OFFER): State.OFFERED,
    (State.OFFERED, Move.CLAIM): State.CLAIMED,
    (State.OFFERED, Move.RETURN): State.RETURNED,
    (State.OFFERED, Move.EXPIRE): State.EXPIRED,
    (State.OFFERED, Move.TAKE_BACK): State.ROUTED,
    (State.OFFERED, Move.LEAVE): State.ROUTED,
    (State.OFFERED, Move.PASS): State.OFFERED,
    (State.RETURNED, Move.ROUTE): State.ROUTED,
    (State.EXPIRED, Move.ROUTE): State.ROUTED,
    (State.CLAIMED, Move.NEGOTIATE): State.NEGOTIATING,
    (State.NEGOTIATING, Move.WIN): State.WON,
    **{(state, Move.RETURN): State.RETURNED for state in OWNED},
    **{(state, Move.LEAVE): State.ROUTED for state in OWNED},
    **{(state, Move.STAGE): state for state in (*OWNED, State.WON)},
    **{(state, Move.LOSE): State.LOST for state in OPEN},
    **{(state, Move.EDIT): state for state in OPEN},
    **{
        (state, move): state
        for state in (*OWNED, State.WON)
        for move in (Move.PAPER, Move.MEETING, Move.SUPPORT)
    },
    (State.WON, Move.ORDER): State.WON,
    (State.WON, Move.VISIT): State.WON,
    **{(state, Move.NOTE): state for state in State if state is not State.CAPTURED},
}
"""The state after a move; what is not here cannot be done."""


def after(state: str, move: str) -> State | None:
    """Return the state after a move; nothing if it cannot be done in this state."""
    return TABLE.get((state, move))


def moves_from(state: str) -> frozenset[str]:
    """Return what can be done in a state."""
    return frozenset(move for (before, move) in TABLE if before == state)


def waits(state: str) -> bool:
    """Tell whether an opportunity waits for the operations center."""
    return state in QUEUE
