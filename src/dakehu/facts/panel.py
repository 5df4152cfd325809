"""
Facts of many days at once: usage of some people as arrays, by person and day.

A panel reads every row of a range of people once.  A window sum of any day is then a difference
of two running sums, so sixty last data days cost one reading and not sixty.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any

import duckdb
import numpy as np
import numpy.typing as npt

from dakehu.facts.engine import text_sql
from dakehu.facts.features import DERIVED, cities_of
from dakehu.facts.rows import BOUND, STRAYS, Range, date_sql, read_parquet
from dakehu.facts.store import FactStore, Partition
from dakehu.facts.windows import Span
from dakehu.rulekit.expressions import Input, Number
from dakehu.rulekit.sql import Compiler
from dakehu.rulekit.walking import named_in

Ints = npt.NDArray[np.int64]
Truth = npt.NDArray[np.bool_]

DAYS_READ = 31
"""Days of rows that are handed over at a time; bounds the memory of a reading."""

MOST = 10**13
"""A figure of one row counts as at most so much, so that no running sum passes 64 bits."""


def runs_of(days: Iterable[date]) -> list[Span]:
    """Days as stretches without a gap, oldest first."""
    ordered = sorted(set(days))
    by_start = groupby(enumerate(ordered), lambda pair: pair[1].toordinal() - pair[0])
    stretches = [[day for _, day in run] for _, run in by_start]
    return [Span(stretch[0], stretch[-1]) for stretch in stretches]


def pieces(span: Span) -> Iterator[Span]:
    """A stretch of days cut into pieces that are read at a time."""
    first = span.first
    while first <= span.last:
        last = min(first + timedelta(days=DAYS_READ - 1), span.last)
        yield Span(first, last)
        first = last + timedelta(days=1)


@dataclass(frozen=True)
class RowsSeen:
    """The row of each person and day: whether there is one, and what it says; missing is not 0."""

    there: Truth
    values: Mapping[str, Ints]
    known: Mapping[str, Truth]


@dataclass(frozen=True)
class Doubles:
    """Second rows of a person and day, of another city: who, when, where, what."""

    person: Ints
    day: Ints
    city: Ints
    values: Mapping[str, Ints]
    known: Mapping[str, Truth]


@dataclass(frozen=True)
class Stretch:
    """
    Running sums over days without a gap, by day and person; the first is before the first day.

    Rows come day by day, so they are written and summed along memory.
    """

    span: Span
    sums: Mapping[tuple[str, ...], Ints]


@dataclass(frozen=True)
class Panel:
    """The usage of some people: running sums by stretch, and what single rows say."""

    stretches: tuple[Stretch, ...]
    rows: RowsSeen
    doubles: Doubles
    seen: Span


@dataclass(frozen=True)
class PanelReader:
    """
    Reads panels: which columns are summed over which stretches, and what single rows tell.

    ``told`` are numbers of one row by name; they are kept for the days of ``seen``.
    """

    store: FactStore
    partitions: tuple[Partition, ...]
    sums: Mapping[Span, Collection[tuple[str, ...]]]
    told: Mapping[str, Number]
    seen: Span

    def read(self, con: duckdb.DuckDBPyConnection, people: str, range_: Range) -> Panel:
        """Read the panel of a range of the table ``people`` (columns ``sub_id`` and ``place``)."""
        count = _count(con, people)
        rows, doubles = self._blank(count), _Found()
        stretches = []
        for span in self.sums:
            stretch = self._blank_stretch(span, count)
            for piece in pieces(span):
                found = self._rows(con, people, range_, piece, list(stretch.sums))
                if found is not None:
                    _add(stretch, found)
                    self._tell(found, rows, doubles)
            for running in stretch.sums.values():
                np.cumsum(running, axis=0, out=running)
            stretches.append(stretch)
        return Panel(tuple(stretches), rows, doubles.together(self.told), self.seen)

    def _blank(self, count: int) -> RowsSeen:
        shape = (count, (self.seen.last - self.seen.first).days + 1)
        return RowsSeen(
            there=np.zeros(shape, dtype=bool),
            values={name: np.zeros(shape, dtype=np.int64) for name in self.told},
            known={name: np.zeros(shape, dtype=bool) for name in self.told},
        )

    def _blank_stretch(self, span: Span, count: int) -> Stretch:
        length = (span.last - span.first).days + 2
        wanted = sorted(self.sums[span])
        return Stretch(span, {c: np.zeros((length, count), dtype=np.int64) for c in wanted})

    def _tell(self, found: Mapping[str, Any], rows: RowsSeen, doubles: "_Found") -> None:
        """Keep what single rows say; the first city's row of a day stands, others lie beside."""
        day = found["day_number"] - self.seen.first.toordinal()
        inside = (day >= 0) & (day < rows.there.shape[1])
        if not inside.any():
            return
        person, day, city = found["place"][inside], day[inside], found["city_number"][inside]
        place = person * rows.there.shape[1] + day
        # A person with two rows is told by all of them: which counts depends on where they belong.
        several = _again(place, rows.there.size)
        # Written from the last city to the first, so that the first city's row stands.
        turn = several[np.argsort(-city[several], kind="stable")]
        rows.there.ravel()[place] = True
        for name in self.told:
            values, known = _plain(found[f"told_{name}"]), _known(found[f"told_{name}"])
            if not inside.all():
                values, known = values[inside], known[inside]
            for into, said in ((rows.values[name], values), (rows.known[name], known)):
                into.ravel()[place] = said
                for each in turn:
                    into.ravel()[place[each]] = said[each]
            doubles.add(name, values[several], known[several])
        doubles.place(person[several], day[several], city[several])

    def _rows(
        self,
        con: duckdb.DuckDBPyConnection,
        people: str,
        range_: Range,
        piece: Span,
        sums: Sequence[tuple[str, ...]],
    ) -> Mapping[str, Any] | None:
        wanted = sorted(p for p in self.partitions if p.interface == "usage" and p.day in piece)
        columns = [f"CAST({_sum_sql(names)} AS BIGINT) AS sum_{n}" for n, names in enumerate(sums)]
        told = (
            self._told_sql()
            if piece.last >= self.seen.first and piece.first <= self.seen.last
            else {}
        )
        columns += [f"{sql} AS told_{name}" for name, sql in told.items()]
        sources = [
            f"{STRAYS} WHERE day BETWEEN {date_sql(piece.first)} AND {date_sql(piece.last)}"
        ]
        files = self.store.files(wanted, "managed")
        if files:
            sources.append(f"{read_parquet(files)} WHERE {range_.where()}")
        cities = ", ".join(text_sql(city) for city in cities_of(self.partitions)) or "''"
        parts = [
            f"SELECT sub_id, day, city, {', '.join(self.stored())} FROM {source}"
            for source in sources
        ]
        query = (
            "SELECT CAST(p.place AS BIGINT) AS place, "
            "CAST(r.day - DATE '0001-01-01' + 1 AS BIGINT) AS day_number, "
            f"CAST(list_position([{cities}], r.city) AS BIGINT) AS city_number, "
            f"{', '.join(columns)} FROM ({' UNION ALL '.join(parts)}) AS r "
            f"JOIN {people} AS p ON p.sub_id = r.sub_id"
        )
        found = con.execute(query).fetchnumpy()
        for name in self.told:
            found.setdefault(f"told_{name}", _unknown(len(found["place"])))
        return found if len(found["place"]) else None

    def stored(self) -> list[str]:
        """The stored columns that the panel reads, in a fixed order."""
        names = {name for wanted in self.sums.values() for columns in wanted for name in columns}
        numbers = [DERIVED.get(name, Input(name)) for name in names]
        found = {
            leaf.name for number in (*numbers, *self.told.values()) for leaf in named_in(number)
        }
        return sorted(found)

    def _told_sql(self) -> dict[str, str]:
        return {
            name: f"CAST({_clipped(Compiler().number(number), BOUND)} AS BIGINT)"
            for name, number in self.told.items()
        }


