"""
Rules of levels as expressions of the rule kit: one meaning for one customer and for a million.

Words become numbers on the way: the words that the rules name are numbered from 1, any other word
is 0, and no word is missing.  So do cities that have numbers of their own (T21): they are words of
:data:`CITY`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from dakehu.rulekit.expressions import (
    AllOf,
    AnyOf,
    Choose,
    Comparison,
    Input,
    Literal,
    Not,
    Number,
    Predicate,
    Step,
    all_of,
    any_of,
)
from dakehu.tiering.choices import TURN_NUMBERS, Turn
from dakehu.tiering.values import (
    Condition,
    Either,
    Every,
    IsKnown,
    Limit,
    OneOf,
    Opposite,
    TierRules,
)

PRESENT = "prior_level"
STREAK = "prior_streak"
IN_TERM = "prior_in_term"
CITY = "limit_city"
"""The city a customer belongs to; rules with numbers of cities read it beside the measures."""
OPPOSITES = {">=": "<", "<": ">=", "<=": ">", ">": "<=", "=": "!=", "!=": "="}
Words = Mapping[str, tuple[str, ...]]


def leaves_of(condition: Condition | None) -> Iterator[Limit | OneOf | IsKnown]:
    """Every comparison of a condition, from left to right."""
    match condition:
        case Every(parts) | Either(parts):
            for part in parts:
                yield from leaves_of(part)
        case Opposite(part):
            yield from leaves_of(part)
        case Limit() | OneOf() | IsKnown():
            yield condition


def measures_in(rules: TierRules) -> tuple[str, ...]:
    """The measures that some rules name, each once, in the order of writing."""
    found = (leaf.measure for level in rules.levels for leaf in leaves_of(level.when))
    return tuple(dict.fromkeys(found))


def words_in(conditions: Iterable[Condition | None]) -> dict[str, tuple[str, ...]]:
    """The words that conditions look for, by measure, in order: their place is their number."""
    found: dict[str, set[str]] = {}
    for condition in conditions:
        for leaf in leaves_of(condition):
            if isinstance(leaf, OneOf):
                texts = {value for value in leaf.values if isinstance(value, str)}
                if texts:
                    found.setdefault(leaf.measure, set()).update(texts)
            elif isinstance(leaf, Limit) and leaf.local:
                found.setdefault(CITY, set()).update(leaf.own_numbers)
    return {measure: tuple(sorted(texts)) for measure, texts in sorted(found.items())}


def as_inputs(values: Mapping[str, int | str | None], words: Words) -> dict[str, int | None]:
    """Return measures as the expressions read them: words become their numbers."""
    return {code: numbered(value, words.get(code, ())) for code, value in values.items()}


def numbered(value: int | str | None, words: Sequence[str]) -> int | None:
    """Return the number of a word; numbers and what is missing stay."""
    if isinstance(value, str):
        return words.index(value) + 1 if value in words else 0
    return value


@dataclass(frozen=True)
class Compiler:
    """
    Writes conditions as predicates.

    ``keep_percent`` eases limits: a figure need reach only so much of a lower limit, or may exceed
    an upper one in the same measure.  Firm limits, and limits that are not positive, stay.
    """

    words: Words
    keep_percent: int = 100

    def predicate(self, condition: Condition, *, opposite: bool = False) -> Predicate:
        """The predicate of a condition, or of its opposite; both unmet where it is missing."""
        match condition:
            case Every(parts):
                joined = tuple(self.predicate(part, opposite=opposite) for part in parts)
                return AnyOf(joined) if opposite else AllOf(joined)
            case Either(parts):
                joined = tuple(self.predicate(part, opposite=opposite) for part in parts)
                return AllOf(joined) if opposite else AnyOf(joined)
            case Opposite(part):
                return self.predicate(part, opposite=not opposite)
            case IsKnown(measure):
                known = Input(measure).is_known()
                return Not(known) if opposite else known
            case Limit():
                return self._limit(condition, opposite=opposite)
            case OneOf():
                return self._member(condition, opposite=opposite)
        raise TypeError(f"not a condition: {type(condition).__name__}")

    def _limit(self, limit: Limit, *, opposite: bool) -> Predicate:
        if limit.local:
            return self._local(limit, opposite=opposite)
        operator = OPPOSITES[limit.operator] if opposite else limit.operator
        left: Number = Input(limit.measure)
        right: Number = Literal(limit.value)
        if self._is_eased(limit, opposite=opposite):
            if operator in {">=", ">"}:
                left, right = left * 100, Literal(limit.value * self.keep_percent)
            elif operator in {"<=", "<"}:
                left, right = left * self.keep_percent, Literal(limit.value * 100)
        met = compared(operator, left, right)
        return self._or_missing(
            met, limit.measure, met_when_missing=limit.missing_met, opposite=opposite
        )

    def _local(self, limit: Limit, *, opposite: bool) -> Predicate:
        """The limit of whichever city a customer belongs to, else the province's."""
        city, known = Input(CITY), self.words[CITY]
        at = [(known.index(name) + 1, limit.at_city(name)) for name in limit.own_numbers]
        elsewhere = ~city.is_in(tuple(number for number, _ in at))
        return any_of(
            *(
                all_of(city.equals(number), self._limit(own, opposite=opposite))
                for number, own in at
            ),
            all_of(elsewhere, self._limit(limit.at_city(""), opposite=opposite)),
        )

    def _is_eased(self, limit: Limit, *, opposite: bool) -> bool:
        return self.keep_percent < 100 and limit.value > 0 and not (limit.firm or opposite)

    def _member(self, member: OneOf, *, opposite: bool) -> Predicate:
        words = self.words.get(member.measure, ())
        numbers = tuple(
            words.index(value) + 1 if isinstance(value, str) else value for value in member.values
        )
        number = Input(member.measure)
        met: Predicate = number.is_in(numbers)
        if opposite:
            met = all_of(number.is_known(), ~met)
        return self._or_missing(
            met, member.measure, met_when_missing=member.missing_met, opposite=opposite
        )

    @staticmethod
    def _or_missing(
        met: Predicate, measure: str, *, met_when_missing: bool, opposite: bool
    ) -> Predicate:
        if not met_when_missing or opposite:
            return met
        return any_of(met, ~Input(measure).is_known())


