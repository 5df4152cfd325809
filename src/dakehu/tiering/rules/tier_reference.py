"""
Levels of one customer a second time, in plain steps, sharing no code with the rule kit.

Tests hold the engine and the explanation against it; nothing else decides with it.
"""

import operator
from collections.abc import Mapping
from datetime import date

from dakehu.tiering.values import (
    Condition,
    Either,
    Every,
    IsKnown,
    Limit,
    OneOf,
    Opposite,
    Prior,
    TierRules,
)

Values = Mapping[str, int | str | None]
COMPARE = {
    ">=": operator.ge,
    ">": operator.gt,
    "<=": operator.le,
    "<": operator.lt,
    "=": operator.eq,
    "!=": operator.ne,
}


def verdict(condition: Condition, values: Values, percent: int = 100) -> tuple[bool, bool]:
    """Tell whether a condition is met, and whether its opposite is: never both."""
    match condition:
        case Every(parts):
            both = [verdict(part, values, percent) for part in parts]
            return all(met for met, _ in both), any(unmet for _, unmet in both)
        case Either(parts):
            both = [verdict(part, values, percent) for part in parts]
            return any(met for met, _ in both), all(unmet for _, unmet in both)
        case Opposite(part):
            met, unmet = verdict(part, values, percent)
            return unmet, met
        case IsKnown(measure):
            known = values[measure] is not None
            return known, not known
    value = values[condition.measure]
    if value is None:
        return condition.missing_met, False
    if isinstance(condition, OneOf):
        return value in condition.values, value not in condition.values
    assert isinstance(condition, Limit) and isinstance(value, int)  # noqa: PT018
    compare = COMPARE[condition.operator]
    bar = next(
        (own for city, own in condition.local if city == values["limit_city"]), condition.value
    )
    plain = compare(value, bar)
    return eased(condition, value, bar, percent) or plain, not plain


def eased(limit: Limit, value: int, bar: int, percent: int) -> bool:
    """Tell whether a value meets a limit of ``bar`` eased to so many per cent."""
    if percent >= 100 or limit.firm or bar <= 0 or limit.operator in {"=", "!="}:
        return False
    compare = COMPARE[limit.operator]
    if limit.operator in {">=", ">"}:
        return bool(compare(value * 100, bar * percent))
    return bool(compare(value * percent, bar * 100))


def reference_decision(
    rules: TierRules, values: Values, prior: Prior | None, day: date
) -> tuple[int, int, int, str]:
    """Compute (due, level, streak, turn) of one customer."""
    due = rules.levels[-1].rank
    for level in rules.levels:
        if level.when is not None and verdict(level.when, values)[0]:
            due = level.rank
            break
    if prior is None:
        return due, due, 0, "FIRST"
    if due >= prior.level:
        return due, due, 0, "UP" if due > prior.level else "SAME"
    months = rules.grace.valid_months
    if months and prior.since is not None and _later(prior.since, months) > day:
        return due, prior.level, 0, "VALID"
    present = next((each for each in rules.levels if each.rank == prior.level), None)
    percent = rules.grace.keep_percent
    eases = present is not None and present.when is not None and percent < 100
    if eases and verdict(present.when, values, percent)[0]:  # type: ignore[union-attr, arg-type]
        return due, prior.level, 0, "KEPT"
    if prior.streak + 1 < rules.grace.evaluations:
        return due, prior.level, prior.streak + 1, "WAITS"
    return due, due, 0, "DOWN"


def _later(day: date, months: int) -> date:
    month = day.month + months
    year, month = day.year + (month - 1) // 12, (month - 1) % 12 + 1
    for last in range(day.day, 0, -1):
        try:
            return date(year, month, last)
        except ValueError:
            continue
    raise AssertionError(day)
