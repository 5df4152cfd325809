"""
Rules replayed over many past days in one pass, with what then happened beside them.

Every row of the days and of the windows before them is read once, range by range of people, so
memory does not grow with the province.  What a day's rules see is only what lies on or before that
day; what happened is looked for strictly after it (capabilities W1 to W12, back-test).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import duckdb
import numpy as np

from dakehu.facts import features as ft
from dakehu.facts import strays
from dakehu.facts.engine import EngineLimits, connect
from dakehu.facts.frame import EVERYONE, PEOPLE
from dakehu.facts.masters import EPOCH, LUNAR, MasterDays, MasterReader
from dakehu.facts.panel import Ints, Panel, PanelReader, Truth, runs_of
from dakehu.facts.rows import Range
from dakehu.facts.store import FactStore, Partition
from dakehu.facts.windows import Span
from dakehu.rulekit.arrays import Column, Rows
from dakehu.rulekit.expressions import Input, Number

PEOPLE_AT_ONCE = 20_000
PEOPLE_IN_HAND = 1_000
"""So few people are evaluated at a time that their columns stay in the processor's cache."""

GONE = 4
STOPPED = 1
EVENT_LEAVING, EVENTS_STOPPING = 1, 4 | 8
OUTCOMES = ("left", "suspended", "complained")
TOLD: Mapping[str, Number] = {
    "status": Input("status"),
    "event_mask": Input("event_mask"),
    "complaints": Input("complaints"),
}


@dataclass(frozen=True)
class Dial:
    """A number of one rule that is turned to see how the rule would do with other values."""

    rule: str
    parameter: str
    values: tuple[int, ...]


@dataclass(frozen=True)
class Past:
    """
    Which past is replayed: days, what is live, the master of the first day, how far to look on.

    ``programs`` are those of each day; they differ only in what depends on the day itself.
    """

    programs: Mapping[date, ft.Program]
    partitions: tuple[Partition, ...]
    master: Path
    horizon: int = 30
    dials: tuple[Dial, ...] = ()

    @property
    def days(self) -> list[date]:
        """The days, oldest first."""
        return sorted(self.programs)

    @property
    def program(self) -> ft.Program:
        """The program of the last day."""
        return self.programs[self.days[-1]]


@dataclass(frozen=True)
class Block:
    """
    Some people on all days: who counts, which rules fire, what happens to them and when.

    Arrays are by person and day.  ``onsets`` reach ``horizon`` days further than the days;
    ``dialled`` is what a rule fires at other values of its dial.
    """

    sub_ids: Sequence[str]
    counts: Truth
    delivered: Truth
    fired: Mapping[str, Truth]
    dialled: Mapping[tuple[str, int], Truth]
    onsets: Mapping[str, Truth]


