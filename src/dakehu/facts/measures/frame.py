"""
Compute many measures of many customers as the columns of one table.

Each kind of source becomes one temporary table by customer number; the table :data:`MEASURED`
joins them.  Numbers are 64-bit integers, missing is NULL.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

import duckdb
import numpy as np

from dakehu.facts import features as ft
from dakehu.facts.engine import text_sql
from dakehu.facts.interfaces import USAGE
from dakehu.facts.measures.months import FIGURES, MonthTable
from dakehu.facts.measures.values import (
    Age,
    Daily,
    Difference,
    Fold,
    Gaps,
    Held,
    Known,
    Measure,
    Monthly,
    Newest,
    Recorded,
    Served,
    Share,
    Silence,
    Source,
    Subject,
)
from dakehu.facts.rows import Sources, bounded, date_sql, read_parquet
from dakehu.facts.store import FactStore, Partition
from dakehu.rulekit.expressions import Input
from dakehu.rulekit.sql import Compiler

MEASURED = "measured"
"""The temporary table of measures: ``number``, ``city_id``, and a column for each measure."""

POPULATION = "population"


@dataclass(frozen=True)
class Frame:
    """
    Whom to measure and from what: all groups, or individuals.

    Of individuals all, the managed ones only, or the members of groups only.
    """

    store: FactStore
    sources: Sources
    subject: Subject
    known: Known = field(default_factory=Known)
    managed_only: bool = True
    members_only: bool = False


def measured(con: duckdb.DuckDBPyConnection, frame: Frame, measures: Iterable[Measure]) -> int:
    """Create the table :data:`MEASURED` on a connection; return how many customers it has."""
    con.execute("SET preserve_insertion_order = false")
    return _Builder(con, frame, tuple(measures)).build()


@dataclass(frozen=True)
class _Builder:
    con: duckdb.DuckDBPyConnection
    frame: Frame
    measures: tuple[Measure, ...]

    @property
    def day(self) -> date:
        return self.frame.sources.day

    @property
    def run_day(self) -> str:
        return date_sql(self.day + timedelta(days=1))

    def of(self, *kinds: type[Source]) -> list[Measure]:
        """The measures whose source is of these kinds."""
        return [each for each in self.measures if isinstance(each.source, kinds)]

    def create(self, table: str, query: str) -> None:
        self.con.execute(f"CREATE OR REPLACE TEMP TABLE {table} AS {query}")

    def build(self) -> int:
        self._populate()
        joins = [
            *self._monthly(),
            *self._daily(),
            *self._held(),
            *self._service(),
            *self._recorded(),
        ]
        joined = " ".join(
            f"LEFT JOIN {name} ON {name}.number = p.number" for name in dict.fromkeys(joins)
        )
        derived = self.of(Share, Difference)
        plain = [each for each in self.measures if each not in derived]
        columns = ["p.number", "p.city_id", *(f"{self._value(e)} AS {e.column}" for e in plain)]
        query = f"SELECT {', '.join(columns)} FROM {POPULATION} AS p {joined}"
        made = ", ".join(f"{derived_value(each.source)} AS {each.column}" for each in derived)
        self.create(MEASURED, f"SELECT *, {made} FROM ({query})" if made else query)
        [(count,)] = self.con.execute(f"SELECT count(*) FROM {MEASURED}").fetchall()
        return int(count)

    # Who is measured, with the newest row's columns.

    @cached_property
    def profile_columns(self) -> list[str]:
        """The columns of the newest row that any measure reads, and the city."""
        found = {each.source.column for each in self.of(Newest, Age)}  # type: ignore[union-attr]
        return sorted(found | {"city_id"})

    def _populate(self) -> None:
        subject = self.frame.subject
        source = self._master() if subject is Subject.INDIVIDUAL else self._groups()
        if self.frame.known.added:
            source = f"{source} UNION ALL BY NAME {self._added()}"
        left_out = self.frame.known.left_out
        if left_out:
            numbers = np.array(sorted(left_out), dtype=object)
            self.con.register("left_out", {"number": numbers})
            source = f"SELECT * FROM ({source}) WHERE number NOT IN (SELECT number FROM left_out)"
        only = self.frame.known.only
        if only is not None:
            self.con.register("only_these", {"number": np.array(sorted(only), dtype=object)})
            chosen = "SELECT CAST(number AS VARCHAR) FROM only_these"
            source = f"SELECT * FROM ({source}) WHERE number IN ({chosen})"
        self.create(POPULATION, source)

    def _master(self) -> str:
        path = text_sql(str(self.frame.sources.master))
        wanted = ["managed = 1"] if self.frame.managed_only else []
        wanted += ["group_no <> ''"] if self.frame.members_only else []
        where = f"WHERE {' AND '.join(wanted)}" if wanted else ""
        columns = ", ".join(f'"{name}"' for name in self.profile_columns)
        scan = f"read_parquet({path}, hive_partitioning = false)"
        return f"SELECT sub_id AS number, {columns} FROM {scan} {where}"

    def _groups(self) -> str:
        """The newest row of every group as of the day; a later city breaks a tie."""
        partitions = self._live("group")
        files = self.frame.store.files(partitions)
        columns = self.profile_columns
        if not files:
            interface = self.frame.subject.profile
            typed = ", ".join(
                f"CAST(NULL AS {interface.column(name).sql_type}) AS {name}" for name in columns
            )
            return f"SELECT CAST(NULL AS VARCHAR) AS number, {typed} WHERE FALSE"
        packed = ", ".join(f"{name} := {name}" for name in columns)
        rows = (
            f"SELECT group_no AS number, arg_max(struct_pack({packed}), {rank_sql(partitions)}) "
            f"AS newest FROM {read_parquet(files)} GROUP BY group_no"
        )
        named = ", ".join(f"newest.{name} AS {name}" for name in columns)
        return f"SELECT number, {named} FROM ({rows})"

    def _added(self) -> str:
        added, interface = self.frame.known.added, self.frame.subject.profile
        columns = {"number": [row["number"] for row in added]}
        for name in self.profile_columns:
            texts = (row.get(name) for row in added)
            columns[name] = [None if each in (None, "") else str(each) for each in texts]
        arrays = {name: np.array(values, dtype=object) for name, values in columns.items()}
        self.con.register("added", arrays)
        cast = ", ".join(
            f"CAST({name} AS {interface.column(name).sql_type}) AS {name}"
            for name in self.profile_columns
        )
        return f"SELECT CAST(number AS VARCHAR) AS number, {cast} FROM added"

    def _live(self, interface: str) -> list[Partition]:
        """The live partitions of one interface up to the day, in order."""
        found = (each for each in self.frame.sources.partitions if each.interface == interface)
        return sorted(each for each in found if each.day <= self.day)

    # The tables of the other sources; each answers the names of the tables it made.

    def _monthly(self) -> list[str]:
        found = self.of(Monthly)
        if not found:
            return []
        subject = self.frame.subject
        partitions = self._live(subject.months.name)
        table = MonthTable(
            key=subject.months.key[0],
            files=tuple(self.frame.store.files(partitions)),
            rank=rank_sql(partitions),
            day=self.day,
            people=POPULATION,
        )
        table.build(self.con, found)
        return [FIGURES]

    def _daily(self) -> list[str]:
        found = self.of(Daily)
        if not found:
            return []
        longest = max(each.source.days for each in found)  # type: ignore[union-attr]
        first = self.day - timedelta(days=longest - 1)
        live = [each for each in self._live(USAGE.name) if each.day >= first]
        files = self.frame.store.files(live)
        columns = ", ".join(f"{_folded_days(each, self.day)} AS {each.column}" for each in found)
        empty = ", ".join(f"CAST(NULL AS BIGINT) AS {each.column}" for each in found)
        query = (
            f"SELECT sub_id AS number, {columns} FROM {read_parquet(files)} "
            f"WHERE sub_id IN (SELECT number FROM {POPULATION}) GROUP BY sub_id"
            if files
            else f"SELECT CAST(NULL AS VARCHAR) AS number, {empty} WHERE FALSE"
        )
        self.create("day_figures", query)
        return ["day_figures"]

    def _held(self) -> list[str]:
        found = self.of(Held)
        partitions = self._live("subscription")
        files = self.frame.store.files(partitions)
        if not found or not files:
            return []
        held = (
            "SELECT owner_no AS number, product_code, since, "
            f"arg_max_null(until, {rank_sql(partitions)}) AS until FROM {read_parquet(files)} "
            f"WHERE {self._owned('owner_kind')} "
            f"AND owner_no IN (SELECT number FROM {POPULATION}) "
            "GROUP BY owner_no, product_code, since"
        )
        day = date_sql(self.day)
        counts = ", ".join(
            f"count(DISTINCT product_code) FILTER (WHERE {_one_of(each)}) AS {each.column}"
            for each in found
        )
        in_use = f"(since IS NULL OR since <= {day}) AND (until IS NULL OR until >= {day})"
        self.create(
            "held", f"SELECT number, {counts} FROM ({held}) WHERE {in_use} GROUP BY number"
        )
        return ["held"]

    def _owned(self, column: str) -> str:
        """Tell whose row it is; everything that is no group is an individual."""
        sign = "=" if self.frame.subject is Subject.GROUP else "IS DISTINCT FROM"
        return f"{column} {sign} 'group'"

    def _service(self) -> list[str]:
        found = self.of(Served, Silence)
        files = self.frame.store.files(self._live("service_log"))
        if not found or not files:
            return []
        acts = (
            "SELECT customer_no AS number, city, log_no, "
            'max(TRY_CAST(left("at", 10) AS DATE)) AS on_day '
            f"FROM {read_parquet(files)} WHERE {self._owned('customer_kind')} "
            "GROUP BY customer_no, city, log_no"
        )
        columns = ", ".join(f"{self._acts(each)} AS {each.column}" for each in found)
        day = date_sql(self.day)
        self.create(
            "service",
            f"SELECT number, {columns} FROM ({acts}) WHERE on_day <= {day} GROUP BY number",
        )
        return ["service"]

    def _acts(self, measure: Measure) -> str:
        if isinstance(measure.source, Served):
            first = date_sql(self.day - timedelta(days=measure.source.days - 1))
            return f"count(*) FILTER (WHERE on_day >= {first})"
        return f"{self.run_day} - max(on_day)"

    def _recorded(self) -> list[str]:
        tables = []
        for measure in self.of(Recorded):
            values = self.frame.known.recorded.get(measure.code, {})
            table = f"recorded_{measure.code}"
            numbers = np.array(list(values), dtype=object)
            self.con.register(
                f"{table}_rows",
                {"number": numbers, "value": np.array(list(values.values()), dtype=np.int64)},
            )
            self.create(
                table,
                f"SELECT CAST(number AS VARCHAR) AS number, value FROM {table}_rows"
                if values
                else "SELECT CAST(NULL AS VARCHAR) AS number, 0 AS value WHERE FALSE",
            )
            tables.append(table)
        return tables

    # A measure's value over the joined tables.

    def _value(self, measure: Measure) -> str:
        code, column_of = measure.code, measure.column
        match measure.source:
            case Newest(column, as_number):
                return self._newest(column, as_number=as_number)
            case Age(column, ahead):
                column = f"p.{column}"
                days = f"{column} - {self.run_day}" if ahead else f"{self.run_day} - {column}"
                return f"CAST({days} AS BIGINT)"
            case Monthly() as monthly:
                return month_value(monthly, code)
            case Daily(_, fold, _):
                zero = fold in {Fold.SUM, Fold.COUNT}
                return (
                    f"coalesce(day_figures.{column_of}, 0)" if zero else f"day_figures.{column_of}"
                )
            case Held():
                return self._counted("subscription", f"held.{column_of}")
            case Served():
                return self._counted("service_log", f"service.{column_of}")
            case Silence():
                known = self.frame.store.files(self._live("service_log"))
                return f"service.{column_of}" if known else "CAST(NULL AS BIGINT)"
            case Recorded():
                return f"CAST(recorded_{code}.value AS BIGINT)"
        raise TypeError(f"not a source of a measure: {type(measure.source).__name__}")

    def _newest(self, column: str, *, as_number: bool) -> str:
        kept = f"p.{column}"
        if as_number:
            return bounded(f"TRY_CAST({kept} AS BIGINT)")
        kind = self.frame.subject.profile.column(column).sql_type
        return bounded(kept) if kind == "BIGINT" else f"nullif({kept}, '')"

    def _counted(self, interface: str, column: str) -> str:
        """A count: nothing found is 0, unless no city ever told of such things."""
        known = self.frame.store.files(self._live(interface))
        return f"coalesce({column}, 0)" if known else "CAST(NULL AS BIGINT)"


def derived_value(source: Source) -> str:
    """A measure made of two others, over the columns that hold them."""
    match source:
        case Share(top, base, scale):
            return bounded(Compiler().number(Input(top) * scale // Input(base)))
        case Difference(top, base):
            return bounded(Compiler().number(Input(top) - Input(base)))
    raise TypeError(f"not made of other measures: {type(source).__name__}")


def month_value(source: Monthly, code: str) -> str:
    """A folded month figure: what is known of it decides whether it is missing."""
    value, known = f'{FIGURES}."{code}"', f"coalesce({FIGURES}.{code}_known, 0)"
    whole = source.gaps is Gaps.ZERO
    if source.fold is Fold.COUNT:
        return f"CAST({known} AS BIGINT)"
    if source.fold is Fold.MEAN:
        parts = str(source.months) if whole else f"nullif({known}, 0)"
        top = f"coalesce({value}, 0)" if whole else value
        return _enough(_floored(top, parts), known, source)
    if not whole:
        return _enough(value, known, source)
    if source.fold is Fold.MAX:
        gap = f"CASE WHEN {known} < {source.months} THEN 0 END"
        return f"coalesce(greatest({value}, {gap}), 0)"
    if source.fold is Fold.MIN:
        gap = f"CASE WHEN {known} < {source.months} THEN 0 END"
        return f"coalesce(least({value}, {gap}), 0)"
    return f"coalesce({value}, 0)"


def _enough(value: str, known: str, source: Monthly) -> str:
    if source.gaps is Gaps.ZERO:
        return value
    return f"CASE WHEN {known} >= {source.least} THEN {value} END"


def _floored(top: str, bottom: str) -> str:
    """Divide by a positive number, rounding towards minus infinity."""
    rest = f"CASE WHEN ({top}) % ({bottom}) < 0 THEN 1 ELSE 0 END"
    return f"CAST(({top}) // ({bottom}) - {rest} AS BIGINT)"


def _folded_days(measure: Measure, day: date) -> str:
    source = measure.source
    assert isinstance(source, Daily)
    first = date_sql(day - timedelta(days=source.days - 1))
    name = {Fold.SUM: "sum", Fold.MAX: "max", Fold.MIN: "min", Fold.COUNT: "count"}[source.fold]
    folded = f"{name}({source.column}) FILTER (WHERE day >= {first})"
    return bounded(folded)


def _one_of(measure: Measure) -> str:
    source = measure.source
    assert isinstance(source, Held)
    if not source.products:
        return "TRUE"
    return f"product_code IN ({', '.join(text_sql(code) for code in source.products)})"


def rank_sql(partitions: Sequence[Partition]) -> str:
    """One whole number by which the newest delivery is found: by day, then by city."""
    cities = ", ".join(text_sql(city) for city in ft.cities_of(partitions))
    return f"(day - DATE '2000-01-01') * 1000 + list_position([{cities}], city)"
