"""Why a simulation moves a customer, in words (T19)."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from dakehu.people.queries import cities
from dakehu.tiering.choices import Turn
from dakehu.tiering.models import Level, SimulatedMove, Simulation
from dakehu.tiering.queries.card_words import next_level, own_numbers_words, reasons_of
from dakehu.tiering.queries.measures import measures_for
from dakehu.tiering.queries.schemes import level_names
from dakehu.tiering.queries.wording import leaf_words, name_of, value_words
from dakehu.tiering.rules import card_level
from dakehu.tiering.rules.bodies import body_from_data
from dakehu.tiering.rules.card import gathered_name
from dakehu.tiering.rules.compiling import CITY
from dakehu.tiering.rules.deciding import Met
from dakehu.tiering.rules.localizing import names_cities, rules_at
from dakehu.tiering.rules.simulation import Cause, Difference, difference
from dakehu.tiering.values import CardDecision, CardNumbers, TierRules


def level_word(levels: Mapping[int, Level], rank: int | None) -> str:
    """Return the name of a level; its rank if it is gone, a dash for none."""
    if rank is None:
        return "–"
    return name_of(levels[rank]) if rank in levels else str(rank)


class MoveWords:
    """Words for the movers of one simulation."""

    def __init__(self, simulation: Simulation) -> None:
        self.rules = body_from_data(simulation.body)
        self.others = simulation.base_body and body_from_data(simulation.base_body)
        self.measures = {each.code: each for each in measures_for(simulation.scheme.kind)}
        self.levels = level_names(simulation.scheme)
        local = any(map(names_cities, (self.rules, self.others)))
        self.places = cities() if local else {}

    def level(self, rank: int | None) -> str:
        """Return the name of a level."""
        return level_word(self.levels, rank)

    def statements(self, mets: Iterable[Met]) -> str:
        """Return statements with what was seen: "Employees ≥ 100 (now 90)"."""
        told = []
        for met in mets:
            assert met.leaf is not None, "only a comparison is a statement"
            facts = {
                "statement": leaf_words(
                    met.leaf, self.measures, opposite=met.opposite, places=self.places
                ),
                "seen": value_words(self.measures.get(met.leaf.measure), met.value),
            }
            told.append(_("%(statement)s (now %(seen)s)") % facts)
        return "; ".join(told)

    def why(self, move: SimulatedMove) -> str:
        """Return which statements make the difference."""
        if isinstance(self.rules, CardNumbers):
            reasons = reasons_of(*card_decision(move.evidence, self.rules))
            if self.rules.own_of(city := move.evidence.get(CITY)):
                reasons.append(own_numbers_words(self.rules, str(city)))
            return " ".join(reasons)
        return self.cause(self.difference(move), move)

    def nearest(self, move: SimulatedMove) -> str:
        """Return what is missing for the next level up; nothing at the top."""
        if isinstance(self.rules, CardNumbers):
            return next_level(*card_decision(move.evidence, self.rules))
        found = self.difference(move)
        if found.next_up is None or not found.nearest:
            return ""
        facts = {
            "level": self.level(found.next_up),
            "statements": self.statements(found.nearest),
        }
        return _("%(level)s: %(statements)s") % facts

    def difference(self, move: SimulatedMove) -> Difference:
        """Return what makes the difference for a mover."""
        assert isinstance(self.rules, TierRules)
        by_rules = move.base is not None and move.base != move.level
        was = move.base if by_rules else move.before
        assert was is not None, "a mover stood somewhere"
        city = move.evidence.get(CITY)
        rules, others = rules_at(self.rules, city), None
        if by_rules and isinstance(self.others, TierRules):
            others = rules_at(self.others, city)
        return difference(rules, move.evidence, was=was, now=move.level, others=others)

    def cause(self, found: Difference, move: SimulatedMove) -> str:
        """Return a difference in words."""
        level, turn = self.level(found.rank), Turn(move.turn).label
        new = self.statements(found.new)
        if found.cause is Cause.KEPT:
            return str(turn)
        if found.cause is Cause.REMOVED:
            return _("There is no level %(level)s any more.") % {"level": level}
        if found.cause is Cause.MISSED:
            return _("Misses %(level)s: %(statements)s") % {"level": level, "statements": new}
        reached = _("Reaches %(level)s: %(statements)s") % {"level": level, "statements": new}
        if not found.old:
            return reached
        old = self.statements(found.old)
        return reached + " " + _("The rules in force ask: %(statements)s") % {"statements": old}


def card_decision(
    evidence: Mapping[str, Any], rules: CardNumbers
) -> tuple[CardDecision, CardNumbers]:
    """Decide the card level of a mover once more, from what was seen, and by which numbers."""
    numbers = rules.at_city(evidence.get(CITY))
    decision = card_level(
        revenue_fen=evidence.get(gathered_name("revenue", numbers.months)) or 0,
        arrears_days=evidence.get(gathered_name("arrears", numbers.months)) or 0,
        tenure_days=evidence.get("tenure"),
        old_level=evidence.get("present_level"),
        numbers=numbers,
    )
    return decision, numbers