def compared(operator: str, left: Number, right: Number) -> Predicate:
    """Compare two numbers by one of six operators; false where one is missing."""
    if operator != "!=":
        return Comparison(operator, left, right)
    return any_of(left < right, left > right)


@dataclass(frozen=True)
class Compiled:
    """Rules as expressions over their measures and what the evaluation before said."""

    words: Words
    due: Number
    level: Number
    streak: Number
    turn: Number

    @property
    def columns(self) -> tuple[tuple[str, Number], ...]:
        """What an engine computes of every customer, by name."""
        return (
            ("due", self.due),
            ("level", self.level),
            ("streak", self.streak),
            ("turn", self.turn),
        )


def compiled(rules: TierRules) -> Compiled:
    """
    Write rules as expressions.

    A higher level than the present one acts at once.  A lower one acts unless the present level's
    term runs, its eased limits are met, or it was not due often enough in a row.
    """
    conditions = [level.when for level in rules.levels]
    words = words_in(conditions)
    plain, eased = Compiler(words), Compiler(words, rules.grace.keep_percent)
    due = Step("due_level", due_level(rules, plain))
    present = Input(PRESENT)
    falls = due < present
    in_term = Input(IN_TERM).equals(1)
    is_kept = any_of(
        *(
            all_of(present.equals(level.rank), eased.predicate(level.when))
            for level in rules.levels
            if level.when is not None and rules.grace.keep_percent < 100
        )
    )
    waits = Input(STREAK) + 1 < rules.grace.evaluations
    turn = Step(
        "turn_number",
        Choose(
            (
                (~present.is_known(), turn_number(Turn.FIRST)),
                (due > present, turn_number(Turn.UP)),
                (due.equals(present), turn_number(Turn.SAME)),
                (in_term, turn_number(Turn.VALID)),
                (is_kept, turn_number(Turn.KEPT)),
                (waits, turn_number(Turn.WAITS)),
            ),
            turn_number(Turn.DOWN),
        ),
    )
    held = turn.is_in(tuple(turn_number(each).value for each in KEEPING))
    counts = all_of(falls, turn.is_in((turn_number(Turn.WAITS).value,)))
    return Compiled(
        words=words,
        due=due,
        level=Choose(((held, present),), due),
        streak=Choose(((counts, Input(STREAK) + 1),), Literal(0)),
        turn=turn,
    )


KEEPING = (Turn.VALID, Turn.KEPT, Turn.WAITS)
"""Turns in which the present level stays although a lower one is due."""


def turn_number(turn: Turn) -> Literal:
    """The number of a turn."""
    return Literal(TURN_NUMBERS.index(turn))


def due_level(rules: TierRules, compiler: Compiler) -> Number:
    """The first level from the top whose condition is met; the last one takes the rest."""
    cases = tuple(
        (compiler.predicate(level.when), Literal(level.rank))
        for level in rules.levels
        if level.when is not None
    )
    return Choose(cases, Literal(rules.levels[-1].rank))
