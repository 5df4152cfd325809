"""Why a customer stands at a level of each scheme, and what is missing for the next one (T19)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from dakehu.customers.queries import get_customer
from dakehu.facts.judging import found_decision
from dakehu.tiering.choices import CARD_LEVEL, TURN_NUMBERS, TURN_TONES, DecisionKind, Turn
from dakehu.tiering.pages.mappings import Twin, twins_of
from dakehu.tiering.queries import measures as measure_queries
from dakehu.tiering.queries import moves as move_queries
from dakehu.tiering.queries.judging import decisions_of
from dakehu.tiering.queries.kinds import kinds_of
from dakehu.tiering.queries.localizing import OwnLimits
from dakehu.tiering.queries.schemes import body_of, level_names, schemes_known
from dakehu.tiering.queries.wording import (
    join_words,
    leaf_words,
    name_of,
    value_words,
)
from dakehu.tiering.rules.compiling import CITY
from dakehu.tiering.rules.deciding import Met, explained, missing_for
from dakehu.tiering.rules.localizing import rules_at
from dakehu.tiering.values import LevelRule, TierRules

if TYPE_CHECKING:
    from dakehu.people.models import Staff
    from dakehu.tiering.models import Evaluation, Level, Measure, Scheme, Standing


@dataclass(frozen=True)
class Line:
    """One statement: its words, whether it was met, what was seen, how deep it stands."""

    words: str
    met: bool
    seen: str = ""
    depth: int = 0
    to_confirm: bool = False
    # Whose limit it is and since when, where a city has its own.
    own: str = ""


@dataclass(frozen=True)
class SchemePanel:
    """Where a customer stands in one scheme, why, and what is missing for the next level."""

    code: str
    name: str
    level: str
    since: date | None
    kind: str
    is_by_hand: bool
    until: date | None
    planned: str
    planned_from: date | None
    turn: str
    tone: str
    version: int | None
    day: date | None
    reasons: tuple[Line, ...]
    next_level: str
    missing: tuple[Line, ...]
    earlier: tuple[tuple[str, date, date | None, str], ...]
    twins: tuple[Twin, ...] = ()


def scheme_panels(actor: "Staff", customer_id: int, *, on: date) -> list[SchemePanel]:
    """Gather the standings of a customer in every scheme but the card level (T19, T24)."""
    customer = get_customer(actor, customer_id)
    found, twins = [], twins_of(customer, on=on)
    for scheme in schemes_known():
        if scheme.code == CARD_LEVEL or customer.kind not in kinds_of(scheme):
            continue
        standings = move_queries.standings_in(customer, scheme)
        evaluation = move_queries.newest_evaluation(scheme)
        told = decision_of(evaluation, customer.number)
        if standings or told:
            panel = panel_of(scheme, standings, evaluation, told, on=on)
            found.append(replace(panel, twins=twins.get(scheme.code, ())))
    return found


def decision_of(evaluation: "Evaluation | None", number: str) -> Mapping[str, Any] | None:
    """Return what the newest evaluation said of a customer, while its file is kept."""
    if evaluation is None:
        return None
    path = decisions_of(evaluation)
    return found_decision(path, number) if path.exists() else None


def panel_of(
    scheme: "Scheme",
    standings: "list[Standing]",
    evaluation: "Evaluation | None",
    told: Mapping[str, Any] | None,
    *,
    on: date,
) -> SchemePanel:
    """Put one scheme's part together."""
    now = next((each for each in standings if holds(each, on)), None)
    planned = next((each for each in standings if each.active_from > on), None)
    levels = level_names(scheme)
    reasons, next_level, missing = why(scheme, evaluation, told, levels)
    turn = Turn(TURN_NUMBERS[told["turn"]]) if told else None
    return SchemePanel(
        code=scheme.code,
        name=name_of(scheme),
        level=name_of(now.level) if now else "",
        since=now.active_from if now else None,
        kind=now.get_kind_display() if now else "",
        is_by_hand=bool(now and now.kind == DecisionKind.MANUAL),
        until=now.active_to if now else None,
        planned=name_of(planned.level) if planned else "",
        planned_from=planned.active_from if planned else None,
        turn=str(turn.label) if turn else "",
        tone=TURN_TONES[turn] if turn else "neutral",
        version=evaluation.rule_set.number if evaluation else None,
        day=evaluation.day if evaluation else None,
        reasons=reasons,
        next_level=next_level,
        missing=missing,
        earlier=tuple(
            (name_of(each.level), each.active_from, each.active_to, each.get_kind_display())
            for each in standings
            if each.active_from < on and each is not now
        ),
    )


