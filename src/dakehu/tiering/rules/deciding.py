"""Decide the level of one customer, say why, and what is missing for the next one up (T19)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from dakehu.rulekit.evaluation import Row
from dakehu.tiering.choices import TURN_NUMBERS, Period
from dakehu.tiering.rules.compiling import (
    IN_TERM,
    PRESENT,
    STREAK,
    Compiler,
    as_inputs,
    compiled,
    words_in,
)
from dakehu.tiering.values import (
    Condition,
    Decision,
    Either,
    Every,
    Opposite,
    Prior,
    TierRules,
)
from dakehu.tiering.values.conditions import Leaf

Values = Mapping[str, int | str | None]


def decide(rules: TierRules, values: Values, *, prior: Prior | None, day: date) -> Decision:
    """
    Decide the level of one customer as of a data day.

    :raises KeyError: if a measure that the rules name is not among the values.
    """
    program = compiled(rules)
    row = Row(
        {
            **as_inputs(values, program.words),
            PRESENT: None if prior is None else prior.level,
            STREAK: 0 if prior is None else prior.streak,
            IN_TERM: in_term(prior, rules.grace.valid_months, day),
        }
    )
    level = row.value(program.level)
    due, streak, turn = row.value(program.due), row.value(program.streak), row.value(program.turn)
    assert level is not None and due is not None and turn is not None  # noqa: PT018 - levels are literals
    changed = prior is None or prior.level != level
    since = day if changed or prior is None or prior.since is None else prior.since
    return Decision(
        due=due,
        level=level,
        turn=TURN_NUMBERS[turn],
        streak=streak or 0,
        since=since,
        before=None if prior is None else prior.level,
    )


def in_term(prior: Prior | None, months: int, day: date) -> int | None:
    """Tell whether the term of the present level runs after a data day; missing without one."""
    if prior is None or prior.since is None:
        return None
    return int(months > 0 and months_after(prior.since, months) > day)


def months_after(day: date, months: int) -> date:
    """Return the same day some months later, the month's last one where there is no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    first = date(year, month + 1, 1)
    following = (first.replace(day=28) + timedelta(days=4)).replace(day=1)
    last = (following - timedelta(days=1)).day
    return first.replace(day=min(day.day, last))


def period_start(period: Period, day: date) -> date:
    """Return the first day of the period after the one that ``day`` lies in."""
    months = {Period.MONTH: 1, Period.QUARTER: 3, Period.HALF: 6, Period.YEAR: 12}[period]
    first = day.replace(month=(day.month - 1) // months * months + 1, day=1)
    return months_after(first, months)


@dataclass(frozen=True)
class Met:
    """One statement of a condition: whether it was met, and the value it saw if it is a leaf."""

    condition: Condition
    met: bool
    value: int | str | None = None
    opposite: bool = False
    parts: tuple["Met", ...] = ()

    @property
    def leaf(self) -> Leaf | None:
        """The comparison itself; nothing for what joins others."""
        joins = isinstance(self.condition, Every | Either | Opposite)
        return None if joins else self.condition  # type: ignore[return-value]


def explained(
    condition: Condition, values: Values, *, keep_percent: int = 100, opposite: bool = False
) -> Met:
    """Say of every part of a condition whether it was met, and by which value."""
    words = words_in([condition])
    row = Row(as_inputs(values, words))
    held = row.holds(Compiler(words, keep_percent).predicate(condition, opposite=opposite))
    match condition:
        case Every(parts) | Either(parts):
            found = tuple(
                explained(part, values, keep_percent=keep_percent, opposite=opposite)
                for part in parts
            )
            return Met(condition, held, opposite=opposite, parts=found)
        case Opposite(part):
            inner = explained(part, values, keep_percent=keep_percent, opposite=not opposite)
            return Met(condition, held, opposite=opposite, parts=(inner,))
    return Met(condition, held, values.get(condition.measure), opposite)


def missing_for(met: Met) -> tuple[Met, ...]:
    """
    Return the fewest statements that would have to be met, for a condition that is not.

    Of alternatives the one with the fewest is taken, the first of equals.
    """
    if met.met:
        return ()
    if met.leaf is not None:
        return (met,)
    gathered = [missing_for(part) for part in met.parts]
    joined = isinstance(met.condition, Either) is not met.opposite
    if isinstance(met.condition, Opposite):
        return gathered[0]
    if joined:
        return min(gathered, key=len, default=())
    return tuple(each for part in gathered for each in part)
