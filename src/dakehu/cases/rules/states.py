"""Which state a case is in after something was done with it; one table says it all."""

from dakehu.cases.choices import OPEN_STATES, CaseState, Move

NEW, TAKEN, WAITING = OPEN_STATES
CLOSED, MERGED = CaseState.CLOSED, CaseState.MERGED

TABLE: dict[tuple[str, str], CaseState] = {
    (NEW, Move.TAKE): TAKEN,
    (NEW, Move.GIVE): TAKEN,
    (NEW, Move.TALK): NEW,
    (NEW, Move.NOTE): NEW,
    (NEW, Move.CLOSE): CLOSED,
    (NEW, Move.MERGE): MERGED,
    (NEW, Move.JOIN): NEW,
    (NEW, Move.SPLIT): NEW,
    (TAKEN, Move.TAKE): TAKEN,
    (TAKEN, Move.GIVE): TAKEN,
    (TAKEN, Move.PUT_BACK): NEW,
    (TAKEN, Move.TALK): TAKEN,
    (TAKEN, Move.NOTE): TAKEN,
    (TAKEN, Move.WAIT): WAITING,
    (TAKEN, Move.CLOSE): CLOSED,
    (TAKEN, Move.MERGE): MERGED,
    (TAKEN, Move.JOIN): TAKEN,
    (TAKEN, Move.SPLIT): TAKEN,
    (WAITING, Move.GIVE): WAITING,
    (WAITING, Move.TALK): WAITING,
    (WAITING, Move.NOTE): WAITING,
    (WAITING, Move.RESUME): TAKEN,
    (WAITING, Move.CLOSE): CLOSED,
    (WAITING, Move.MERGE): MERGED,
    (CLOSED, Move.NOTE): CLOSED,
    (CLOSED, Move.REOPEN): TAKEN,
}
"""The state after a move; what is not here cannot be done."""


def after(state: str, move: str) -> CaseState | None:
    """Return the state after a move; nothing if it cannot be done in this state."""
    return TABLE.get((state, move))


def moves_from(state: str) -> frozenset[str]:
    """Return what can be done with a case in a state."""
    return frozenset(move for (before, move) in TABLE if before == state)
