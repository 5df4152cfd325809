"""
Measures of one customer a second time, in plain steps, sharing no code with the engine's.

Facts come as rows of each interface, each with the day and city of its delivery.  Tests hold the
engine against it; nothing else computes with it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from dakehu.facts.measures.values import (
    Age,
    Daily,
    Difference,
    Fold,
    Gaps,
    Held,
    Measure,
    Monthly,
    Newest,
    Recorded,
    Served,
    Share,
    Silence,
)

Value = int | str | None
Delivered = tuple[date, str, Mapping[str, Any]]


@dataclass(frozen=True)
class Dossier:
    """All that was delivered and recorded about one customer; ``master`` is the newest row."""

    day: date
    profile: Mapping[str, Any]
    months: Sequence[Delivered] = ()
    usage: Sequence[Delivered] = ()
    subscriptions: Sequence[Delivered] = ()
    service: Sequence[Delivered] = ()
    recorded: Mapping[str, int] = field(default_factory=dict)
    # Whether any city ever told of subscriptions, and of service.
    products_told: bool = True
    service_told: bool = True


def values_of(measures: Iterable[Measure], dossier: Dossier) -> dict[str, Value]:
    """Compute the measures of one customer."""
    found = list(measures)
    derived = [each for each in found if isinstance(each.source, Share | Difference)]
    values = {each.code: value_of(each, dossier) for each in found if each not in derived}
    return values | {each.code: made_of(each, values) for each in derived}


def made_of(measure: Measure, values: Mapping[str, Value]) -> Value:
    """Compute a measure that is made of two others."""
    source = measure.source
    assert isinstance(source, Share | Difference)
    top, base = values[source.top], values[source.base]
    if not isinstance(top, int) or not isinstance(base, int):
        return None
    if isinstance(source, Difference):
        return top - base
    return None if base == 0 else top * source.scale // base


def value_of(measure: Measure, dossier: Dossier) -> Value:
    """Compute one measure that does not stand on others."""
    match measure.source:
        case Newest(column, as_number):
            return newest(dossier.profile.get(column), as_number=as_number)
        case Age(column, ahead):
            day: date | None = dossier.profile.get(column)
            if day is None:
                return None
            age = (dossier.day + timedelta(days=1) - day).days
            return -age if ahead else age
        case Monthly() as monthly:
            return over_months(monthly, dossier)
        case Daily() as daily:
            return over_days(daily, dossier)
        case Held(products):
            return held(products, dossier) if dossier.products_told else None
        case Served() | Silence():
            return service(measure.source, dossier) if dossier.service_told else None
        case Recorded():
            return dossier.recorded.get(measure.code)
    raise TypeError(measure)


def newest(value: Value, *, as_number: bool) -> Value:
    """Read a column of the newest row; a text that is no number is missing."""
    if value in (None, ""):
        return None
    if not as_number:
        return value
    try:
        return int(value)
    except ValueError:
        return None


def over_months(source: Monthly, dossier: Dossier) -> int | None:
    """Fold the whole months before the day's month."""
    wanted = []
    first = dossier.day.replace(day=1)
    for _ in range(source.months):
        first = (first - timedelta(days=1)).replace(day=1)
        wanted.append(first.year * 100 + first.month)
    told: dict[int, tuple[date, str, int | None]] = {}
    for day, city, row in dossier.months:
        ym = row["ym"]
        if ym in wanted and day <= dossier.day and (ym not in told or (day, city) > told[ym][:2]):
            told[ym] = (day, city, row[source.column])
    known = {ym: value for ym, (_, _, value) in told.items() if value is not None}
    if source.fold is Fold.COUNT:
        return len(known)
    if source.gaps is Gaps.ZERO and source.fold is not Fold.NEWEST:
        return folded(source.fold, [known.get(ym, 0) for ym in wanted])
    if source.gaps is Gaps.SKIP and len(known) < source.least:
        return None
    if source.fold is Fold.NEWEST:
        return known[max(known)] if known else (0 if source.gaps is Gaps.ZERO else None)
    return folded(source.fold, list(known.values()))


def folded(fold: Fold, values: list[int]) -> int | None:
    """Make one number of several."""
    if fold is Fold.MEAN:
        return sum(values) // len(values)
    if fold is Fold.SUM:
        return sum(values)
    return max(values) if fold is Fold.MAX else min(values)


def over_days(source: Daily, dossier: Dossier) -> int | None:
    """Fold the last days of usage."""
    first = dossier.day - timedelta(days=source.days - 1)
    values: list[int] = [
        row[source.column]
        for day, _, row in dossier.usage
        if first <= day <= dossier.day and row[source.column] is not None
    ]
    if source.fold is Fold.COUNT:
        return len(values)
    if source.fold is Fold.SUM:
        return sum(values)
    return folded(source.fold, values) if values else None


def held(products: tuple[str, ...], dossier: Dossier) -> int:
    """Count the different products in use."""
    told: dict[tuple[str, date | None], tuple[date, str, date | None]] = {}
    for day, city, row in dossier.subscriptions:
        key = (row["product_code"], row["since"])
        if day <= dossier.day and (key not in told or (day, city) > told[key][:2]):
            told[key] = (day, city, row["until"])
    used = {
        code
        for (code, since), (_, _, until) in told.items()
        if (since is None or since <= dossier.day) and (until is None or until >= dossier.day)
    }
    return len(used & set(products)) if products else len(used)


def service(source: Served | Silence, dossier: Dossier) -> int | None:
    """Count the acts of service, or the days since the last one."""
    acts: dict[tuple[str, str], date] = {}
    for delivered, city, row in dossier.service:
        if delivered <= dossier.day:
            on_day = date.fromisoformat(row["at"][:10])
            key = (city, row["log_no"])
            acts[key] = max(on_day, acts.get(key, on_day))
    days = [on_day for on_day in acts.values() if on_day <= dossier.day]
    if isinstance(source, Served):
        first = dossier.day - timedelta(days=source.days - 1)
        return sum(1 for on_day in days if on_day >= first)
    return (dossier.day + timedelta(days=1) - max(days)).days if days else None
