"""
The frame: one row per managed subscriber with every feature the rules read.

Each group of features (usage sums, the newest row, the months before, birthdays, delivered days)
becomes a temporary table; the frame joins them.  Numbers are 64-bit integers, missing is NULL.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import duckdb

from dakehu.facts import features as ft
from dakehu.facts.engine import text_sql
from dakehu.facts.places import (
    LEVEL,
    PLACES,
    compiler_of,
    has_variants,
    placed_sql,
    places_sql,
)
from dakehu.facts.rows import Range, Sources, bounded, date_sql, read_parquet
from dakehu.facts.store import FactStore
from dakehu.facts.sums import Rows, Term, sums_sql
from dakehu.rulekit.sql import Compiler
from dakehu.rulekit.walking import named_in

EVERYONE = "everyone"
"""The temporary table of all managed subscribers: number, city and what the master says."""

PEOPLE = "people"
"""Those of :data:`EVERYONE` who are evaluated in the present pass."""

FRAME = "frame"
"""The temporary table of features of the present pass."""


def master_sql(sources: Sources, features: Iterable[ft.Feature], *, placed: bool = False) -> str:
    """
    SQL for the managed subscribers as of the data day, with their master features.

    ``placed`` adds the level, where numbers differ by it.
    """
    run_day = date_sql(sources.day + timedelta(days=1))
    columns = ["sub_id", "city_id", "birth_date", "birth_calendar"]
    columns += [f"CAST(level AS BIGINT) AS {LEVEL}"] if placed else []
    for feature in features:
        match feature:
            case ft.MasterValue(name, column):
                columns.append(f"{bounded(column)} AS {name}")
            case ft.CityNumber(name, cities):
                columns.append(f"{_place_of(cities)} AS {name}")
            case ft.DaysSince(name, column):
                columns.append(f"{run_day} - {column} AS {name}")
            case ft.DaysUntil(name, column):
                columns.append(f"{column} - {run_day} AS {name}")
    source = f"read_parquet({text_sql(str(sources.master))}, hive_partitioning = false)"
    return f"SELECT {', '.join(columns)} FROM {source} WHERE managed = 1"


@dataclass(frozen=True)
class FrameBuilder:
    """Builds the frame of :data:`PEOPLE` on one connection."""

    con: duckdb.DuckDBPyConnection
    store: FactStore
    sources: Sources
    programs: tuple[ft.Program, ...]
    range: Range

    @property
    def features(self) -> tuple[ft.Feature, ...]:
        return ft.features_of(self.programs)

    def build(self, rows: Sequence[Rows], terms: Sequence[Term]) -> None:
        """Create :data:`FRAME` from the usage ``rows`` and the ``terms`` of the window sums."""
        self._create("today_rows", self._today(rows))
        self._create("newest_rows", self._newest(rows))
        self._create("month_figures", self._months())
        self._create("birthdays", self._birthdays())
        self._create("delivered", self._delivered())
        frame = f"({self._joined(terms)})"
        for program in self.programs:
            if program.variants:
                self._create(PLACES, places_sql(program, people=PEOPLE))
                frame = f"({placed_sql(program, frame)})"
            steps = compiler_of(program).with_steps(frame, program.expressions())
            frame = f"({steps})"
        self._create(FRAME, f"FROM {frame}")

    def _create(self, table: str, query: str) -> None:
        self.con.execute(f"CREATE OR REPLACE TEMP TABLE {table} AS {query}")

    def _today_values(self) -> list[ft.TodayValue]:
        return [feature for feature in self.features if isinstance(feature, ft.TodayValue)]

    def _today(self, rows: Sequence[Rows]) -> str:
        """The row of D of everyone who has one, the own city's before another's."""
        values = self._today_values()
        stored = {leaf.name for value in values for leaf in named_in(value.number)}
        numbers = [
            f"{bounded(Compiler().number(value.number))} AS {value.name}" for value in values
        ]
        listed = ", ".join(["sub_id", "day", "city", "status", *numbers])
        columns = ("day", "city", *sorted(stored | {"status"}))
        found = union(rows, [self.sources.day], columns) or nothing(columns)
        return first_choice(f"SELECT {listed} FROM ({found})")

    def _newest(self, rows: Sequence[Rows]) -> str:
        """Age and status of the newest row: that of D, else the newest of the days before."""
        back = [f.days for f in self.features if isinstance(f, ft.NewestAge | ft.NewestStatus)]
        earlier = [self.sources.day - timedelta(days=k) for k in range(1, max(back, default=1))]
        columns = ("day", "city", "status")
        found = union(rows, earlier, columns) or nothing(columns)
        without = f"SELECT * FROM ({found}) WHERE sub_id NOT IN (SELECT sub_id FROM today_rows)"
        chosen = first_choice(without)
        age = f"{date_sql(self.sources.day)} - day"
        return (
            "SELECT sub_id, 0 AS age, status FROM today_rows UNION ALL "
            f"SELECT sub_id, {age} AS age, status FROM ({chosen})"
        )

    def _months(self) -> str:
        """The gathered month figures; of each month the newest delivery counts."""
        figures = [f for f in self.features if isinstance(f, ft.MonthFigure)]
        partitions = [p for p in self.sources.partitions if p.interface == "month"]
        known = [p for p in partitions if p.day <= self.sources.day]
        files = self.store.files(sorted(known))
        if not files or not figures:
            return f"SELECT sub_id, {zeros(f.name for f in figures)} FROM {PEOPLE} WHERE FALSE"
        months = ft.months_before(self.sources.day, max(f.months for f in figures))
        # One whole number ranks the deliveries: comparing (day, city) rows costs four times more.
        cities = ", ".join(text_sql(city) for city in ft.cities_of(known))
        rank = f"(day - DATE '2000-01-01') * 1000 + list_position([{cities}], city)"
        newest = ", ".join(
            f"arg_max(coalesce({column}, 0), {rank}) AS {column}"
            for column in sorted({f.column for f in figures})
        )
        rows = (
            f"SELECT sub_id, ym, {newest} FROM {read_parquet(files)} "
            f"WHERE ym IN ({', '.join(map(str, months))}) "
            f"AND {self.range.where()} AND sub_id IN (SELECT sub_id FROM {PEOPLE}) "
            "GROUP BY sub_id, ym"
        )
        gathered = ", ".join(_gathered(f, self.sources.day) for f in figures)
        return f"SELECT sub_id, {gathered} FROM ({rows}) GROUP BY sub_id"

    def _birthdays(self) -> str:
        """Days to the birthday by calendar, month and day; one row per listed birthday."""
        ahead = {row for f in self._birthday_features() for row in f.ahead}
        listed = ", ".join(
            f"({row.is_lunar}, {row.month}, {row.day}, {row.days})" for row in sorted(ahead)
        )
        names = "AS b(is_lunar, born_month, born_day, days_left)"
        if not listed:
            return f"SELECT * FROM (VALUES (FALSE, 0, 0, 0)) {names} WHERE FALSE"
        return f"SELECT * FROM (VALUES {listed}) {names}"

    def _birthday_features(self) -> list[ft.DaysToBirthday]:
        return [feature for feature in self.features if isinstance(feature, ft.DaysToBirthday)]

    def _delivered(self) -> str:
        """The delivered days of every window by city."""
        counts = {
            f.name: ft.delivered_days(self.sources.partitions, f.window, day=self.sources.day)
            for f in self.features
            if isinstance(f, ft.DeliveredDays)
        }
        cities = ft.cities_of(self.sources.partitions)
        rows = ", ".join(
            f"({', '.join([text_sql(city), *(str(n.get(city, 0)) for n in counts.values())])})"
            for city in cities
        )
        names = ", ".join(["city_id", *counts])
        if not rows:
            return f"SELECT '' AS city_id, {zeros(counts)} WHERE FALSE"
        return f"SELECT * FROM (VALUES {rows}) AS d({names})"

    def _joined(self, terms: Sequence[Term]) -> str:
        sums = [feature for feature in self.features if isinstance(feature, ft.UsageSum)]
        level = [f"p.{LEVEL}"] if has_variants(self.programs) else []
        columns = ", ".join(["p.sub_id", "p.city_id", *level, *map(self._column, self.features)])
        return (
            f"SELECT {columns} FROM ({sums_sql(sums, terms, people=PEOPLE)}) AS p "
            "LEFT JOIN today_rows AS t ON t.sub_id = p.sub_id "
            "LEFT JOIN newest_rows AS n ON n.sub_id = p.sub_id "
            "LEFT JOIN month_figures AS m ON m.sub_id = p.sub_id "
            "LEFT JOIN delivered AS d ON d.city_id = p.city_id "
            "LEFT JOIN birthdays AS b ON b.is_lunar = coalesce(p.birth_calendar = 'lunar', FALSE)"
            " AND b.born_month = date_part('month', p.birth_date)"
            " AND b.born_day = date_part('day', p.birth_date)"
        )

    def _column(self, feature: ft.Feature) -> str:
        name = feature.name
        match feature:
            case ft.TodayValue():
                return f"t.{name}"
            case ft.DeliveredDays():
                return f"coalesce(d.{name}, 0) AS {name}"
            case ft.MonthFigure():
                return f"{bounded(f'coalesce(m.{name}, 0)')} AS {name}"
            case ft.NewestAge(_, days):
                return f"CASE WHEN n.age < {days} THEN n.age END AS {name}"
            case ft.NewestStatus(_, days):
                return f"CASE WHEN n.age < {days} THEN n.status END AS {name}"
            case ft.DaysToBirthday():
                return f"b.days_left AS {name}"
            case ft.DaysSinceWindowBegan(_, window):
                began = window.span(self.sources.day).first
                return f"{days_between(began, self.sources.day) + 1} AS {name}"
        return f"p.{name}"


def _place_of(cities: Sequence[str]) -> str:
    whens = (f"WHEN {text_sql(city)} THEN {place}" for place, city in enumerate(cities, start=1))
    return f"CAST(CASE city_id {' '.join(whens)} ELSE 0 END AS BIGINT)"


def _gathered(figure: ft.MonthFigure, day: date) -> str:
    months = ", ".join(map(str, ft.months_before(day, figure.months)))
    function = f"{figure.gather}({figure.column}) FILTER (ym IN ({months}))"
    return f"{function} AS {figure.name}"


def days_between(first: date, last: date) -> int:
    """How many days ``last`` lies after ``first``."""
    return (last - first).days


def zeros(names: Iterable[str]) -> str:
    """A select list of typed, empty columns; at least one, so that it always parses."""
    return ", ".join([f"CAST(0 AS BIGINT) AS {name}" for name in names] or ["0 AS nothing"])


def nothing(columns: Iterable[str]) -> str:
    """A selection of usage rows that has no rows."""
    types = {"day": "DATE", "city": "VARCHAR"}
    listed = [f"CAST(NULL AS {types.get(name, 'BIGINT')}) AS {name}" for name in columns]
    return f"SELECT {', '.join(['CAST(NULL AS VARCHAR) AS sub_id', *listed])} WHERE FALSE"


def union(rows: Sequence[Rows], days: Sequence[date], columns: Sequence[str]) -> str | None:
    """The rows of ``days`` from every source, or ``None`` when there is none."""
    found = [selected for source in rows if (selected := source.select(days, columns))]
    return " UNION ALL ".join(found) or None


def first_choice(rows: str) -> str:
    """
    Keep one row per person of :data:`PEOPLE`: the newest day's, and there the own city's.

    Two cities can both have sent a row of somebody who moved; without one of the own city the
    first city counts, so that every evaluation chooses the same.  Nearly all rows are alone, and
    only the others are sorted.
    """
    order = "ORDER BY day DESC, is_own DESC, city"
    return (
        "WITH found AS MATERIALIZED (SELECT r.*, coalesce(r.city = p.city_id, FALSE) AS is_own "
        f"FROM ({rows}) AS r JOIN {PEOPLE} AS p ON p.sub_id = r.sub_id), "
        "twice AS MATERIALIZED (SELECT sub_id FROM found GROUP BY sub_id HAVING count(*) > 1) "
        "SELECT * FROM found WHERE sub_id NOT IN (FROM twice) UNION ALL "
        "SELECT * FROM found WHERE sub_id IN (FROM twice) "
        f"QUALIFY row_number() OVER (PARTITION BY sub_id {order}) = 1"
    )
