"""
Rules of levels as plain data, for the records, for packs and for the editor, and back.

Reading finds every fault, each at its place in the document; only a document without faults
becomes rules.
"""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, TypeGuard

from dakehu.tiering.choices import Period
from dakehu.tiering.values import (
    CARD_NUMBERS,
    Body,
    CardNumbers,
    Condition,
    Either,
    Every,
    Grace,
    IsKnown,
    LevelRule,
    Limit,
    OneOf,
    Opposite,
    TierRules,
)
from dakehu.tiering.values.problems import Path, Problem

OPERATORS = (">=", ">", "<=", "<", "=", "!=")
MOST_DEPTH = 6
MOST_VALUE = 10**15
LEAF_MARKS = {"to_confirm", "firm", "missing", "local"}


@dataclass(frozen=True)
class KnownMeasure:
    """What reading has to know of a measure: whether it holds words."""

    code: str
    is_text: bool


def condition_to_data(condition: Condition) -> dict[str, Any]:
    """Return a condition as plain data."""
    match condition:
        case Every(parts):
            return {"all": [condition_to_data(part) for part in parts]}
        case Either(parts):
            return {"any": [condition_to_data(part) for part in parts]}
        case Opposite(part):
            return {"not": condition_to_data(part)}
        case IsKnown(measure):
            return {"measure": measure, "known": True}
        case OneOf(measure, values):
            data: dict[str, Any] = {"measure": measure, "in": list(values)}
        case Limit(measure, operator, value):
            data = {"measure": measure, "is": operator, "value": value}
            data |= {"firm": True} if condition.firm else {}
            data |= {"local": dict(condition.local)} if condition.local else {}
    if condition.to_confirm:
        data["to_confirm"] = True
    if condition.missing_met:
        data["missing"] = "met"
    return data


def body_to_data(body: Body) -> dict[str, Any]:
    """Return rules as plain data."""
    if isinstance(body, CardNumbers):
        return {"card": card_to_data(body)}
    levels = []
    for level in body.levels:
        data: dict[str, Any] = {"rank": level.rank}
        if level.when is not None:
            data["when"] = condition_to_data(level.when)
        levels.append(data)
    return {"levels": levels, "grace": asdict(body.grace), "period": str(body.period)}


def card_to_data(numbers: CardNumbers) -> dict[str, Any]:
    """Return the numbers of the card level as plain data."""
    local = {"local": {city: dict(own) for city, own in numbers.local}} if numbers.local else {}
    return {"version": numbers.version, **numbers.parameters, **local}


def card_from_data(data: Mapping[str, Any]) -> CardNumbers:
    """Return the numbers of the card level from plain data that is whole."""
    kept = {name: data[name] for name in ("version", *CARD_NUMBERS) if name in data}
    numbers = CardNumbers(**kept)
    for city, own in data.get("local", {}).items():
        numbers = numbers.with_own(city, own)
    return numbers


def body_from_data(data: Mapping[str, Any]) -> Body:
    """
    Return the rules that the records keep.

    :raises ValueError: if they are not whole, which the operations never let happen.
    """
    if "card" in data:
        return card_from_data(data["card"])
    reader = Reader(None, cities=None)
    rules = reader.rules(data, ())
    if rules is None or reader.problems:
        raise ValueError(f"rules of levels that are not whole: {reader.problems[:1]}")
    return rules


