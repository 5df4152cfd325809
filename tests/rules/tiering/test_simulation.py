"""What makes the difference for somebody whom simulated rules move."""

import pytest

from dakehu.tiering.rules.deciding import explained
from dakehu.tiering.rules.simulation import Cause, Moves, difference, meeting
from dakehu.tiering.values import Either, Every, LevelRule, Limit, OneOf, Opposite, TierRules

BIG, BIGGER = Limit("employees", ">=", 80), Limit("employees", ">=", 100)
RICH = Limit("revenue", ">=", 500)
STATE = OneOf("kind", ("government",))


def rules(top, middle) -> TierRules:
    return TierRules((LevelRule(3, top), LevelRule(2, middle), LevelRule(1, None)))


OLD = rules(Either((STATE, Every((BIGGER, RICH)))), BIGGER)
NEW = rules(Either((STATE, Every((BIG, RICH)))), BIG)


def leaves(mets):
    return [(met.leaf, met.value) for met in mets]


@pytest.mark.parametrize(
    ("values", "was", "now", "cause", "rank", "new", "old"),
    [
        # Up: the new limit is reached, the old one was not.
        ((90, 600, ""), 1, 3, Cause.REACHED, 3, [BIG], [BIGGER]),
        ((90, 0, ""), 1, 2, Cause.REACHED, 2, [BIG], [BIGGER]),
        # Down: what the level before lacks: what was changed, else the fewest of the alternatives.
        ((70, 600, ""), 3, 1, Cause.MISSED, 3, [BIG], []),
        ((70, 0, ""), 2, 1, Cause.MISSED, 2, [BIG], []),
        # A level that the new rules do not know.
        ((90, 0, ""), 9, 2, Cause.REMOVED, 9, [], []),
        # Kept: the condition of the level is not met.
        ((70, 0, ""), 1, 2, Cause.KEPT, 2, [BIG], []),
    ],
)
def test_the_deciding_statements_are_named(values, was, now, cause, rank, new, old):
    seen = dict(zip(("employees", "revenue", "kind"), values, strict=True))

    found = difference(NEW, seen, was=was, now=now, others=OLD)

    assert (found.cause, found.rank) == (cause, rank)
    assert [met.leaf for met in found.new] == new
    assert [met.leaf for met in found.old] == old


def test_without_other_rules_the_fewest_statements_are_named():
    seen = {"employees": 70, "revenue": 600, "kind": ""}

    down = difference(NEW, seen, was=3, now=1)
    up = difference(NEW, seen | {"employees": 90}, was=1, now=3)

    assert leaves(down.new) == [(STATE, "")]
    assert leaves(up.new) == [(BIG, 90), (RICH, 600)]
    assert up.old == ()


def test_the_nearest_missing_condition_is_that_of_the_next_level():
    found = difference(NEW, {"employees": 70, "revenue": 0, "kind": ""}, was=2, now=1)

    assert found.next_up == 2
    assert leaves(found.nearest) == [(BIG, 70)]
    at_the_top = difference(NEW, {"employees": 99, "revenue": 900, "kind": ""}, was=2, now=3)
    assert (at_the_top.next_up, at_the_top.nearest) == (None, ())


def test_opposites_turn_all_and_any_round():
    seen = {"employees": 70, "revenue": 0, "kind": ""}

    all_of = meeting(explained(Opposite(Either((BIG, RICH))), seen))
    any_of = meeting(explained(Opposite(Every((BIG, RICH))), seen))

    assert [met.leaf for met in all_of] == [BIG, RICH]
    assert [met.leaf for met in any_of] == [BIG]
    assert meeting(explained(BIG, seen)) == ()


def test_moves_add_up():
    moves = Moves({(None, 2): 5, (2, 2): 7, (2, 3): 4, (3, 1): 2, (1, 2): 0})

    assert moves.moved == {(2, 3): 4, (3, 1): 2}
    assert (moves.up, moves.down) == (4, 2)
    assert moves.before() == {2: 11, 3: 2, 1: 0}
    assert moves.after() == {2: 12, 3: 4, 1: 2}