@dataclass(frozen=True)
class Replay:
    """Replays a past from one fact store, within the limits of one machine."""

    store: FactStore
    limits: EngineLimits
    past: Past
    people_at_once: int = PEOPLE_AT_ONCE

    def blocks(self) -> Iterator[tuple[float, Block]]:
        """Yield block by block, each with the share of the people that is done after it."""
        masters, panels = self._masters(), self._panels()
        with connect(self.limits) as con:
            con.execute("SET preserve_insertion_order = false")
            masters.enrol(con)
            usage = [p for p in self.past.partitions if p.interface == "usage"]
            needed = [p for p in usage if any(p.day in span for span in panels.sums)]
            strays.gather_from(con, self.store, needed, panels.stored())
            ranges = list(self._ranges(con))
            for number, range_ in enumerate(ranges, start=1):
                sub_ids = self._enter(con, range_)
                seen = masters.read(con, PEOPLE, range_), panels.read(con, PEOPLE, range_)
                for block in self._evaluated(sub_ids, *seen):
                    yield number / len(ranges), block

    def _masters(self) -> MasterReader:
        columns = {
            feature.column
            for feature in self.past.program.computed()
            if isinstance(feature, ft.MasterValue | ft.DaysSince | ft.DaysUntil)
        }
        return MasterReader(
            self.store,
            self.past.partitions,
            self.past.master,
            self.past.days,
            ft.cities_of(self.past.partitions),
            sorted(columns),
        )

    def _panels(self) -> PanelReader:
        """Which stretches of days are summed for which columns, and which rows are looked at."""
        days, features = self.past.days, self.past.program.computed()
        back = [f.days for f in features if isinstance(f, ft.NewestAge | ft.NewestStatus)]
        seen = Span(
            days[0] - timedelta(days=max(back, default=1)),
            days[-1] + timedelta(days=self.past.horizon),
        )
        sums = [feature for feature in features if isinstance(feature, ft.UsageSum)]
        spans = [(sum_.columns, sum_.window.span(day)) for sum_ in sums for day in days]
        stretches = runs_of([*seen, *(day for _, span in spans for day in span)])
        wanted = {
            stretch: {columns for columns, span in spans if span.first in stretch}
            for stretch in stretches
        }
        told = {f.name: f.number for f in features if isinstance(f, ft.TodayValue)}
        return PanelReader(self.store, self.past.partitions, wanted, {**told, **TOLD}, seen)

    def _ranges(self, con: duckdb.DuckDBPyConnection) -> Iterator[Range]:
        rows = con.execute(
            "SELECT min(sub_id), max(sub_id) FROM (SELECT sub_id, "
            f"(row_number() OVER (ORDER BY sub_id) - 1) // {self.people_at_once} AS piece "
            f"FROM {EVERYONE}) GROUP BY piece ORDER BY piece"
        ).fetchall()
        return (Range(first, last) for first, last in rows)

    def _enter(self, con: duckdb.DuckDBPyConnection, range_: Range) -> list[str]:
        con.execute(
            f"CREATE OR REPLACE TEMP TABLE {PEOPLE} AS SELECT sub_id, "
            f"row_number() OVER (ORDER BY sub_id) - 1 AS place FROM {EVERYONE} "
            f"WHERE {range_.where()}"
        )
        found = con.execute(f"SELECT sub_id FROM {PEOPLE} ORDER BY place").fetchall()
        return [sub_id for (sub_id,) in found]

    def _evaluated(
        self, sub_ids: Sequence[str], masters: MasterDays, panel: Panel
    ) -> Iterator[Block]:
        pieces = [
            slice(first, min(first + PEOPLE_IN_HAND, len(sub_ids)))
            for first in range(0, len(sub_ids), PEOPLE_IN_HAND)
        ]

        def evaluate(people: slice) -> Block:
            return _Evaluation(self.past, masters, panel, people).block(sub_ids[people])

        with ThreadPoolExecutor(max_workers=self.limits.threads) as workers:
            yield from workers.map(evaluate, pieces)