def _add(stretch: Stretch, found: Mapping[str, Any]) -> None:
    """Add rows to the days of a stretch; two cities' rows of one person and day both count."""
    day = found["day_number"] - stretch.span.first.toordinal() + 1
    for number, running in enumerate(stretch.sums.values()):
        place = day * running.shape[1] + found["place"]
        # Along one axis; by two, this takes several times as long.
        np.add.at(running.ravel(), place, found[f"sum_{number}"])


def _again(place: Ints, size: int) -> Ints:
    """Which rows lie where another one lies too; most often there is none."""
    count = np.bincount(place, minlength=size)
    return np.flatnonzero(count[place] > 1)


class _Found:
    """Second rows as they are found, put together at the end."""

    def __init__(self) -> None:
        self.places: list[tuple[Ints, Ints, Ints]] = []
        self.said: dict[str, list[tuple[Ints, Truth]]] = {}

    def add(self, name: str, values: Ints, known: Truth) -> None:
        self.said.setdefault(name, []).append((values, known))

    def place(self, person: Ints, day: Ints, city: Ints) -> None:
        self.places.append((person, day, city))

    def together(self, told: Iterable[str]) -> Doubles:
        empty = np.zeros(0, dtype=np.int64)
        person, day, city = (
            np.concatenate([empty, *(each[n] for each in self.places)]) for n in range(3)
        )
        values = {
            name: np.concatenate([empty, *(each[0] for each in self.said.get(name, []))])
            for name in told
        }
        known = {
            name: np.concatenate(
                [empty.astype(bool), *(each[1] for each in self.said.get(name, []))]
            )
            for name in told
        }
        return Doubles(person, day, city, values, known)


def _sum_sql(names: tuple[str, ...]) -> str:
    numbers = (Compiler().number(DERIVED.get(name, Input(name))) for name in names)
    return " + ".join(f"coalesce({_clipped(number, MOST)}, 0)" for number in numbers)


def _clipped(number: str, most: int) -> str:
    return (
        f"CASE WHEN {number} > {most} THEN {most} WHEN {number} < -{most} THEN -{most} "
        f"ELSE {number} END"
    )


def _unknown(count: int) -> Any:
    return np.ma.array(np.zeros(count, dtype=np.int64), mask=True)


def _plain(found: Any) -> Ints:
    filled: Ints = np.ma.filled(found, 0).astype(np.int64)
    return filled


def _known(found: Any) -> Truth:
    known: Truth = ~np.ma.getmaskarray(found)
    return known


def _count(con: duckdb.DuckDBPyConnection, table: str) -> int:
    row = con.execute(f"SELECT count(*) FROM {table}").fetchone()
    return int(row[0]) if row else 0
