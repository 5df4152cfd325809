"""Which stage of selling can follow which, and what it makes of an opportunity (OP14)."""

from dakehu.opportunities.choices import (
    AFTER_SIGNING,
    BEFORE_SIGNING,
    OWNED,
    Move,
    SalesStage,
    State,
)

NEGOTIATED = (SalesStage.NEGOTIATION, SalesStage.CONTRACT)


def stages_from(state: str, stage: str) -> tuple[SalesStage, ...]:
    """
    Return the stages to which an opportunity can be moved.

    Before it is signed one may go on and back; afterwards only on to the next. What is being
    negotiated stays so: nobody forgets that there were talks.
    """
    if state in OWNED:
        open_ones = BEFORE_SIGNING if state == State.CLAIMED else NEGOTIATED
        return tuple(each for each in open_ones if each != stage)
    if state == State.WON and stage in AFTER_SIGNING[:-1]:
        return (AFTER_SIGNING[AFTER_SIGNING.index(SalesStage(stage)) + 1],)
    return ()


def move_for(state: str, stage: str) -> Move:
    """Return the move that takes an opportunity to a stage."""
    if state == State.CLAIMED and stage in NEGOTIATED:
        return Move.NEGOTIATE
    return Move.STAGE


def next_stage(state: str, stage: str) -> SalesStage | None:
    """Return the stage that usually follows; none before signing, which is a form of its own."""
    order = list(SalesStage)
    following = order[order.index(SalesStage(stage)) + 1 :] if stage in SalesStage.values else []
    allowed = stages_from(state, stage)
    return next((each for each in following if each in allowed), None)