@dataclass(frozen=True)
class _Evaluation:
    """Some people of a range on all days."""

    past: Past
    masters: MasterDays
    panel: Panel
    people: slice

    @property
    def shape(self) -> tuple[int, int]:
        return self.people.stop - self.people.start, len(self.past.days)

    def block(self, sub_ids: Sequence[str]) -> Block:
        program = self.past.program
        rows = self.rows(program)
        managed = self.masters.column("managed", self.people)
        is_managed = (managed.values == 1) & _truth(managed.known)
        fired = {rule.code: rows.holds(rule.when) & is_managed for rule in program.signals}
        rules = {rule.code: rule for rule in program.signals}
        dialled = {
            (dial.rule, value): rows.with_parameter(dial.parameter, value).holds(
                rules[dial.rule].when
            )
            & is_managed
            for dial in self.past.dials
            for value in dial.values
        }
        age, status = self.newest(max(self.alive_days(), default=1))
        alive = _truth(age.known) & ~((status.values == GONE) & _truth(status.known))
        return Block(
            sub_ids=sub_ids,
            counts=is_managed & alive,
            delivered=self.delivered_today(),
            fired=fired,
            dialled=dialled,
            onsets=self.onsets(),
        )

    def alive_days(self) -> list[int]:
        features = self.past.program.computed()
        return [f.days for f in features if isinstance(f, ft.NewestAge)]

    def rows(self, program: ft.Program) -> Rows:
        """Every input in every row, as it counts in its place, and the numbers in force."""
        inputs = {feature.name: self.column(feature) for feature in program.computed()}
        parameters: dict[str, int | Column] = dict(program.parameters)
        if program.variants:
            variant = self.variant(program)
            for name in program.alternates:
                others = [program.alternate(each, name) for each in program.variants]
                table = [inputs[name], *(inputs[other or name] for other in others)]
                inputs[name] = _picked(variant, table, self.shape)
            for name in program.varying:
                own = program.parameters[name]
                values = [own, *(v.parameters.get(name, own) for v in program.variants)]
                chosen = np.asarray(values, dtype=np.int64)[variant]
                parameters[name] = Column(chosen, None, max(map(abs, values)))
        return Rows(inputs, parameters, self.shape)

    def variant(self, program: ft.Program) -> Ints:
        """The position of the variant that holds, counted from 1; 0 where none does."""
        cities = ft.cities_of(self.past.partitions)
        city = self.masters.column("city", self.people)
        level = self.masters.column("level", self.people)
        found = np.zeros(self.shape, dtype=np.int64)
        for number, variant in reversed(list(enumerate(program.variants, start=1))):
            fits = np.ones(self.shape, dtype=bool)
            if variant.city is not None:
                place = cities.index(variant.city) + 1 if variant.city in cities else -1
                fits &= (city.values == place) & _truth(city.known)
            if variant.level is not None:
                fits &= (level.values == variant.level) & _truth(level.known)
            found[fits] = number
        return found

    def column(self, feature: ft.Feature) -> Column:
        """One feature of every row."""
        match feature:
            case ft.UsageSum(_, columns, window):
                return Column.of(self.sums(columns, [window.span(d) for d in self.past.days]))
            case ft.DeliveredDays(_, window):
                return Column.of(self.delivered_days(feature))
            case ft.TodayValue(name, _):
                return self.today(name)
            case ft.NewestAge(_, days):
                return self.newest(days)[0]
            case ft.NewestStatus(_, days):
                return self.newest(days)[1]
            case ft.MasterValue(_, name) | ft.DaysSince(_, name) | ft.DaysUntil(_, name):
                return self.of_master(feature, name)
            case ft.DaysSinceWindowBegan(_, window):
                began = [(day - window.span(day).first).days + 1 for day in self.past.days]
                return Column.of(np.asarray([began], dtype=np.int64))
            case ft.DaysToBirthday(name, _):
                return self.birthdays(name)
        raise TypeError(f"cannot be replayed: {type(feature).__name__}")

    def of_master(self, feature: ft.Feature, name: str) -> Column:
        found = self.masters.column(name, self.people)
        run_day = np.asarray([[(day - EPOCH).days + 1 for day in self.past.days]], dtype=np.int64)
        if isinstance(feature, ft.DaysSince):
            return Column.of(run_day - found.values, found.known)
        if isinstance(feature, ft.DaysUntil):
            return Column.of(found.values - run_day, found.known)
        return found

    def sums(self, columns: tuple[str, ...], spans: Sequence[Span]) -> Ints:
        found = np.zeros(self.shape, dtype=np.int64)
        for stretch in self.panel.stretches:
            places = [n for n, span in enumerate(spans) if span.first in stretch.span]
            if not places:
                continue
            running = stretch.sums[columns][:, self.people]
            first = [(spans[n].first - stretch.span.first).days for n in places]
            last = [(spans[n].last - stretch.span.first).days + 1 for n in places]
            found[:, places] = (running[last] - running[first]).T
        return found

    def delivered_days(self, feature: ft.DeliveredDays) -> Ints:
        cities = ft.cities_of(self.past.partitions)
        table = np.zeros((len(cities) + 1, len(self.past.days)), dtype=np.int64)
        for place, day in enumerate(self.past.days):
            counts = ft.delivered_days(self.past.partitions, feature.window, day=day)
            for number, city in enumerate(cities, start=1):
                table[number, place] = counts.get(city, 0)
        return self.by_city(table)

    def delivered_today(self) -> Truth:
        cities = ft.cities_of(self.past.partitions)
        usage = {(p.city, p.day) for p in self.past.partitions if p.interface == "usage"}
        table = np.zeros((len(cities) + 1, len(self.past.days)), dtype=np.int64)
        for number, city in enumerate(cities, start=1):
            table[number] = [(city, day) in usage for day in self.past.days]
        found: Truth = self.by_city(table) > 0
        return found

    def by_city(self, table: Ints) -> Ints:
        city = self.masters.column("city", self.people)
        found: Ints = table[city.values, np.arange(table.shape[1])]
        return found

    def today(self, name: str) -> Column:
        places = self.day_places(0)
        rows = self.panel.rows
        values = rows.values[name][self.people][:, places]
        known = (rows.known[name] & rows.there)[self.people][:, places]
        self.prefer_own(name, 0, values, known)
        return Column.of(values, known)

    def newest(self, days: int) -> tuple[Column, Column]:
        """Age and status of the newest row of the last days."""
        rows = self.panel.rows
        age = np.zeros(self.shape, dtype=np.int64)
        status = np.zeros(self.shape, dtype=np.int64)
        there, is_known = np.zeros(self.shape, dtype=bool), np.zeros(self.shape, dtype=bool)
        for back in reversed(range(days)):
            places = self.day_places(back)
            has_row = rows.there[self.people][:, places]
            values = rows.values["status"][self.people][:, places]
            known = rows.known["status"][self.people][:, places]
            self.prefer_own("status", back, values, known)
            there |= has_row
            age[has_row] = back
            status[has_row] = values[has_row]
            is_known[has_row] = known[has_row]
        return Column.of(age, there), Column.of(status, is_known)

    def day_places(self, back: int) -> list[int]:
        """Where the days, ``back`` days earlier, lie among those whose rows were looked at."""
        return [(day - self.panel.seen.first).days - back for day in self.past.days]

    def prefer_own(self, name: str, back: int, values: Ints, known: Truth) -> None:
        """Put the row of the own city in the place of another city's, where there are two."""
        doubles, places = self.panel.doubles, self.day_places(back)
        city = self.masters.column("city", self.people).values
        mine = (doubles.person >= self.people.start) & (doubles.person < self.people.stop)
        for row in np.flatnonzero(mine):
            person, day = int(doubles.person[row]) - self.people.start, int(doubles.day[row])
            if day in places:
                place = places.index(day)
                if city[person, place] == doubles.city[row]:
                    values[person, place] = doubles.values[name][row]
                    known[person, place] = doubles.known[name][row]

    def birthdays(self, name: str) -> Column:
        born = self.masters.column("born", self.people)
        ahead = np.zeros((2 * LUNAR, len(self.past.days)), dtype=np.int64)
        listed = np.zeros(ahead.shape, dtype=bool)
        for place, day in enumerate(self.past.days):
            for row in _ahead(self.past.programs[day], name):
                code = row.month * 100 + row.day + (LUNAR if row.is_lunar else 0)
                ahead[code, place], listed[code, place] = row.days, True
        days = np.arange(len(self.past.days))
        known = listed[born.values, days] & _truth(born.known)
        return Column.of(ahead[born.values, days], known)

    def onsets(self) -> dict[str, Truth]:
        """On which days each outcome begins, from the first day to the horizon's end."""
        rows, first = self.panel.rows, self.day_places(0)[0]
        there = rows.there[self.people]

        def said(name: str) -> tuple[Ints, Truth]:
            return rows.values[name][self.people], rows.known[name][self.people] & there

        status, status_known = said("status")
        events, events_known = said("event_mask")
        complaints, complaints_known = said("complaints")
        showing = {
            "left": ((status == GONE) & status_known)
            | ((events & EVENT_LEAVING != 0) & events_known),
            "suspended": ((status == STOPPED) & status_known)
            | ((events & EVENTS_STOPPING != 0) & events_known),
            "complained": (complaints > 0) & complaints_known,
        }
        return {name: _begins(shown, there)[:, first:] for name, shown in showing.items()}