@dataclass
class Reader:
    """
    Reads plain data and gathers what is wrong with it; ``measures`` None trusts all names.

    ``cities`` are the codes of cities that limits may have numbers of their own for; None trusts
    all of them.
    """

    measures: Mapping[str, KnownMeasure] | None
    cities: Collection[str] | None = ()
    problems: list[Problem] = field(default_factory=list)

    def fault(self, path: Path, code: str, **facts: Any) -> None:
        """Note a fault."""
        self.problems.append(Problem(path, code, facts))

    def unknown_names(self, data: Mapping[str, Any], known: set[str], path: Path) -> None:
        """Note every name that means nothing here."""
        for name in data:
            if name not in known:
                listed = ", ".join(sorted(known))
                self.fault((*path, name), "unknown_name", name=str(name), known=listed)

    def rules(self, data: Any, path: Path) -> TierRules | None:
        """Read levels, grace and period."""
        if not isinstance(data, Mapping):
            self.fault(path, "not_a_mapping")
            return None
        levels = data.get("levels")
        if not isinstance(levels, list) or not levels:
            self.fault((*path, "levels"), "no_levels")
            return None
        read = [self.level(each, (*path, "levels", n)) for n, each in enumerate(levels)]
        found = tuple(each for each in read if each is not None)
        self.order(found, (*path, "levels"))
        return TierRules(
            levels=found,
            grace=self.grace(data.get("grace", {}), (*path, "grace")),
            period=self.period(data.get("period", "MONTH"), (*path, "period")),
        )

    def order(self, levels: tuple[LevelRule, ...], path: Path) -> None:
        """Levels go downwards, and only the last one takes the rest."""
        for n, level in enumerate(levels):
            if n and level.rank >= levels[n - 1].rank:
                self.fault((*path, n), "rank_order", rank=level.rank)
            is_last = n == len(levels) - 1
            if is_last and level.when is not None:
                self.fault((*path, n), "last_has_condition", rank=level.rank)
            if not is_last and level.when is None:
                self.fault((*path, n), "no_condition", rank=level.rank)

    def level(self, data: Any, path: Path) -> LevelRule | None:
        """Read one level."""
        if not isinstance(data, Mapping):
            self.fault(path, "not_a_mapping")
            return None
        rank = data.get("rank")
        if not isinstance(rank, int) or isinstance(rank, bool) or not 0 <= rank <= 99:
            self.fault((*path, "rank"), "rank")
            return None
        when = data.get("when")
        return LevelRule(rank, None if when is None else self.condition(when, (*path, "when")))

    def grace(self, data: Any, path: Path) -> Grace:
        """Read what keeps a level."""
        if not isinstance(data, Mapping):
            self.fault(path, "not_a_mapping")
            return Grace()
        bounds = {"evaluations": (1, 12), "keep_percent": (1, 100), "valid_months": (0, 60)}
        self.unknown_names(data, set(bounds), path)
        values = asdict(Grace())
        for name, (least, most) in bounds.items():
            value = data.get(name, values[name])
            if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
                self.fault((*path, name), "out_of_bounds", name=name, least=least, most=most)
            else:
                values[name] = value
        return Grace(**values)

    def period(self, data: Any, path: Path) -> Period:
        """Read the period with whose start a lower level begins."""
        wanted = str(data).upper()
        if wanted not in Period.values:
            self.fault(path, "one_of", known=", ".join(each.lower() for each in Period.values))
            return Period.MONTH
        return Period(wanted)

    def condition(self, data: Any, path: Path, depth: int = 1) -> Condition:
        """Read a condition; where it is faulty, something harmless stands in for it."""
        stand_in = Every(())
        if not isinstance(data, Mapping):
            self.fault(path, "not_a_condition")
            return stand_in
        if depth > MOST_DEPTH:
            self.fault(path, "too_deep", most=MOST_DEPTH)
            return stand_in
        joins = [name for name in ("all", "any", "not") if name in data]
        if joins:
            self.unknown_names(data, {joins[0]}, path)
            return self.joined(joins[0], data[joins[0]], (*path, joins[0]), depth)
        return self.leaf(data, path)

    def joined(self, name: str, data: Any, path: Path, depth: int) -> Condition:
        """Read what joins conditions."""
        if name == "not":
            return Opposite(self.condition(data, path, depth + 1))
        if not isinstance(data, list) or not data:
            self.fault(path, "no_parts", name=name)
            return Every(())
        parts = tuple(
            self.condition(each, (*path, place), depth + 1) for place, each in enumerate(data)
        )
        return Every(parts) if name == "all" else Either(parts)

    def leaf(self, data: Mapping[str, Any], path: Path) -> Condition:
        """Read one comparison."""
        code = data.get("measure")
        if not isinstance(code, str):
            self.fault(path, "no_measure")
            return Every(())
        known = None if self.measures is None else self.measures.get(code)
        if self.measures is not None and known is None:
            self.fault((*path, "measure"), "unknown_measure", measure=code)
        missing_met = self.missing(data, path)
        to_confirm = bool(data.get("to_confirm", False))
        if "in" in data:
            self.unknown_names(data, {"measure", "in", "to_confirm", "missing"}, path)
            values = self.members(data["in"], known, (*path, "in"))
            return OneOf(code, values, to_confirm, missing_met)
        if "known" in data:
            self.unknown_names(data, {"measure", "known"}, path)
            if data["known"] is not True:
                self.fault((*path, "known"), "known_is_true")
            return IsKnown(code)
        self.unknown_names(data, {"measure", "is", "value"} | LEAF_MARKS, path)
        return self.limit(code, data, known, path)

    def missing(self, data: Mapping[str, Any], path: Path) -> bool:
        """Read what a missing measure means; unmet where nothing is said."""
        said = data.get("missing", "unmet")
        if said not in {"met", "unmet"}:
            self.fault((*path, "missing"), "one_of", known="met, unmet")
        return bool(said == "met")

    def members(self, data: Any, known: KnownMeasure | None, path: Path) -> tuple[Any, ...]:
        """Read the values of a list."""
        if not isinstance(data, list) or not data:
            self.fault(path, "no_values")
            return ()
        wanted = None if known is None else (str if known.is_text else int)
        for place, value in enumerate(data):
            if isinstance(value, bool) or not isinstance(value, wanted or (str, int)):
                code = "number_for_word" if wanted is str else "word_for_number"
                self.fault((*path, place), code, value=str(value))
        return tuple(data)

    def limit(
        self, code: str, data: Mapping[str, Any], known: KnownMeasure | None, path: Path
    ) -> Limit:
        """Read a comparison with a number."""
        operator, value = data.get("is"), data.get("value")
        if operator not in OPERATORS:
            self.fault((*path, "is"), "one_of", known=" ".join(OPERATORS))
            operator = ">="
        if known is not None and known.is_text:
            self.fault((*path, "is"), "words_are_listed", measure=code)
        if not is_whole(value):
            self.fault((*path, "value"), "whole_number", measure=code)
            value = 0
        local = self.local(code, data.get("local", {}), (*path, "local"))
        return Limit(
            code,
            operator,
            value,
            to_confirm=bool(data.get("to_confirm", False)),
            firm=bool(data.get("firm", False)),
            missing_met=data.get("missing") == "met",
            local=tuple(each for each in local if each[1] != value),
        )

    def local(self, code: str, data: Any, path: Path) -> tuple[tuple[str, int], ...]:
        """Read the numbers that cities have of their own (T21)."""
        if not isinstance(data, Mapping):
            self.fault(path, "not_a_mapping")
            return ()
        found = []
        for city, number in data.items():
            if not isinstance(city, str) or (self.cities is not None and city not in self.cities):
                listed = ", ".join(self.cities or ())
                self.fault((*path, str(city)), "unknown_city", city=str(city), known=listed)
            elif not is_whole(number):
                self.fault((*path, city), "whole_number", measure=code)
            else:
                found.append((city, number))
        return tuple(sorted(found))


def is_whole(value: Any) -> TypeGuard[int]:
    """Whether a value is a whole number that rules can hold."""
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) <= MOST_VALUE
