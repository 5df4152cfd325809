"""
Usage rows as the engine reads them: which files, which columns, with what city.

A usage partition rests in two files, managed subscribers apart from the rest.  Somebody who
became managed later has earlier rows among the rest; those rows are called *strays*.  Everything
that is summed is summed over the managed files plus the strays, so each row counts exactly once.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from dakehu.facts.engine import paths_sql, text_sql
from dakehu.facts.features import DERIVED, Feature, NewestAge, NewestStatus, TodayValue, UsageSum
from dakehu.facts.store import FactStore, Partition
from dakehu.rulekit.expressions import Number
from dakehu.rulekit.sql import Compiler
from dakehu.rulekit.walking import named_in

BOUND = 10**17

STRAYS = "strays"
"""The temporary table of stray rows, with the columns ``day``, ``city`` and ``sub_id`` first."""


@dataclass(frozen=True)
class Sources:
    """What one evaluation reads: the data day, what is live, and the master as of that day."""

    day: date
    partitions: tuple[Partition, ...]
    master: Path

    def usage(self, days: Iterable[date]) -> list[Partition]:
        """The live usage partitions of ``days``, by day and city."""
        wanted = set(days)
        usage = (each for each in self.partitions if each.interface == "usage")
        return sorted(each for each in usage if each.day in wanted)


@dataclass(frozen=True)
class Range:
    """Subscriber numbers from ``first`` to ``last``, both included; bounds one pass's memory."""

    first: str
    last: str

    def where(self) -> str:
        """The condition that keeps to the range; sorted files let whole pieces be skipped."""
        return f"sub_id BETWEEN {text_sql(self.first)} AND {text_sql(self.last)}"


@dataclass(frozen=True)
class ManagedRows:
    """The managed files of the live usage partitions."""

    store: FactStore
    sources: Sources
    range: Range

    def select(self, days: Sequence[date], columns: Iterable[str]) -> str | None:
        """SQL for ``sub_id`` and ``columns`` of the rows of ``days``; ``None`` without files."""
        files = self.store.files(self.sources.usage(days), "managed")
        if not files:
            return None
        return f"{select_rows(columns)} FROM {read_parquet(files)} WHERE {self.range.where()}"


@dataclass(frozen=True)
class StrayRows:
    """The rows gathered in the temporary table of strays."""

    range: Range

    def select(self, days: Sequence[date], columns: Iterable[str]) -> str | None:
        """SQL for ``sub_id`` and ``columns`` of the strays of ``days``."""
        if not days:
            return None
        listed = ", ".join(date_sql(day) for day in days)
        where = f"day IN ({listed}) AND {self.range.where()}"
        return f"{select_rows(columns)} FROM {STRAYS} WHERE {where}"


def select_rows(columns: Iterable[str]) -> str:
    """The select list of usage rows: stored columns as they are, derived ones computed."""
    return f"SELECT {', '.join(['sub_id', *map(row_column, columns)])}"


def row_column(name: str) -> str:
    """One column of a usage row, computed when it is a derived one."""
    if name in DERIVED:
        return f"CAST({Compiler().number(DERIVED[name])} AS BIGINT) AS {name}"
    return name


def read_parquet(files: Iterable[Path]) -> str:
    """A table function over ``files`` whose ``day`` and ``city`` come from the folder names."""
    return (
        f"read_parquet({paths_sql(files)}, filename = true, hive_partitioning = true, "
        "hive_types = {'day': DATE, 'city': VARCHAR})"
    )


def bounded(number: str) -> str:
    """
    SQL for a number as 64 bits; what lies beyond ±10^17 counts as that much.

    No real figure comes near, and one absurd row shall not stop a night by overflowing.
    """
    return (
        f"CAST(CASE WHEN {number} > {BOUND} THEN {BOUND} WHEN {number} < -{BOUND} THEN -{BOUND} "
        f"ELSE {number} END AS BIGINT)"
    )


def date_sql(day: date) -> str:
    """Write a date as an SQL literal."""
    return f"DATE '{day.isoformat()}'"


def stored_columns(features: Iterable[Feature]) -> tuple[str, ...]:
    """The stored usage columns that ``features`` read, and the status; in a fixed order."""
    found = {"status"}
    for feature in features:
        match feature:
            case UsageSum(_, columns, _):
                found.update(*map(_stored, columns))
            case TodayValue(_, number):
                found.update(_names(number))
    return tuple(sorted(found))


def _stored(column: str) -> set[str]:
    return _names(DERIVED[column]) if column in DERIVED else {column}


def _names(number: Number) -> set[str]:
    return {leaf.name for leaf in named_in(number)}


def needed_days(features: Iterable[Feature], day: date) -> tuple[date, ...]:
    """Every day of which ``features`` read usage rows when the last data day is ``day``."""
    found = {day}
    for feature in features:
        match feature:
            case UsageSum(_, _, window):
                found.update(window.span(day))
            case NewestAge(_, days) | NewestStatus(_, days):
                found.update(date.fromordinal(day.toordinal() - back) for back in range(days))
    return tuple(sorted(found))