def _ahead(program: ft.Program, name: str) -> Iterable[ft.BirthdayAhead]:
    for feature in program.computed():
        if feature.name == name and isinstance(feature, ft.DaysToBirthday):
            return feature.ahead
    return ()


def _begins(shown: Truth, there: Truth) -> Truth:
    """Where something is shown that the row before did not show; days without a row are passed."""
    places = np.where(there, np.arange(there.shape[1]), -1)
    latest = np.maximum.accumulate(places, axis=1)
    before = np.full(there.shape, -1)
    before[:, 1:] = latest[:, :-1]
    earlier = np.take_along_axis(shown, np.maximum(before, 0), axis=1) & (before >= 0)
    found: Truth = shown & ~earlier
    return found


def _truth(known: Truth | None) -> Truth:
    return np.asarray(True) if known is None else known


def _picked(variant: Ints, table: Sequence[Column], shape: tuple[int, int]) -> Column:
    values = np.broadcast_to(table[0].values, shape).copy()
    known = np.broadcast_to(_truth(table[0].known), shape).copy()
    for number, column in enumerate(table[1:], start=1):
        here = variant == number
        values[here] = np.broadcast_to(column.values, shape)[here]
        known[here] = np.broadcast_to(_truth(column.known), shape)[here]
    return Column(values, known, max(column.bound for column in table))
