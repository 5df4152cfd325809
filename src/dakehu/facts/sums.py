"""
Usage summed over windows: the full pass, and the same sums from snapshots.

Both give a list of *terms*: relations with at most one row per subscriber whose columns are added
to (or taken from) features.  The full pass sorts every day once into the set of windows it stands
in and sums each such class of days by subscriber; snapshots are month-to-date figures, so a
window is a difference of a few of them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from dakehu.facts.features import UsageSum
from dakehu.facts.rows import bounded
from dakehu.facts.windows import day_classes, month_terms


class Rows(Protocol):
    """Where usage rows are read from."""

    def select(self, days: Sequence[date], columns: Iterable[str]) -> str | None:
        """SQL for ``sub_id`` and ``columns`` of the rows of ``days``, or ``None``."""
        ...


class Snapshots(Protocol):
    """Where month-to-date figures are read from."""

    def select(self, day: date, columns: Sequence[str]) -> str | None:
        """SQL for the figures at ``day``, one row per subscriber, or ``None``."""
        ...


@dataclass(frozen=True)
class Term:
    """A relation unique by ``sub_id``, and with which sign it counts for which feature."""

    relation: str
    signs: Mapping[str, int]


def full_terms(sums: Sequence[UsageSum], rows: Rows, *, day: date) -> list[Term]:
    """One term for each class of days that stand in the same windows."""
    terms = []
    for days in day_classes({feature.window for feature in sums}, day):
        features = [feature for feature in sums if feature.window in days.windows]
        columns = columns_of(features)
        selected = rows.select(days.days, columns)
        if selected is not None:
            signs = {feature.name: 1 for feature in features}
            terms.append(Term(summed(selected, columns), signs))
    return terms


def snapshot_days(sums: Iterable[UsageSum], *, day: date) -> dict[date, dict[str, int]]:
    """The days whose month-to-date figures the windows need: sign by feature for each day."""
    needed: dict[date, dict[str, int]] = {}
    for feature in sums:
        for boundary, sign in month_terms(feature.window.span(day)):
            signs = needed.setdefault(boundary, {})
            signs[feature.name] = signs.get(feature.name, 0) + sign
    return needed


def snapshot_terms(sums: Sequence[UsageSum], snapshots: Snapshots, *, day: date) -> list[Term]:
    """One term for each day whose month-to-date figures the windows need."""
    terms = []
    for boundary, signs in snapshot_days(sums, day=day).items():
        columns = columns_of(feature for feature in sums if feature.name in signs)
        selected = snapshots.select(boundary, columns)
        if selected is not None:
            terms.append(Term(selected, signs))
    return terms


def columns_of(features: Iterable[UsageSum]) -> tuple[str, ...]:
    """The row columns that ``features`` add up, each once, in a fixed order."""
    return tuple(sorted({column for feature in features for column in feature.columns}))


def summed(selected: str, columns: Iterable[str]) -> str:
    """Add up ``columns`` of the selected rows by subscriber; a missing figure counts 0."""
    sums = ", ".join(f"{bounded(f'coalesce(sum({column}), 0)')} AS {column}" for column in columns)
    return f"SELECT sub_id, {sums} FROM ({selected}) GROUP BY sub_id"


def sums_sql(sums: Iterable[UsageSum], terms: Sequence[Term], *, people: str) -> str:
    """SQL for the table ``people`` with one more column for every window sum."""
    joins = " ".join(
        f"LEFT JOIN ({term.relation}) AS t{number} ON t{number}.sub_id = p.sub_id"
        for number, term in enumerate(terms)
    )
    columns = ", ".join(["p.*", *(_column(feature, terms) for feature in sums)])
    return f"SELECT {columns} FROM {people} AS p {joins}"


def _column(feature: UsageSum, terms: Sequence[Term]) -> str:
    parts = [
        f"{'+' if term.signs[feature.name] > 0 else '-'} coalesce(t{number}.{column}, 0)"
        for number, term in enumerate(terms)
        if term.signs.get(feature.name)
        for column in feature.columns
    ]
    return f"CAST(0 AS BIGINT) {' '.join(parts)} AS {feature.name}"