def holds(standing: "Standing", on: date) -> bool:
    """Tell whether a standing holds on a day."""
    return standing.active_from <= on and (standing.active_to is None or on < standing.active_to)


def why(
    scheme: "Scheme",
    evaluation: "Evaluation | None",
    told: Mapping[str, Any] | None,
    levels: "Mapping[int, Level]",
) -> tuple[tuple[Line, ...], str, tuple[Line, ...]]:
    """Return the statements behind the due level, the next level, and what is missing for it."""
    if evaluation is None or told is None:
        return (), "", ()
    rules, own = body_of(evaluation.rule_set), OwnLimits(evaluation.rule_set)
    if not isinstance(rules, TierRules):
        return (), "", ()
    rules = rules_at(rules, told.get("city_id"))
    measures = {each.code: each for each in measure_queries.measures_for(scheme.kind)}
    values = {code: told.get(code) for code in measures}
    due = next((each for each in rules.levels if each.rank == told["due"]), rules.levels[-1])
    reasons = lines_of(explained(due.when, values), measures, own) if due.when else ()
    above = next_above(rules, told["level"])
    if above is None or above.when is None:
        return reasons, "", ()
    unmet = missing_for(explained(above.when, values))
    lines = tuple(line_of(each, measures, own, 0) for each in unmet)
    name = name_of(levels[above.rank]) if above.rank in levels else str(above.rank)
    return reasons, name, lines


def next_above(rules: TierRules, rank: int) -> LevelRule | None:
    """Return the level above a rank."""
    above = [each for each in rules.levels if each.rank > rank]
    return above[-1] if above else None


def lines_of(
    met: Met, measures: "Mapping[str, Measure]", own: OwnLimits, depth: int = 0
) -> tuple[Line, ...]:
    """Return a condition as lines, its parts one step deeper."""
    first = line_of(met, measures, own, depth)
    below = [line for part in met.parts for line in lines_of(part, measures, own, depth + 1)]
    return (first, *below)


def line_of(met: Met, measures: "Mapping[str, Measure]", own: OwnLimits, depth: int) -> Line:
    """Return one statement as a line."""
    leaf, whose = own.plain(met)
    if leaf is None:
        words = join_words(met.condition, opposite=met.opposite)
        return Line(words, met.met, depth=depth)
    return Line(
        leaf_words(leaf, measures, opposite=met.opposite),
        met.met,
        value_words(measures.get(leaf.measure), met.value),
        depth,
        bool(getattr(leaf, "to_confirm", False)),
        whose,
    )


def move_lines(move: Any) -> tuple[Line, ...]:
    """Return the statements of the level that a move leads to, with the values it saw."""
    if move.evaluation is None:
        return ()
    rule_set = move.evaluation.rule_set
    rules = body_of(rule_set)
    if not isinstance(rules, TierRules):
        return ()
    rules = rules_at(rules, move.evidence.get(CITY))
    measures = {each.code: each for each in measure_queries.measures_for(move.scheme.kind)}
    values = {code: move.evidence.get(code) for code in measures}
    rank = max(move.from_level.rank, move.to_level.rank)
    level = next((each for each in rules.levels if each.rank == rank), None)
    if level is None or level.when is None:
        return ()
    return lines_of(explained(level.when, values), measures, OwnLimits(rule_set))
