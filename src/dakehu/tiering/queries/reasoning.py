"""What decided a move, in one sentence (T19)."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from dakehu.tiering.queries.wording import Places, condition_words, leaf_words, value_words
from dakehu.tiering.rules.compiling import CITY
from dakehu.tiering.rules.deciding import Met, explained, missing_for
from dakehu.tiering.rules.localizing import rules_at
from dakehu.tiering.values import TierRules

if TYPE_CHECKING:
    from dakehu.tiering.models import Measure


def move_words(
    move: Any,
    measures: "Mapping[str, Measure]",
    rules: TierRules | None,
    places: Places | None = None,
) -> str:
    """Return in one sentence what decided a move: what is met now, or what is met no longer."""
    if rules is None:
        return ""
    rules = rules_at(rules, move.evidence.get(CITY))
    is_up = move.to_level.rank > move.from_level.rank
    rank = move.to_level.rank if is_up else move.from_level.rank
    level = next((each for each in rules.levels if each.rank == rank), None)
    if level is None or level.when is None:
        return ""
    values = {code: move.evidence.get(code) for code in measures}
    met = explained(level.when, values)
    parts = met_leaves(met) if is_up else missing_for(met)
    told = [
        f"{leaf_words(each.leaf, measures, opposite=each.opposite, places=places)}"
        f" ({value_words(measures.get(each.leaf.measure), each.value)})"
        for each in parts
        if each.leaf is not None
    ]
    return "; ".join(told[:4]) or condition_words(level.when, measures, places=places)


def met_leaves(met: Met) -> tuple[Met, ...]:
    """Return the comparisons that made a condition true: of alternatives the first that held."""
    if not met.met:
        return ()
    if met.leaf is not None:
        return (met,)
    held = [met_leaves(part) for part in met.parts if part.met]
    if any(not part.met for part in met.parts):
        return held[0] if held else ()
    return tuple(each for part in held for each in part)
