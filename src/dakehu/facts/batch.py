"""
Evaluate rules for every managed subscriber of a data day, in bounded memory.

Rules come in as values (:class:`~dakehu.facts.features.Program`), live partitions and the master
come in as values (:class:`~dakehu.facts.rows.Sources`); the engine decides nothing about the
business and guesses nothing from folders.  The full pass reads every usage row of the windows and
is the truth; snapshots give equal rows sooner.  Subscribers are taken in ranges of their number,
so memory does not grow with the province (capabilities W1 to W12, T19).
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from dakehu.facts import features as ft
from dakehu.facts import strays
from dakehu.facts.engine import EngineLimits, connect, text_sql
from dakehu.facts.frame import EVERYONE, FRAME, PEOPLE, FrameBuilder, master_sql
from dakehu.facts.places import compiler_of, has_variants, kept_names
from dakehu.facts.results import write_query
from dakehu.facts.rows import ManagedRows, Range, Sources, StrayRows
from dakehu.facts.snapshots import SnapshotRows, Snapshots
from dakehu.facts.store import FactStore
from dakehu.facts.sums import Rows, Term, full_terms, snapshot_days, snapshot_terms
from dakehu.rulekit.sql import Compiler

SIGNALS = "signals"
EVIDENCE = "evidence"
PEOPLE_AT_ONCE = 150_000
"""Keeps one pass within some 800 MB; smaller ranges read the same files more often."""


@dataclass(frozen=True)
class Target:
    """Where results go: ``<home>/results/<name>/day=…/<token>.parquet``."""

    store: FactStore
    token: str

    def path(self, name: str, sources: Sources) -> Path:
        """The file of one result."""
        return self.store.result_folder(name, sources.day) / f"{self.token}.parquet"


@dataclass(frozen=True)
class Evaluation:
    """What one evaluation found: subscribers evaluated, signals by rule, and its files."""

    evaluated: int
    signals: int
    by_rule: dict[str, int]
    files: dict[str, Path]


@dataclass(frozen=True)
class Engine:
    """The rules engine over one fact store, within the limits of one machine."""

    store: FactStore
    limits: EngineLimits
    people_at_once: int = field(default=PEOPLE_AT_ONCE)

    def extend_snapshots(self, sources: Sources, programs: Sequence[ft.Program]) -> int:
        """
        Write the snapshots that an evaluation of ``sources.day`` needs and that are not there.

        A late or re-sent delivery makes those of its city from its day to the end of the month
        obsolete; the needed ones are written again.  Returns how many files were written.
        """
        with connect(self.limits) as con:
            run = _Run(con, self.store, sources, tuple(programs), use_snapshots=True)
            run.enrol()
            return run.extend_snapshots()

    def evaluate(
        self,
        sources: Sources,
        programs: Sequence[ft.Program],
        *,
        cities: Collection[str] | None,
        target: Target,
        use_snapshots: bool,
    ) -> Evaluation:
        """
        Evaluate ``programs`` for the managed subscribers of ``cities`` (``None``: all of them).

        Subscribers belong to the city the master names, delivered or not.  With
        ``use_snapshots`` missing ones are written first; without, every row is read again.  The
        results are the same, and evaluating again replaces them.
        """
        with connect(self.limits) as con:
            run = _Run(con, self.store, sources, tuple(programs), use_snapshots)
            run.enrol()
            if use_snapshots:
                run.extend_snapshots()
            run.prepare(cities)
            for range_ in run.ranges(self.people_at_once):
                run.evaluate(range_)
            return run.finish(target)


@dataclass(frozen=True)
class _Run:
    con: duckdb.DuckDBPyConnection
    store: FactStore
    sources: Sources
    programs: tuple[ft.Program, ...]
    use_snapshots: bool

    @property
    def features(self) -> tuple[ft.Feature, ...]:
        return ft.features_of(self.programs)

    @property
    def sheets(self) -> list[tuple[ft.Sheet, Compiler]]:
        return [
            (sheet, compiler_of(program)) for program in self.programs for sheet in program.sheets
        ]

    def enrol(self) -> None:
        """Create the table of all managed subscribers."""
        self.con.execute("SET preserve_insertion_order = false")
        self.con.execute(
            f"CREATE TEMP TABLE {EVERYONE} AS "
            f"{master_sql(self.sources, self.features, placed=has_variants(self.programs))}"
        )

    def extend_snapshots(self) -> int:
        """Write missing snapshots, and search for strays of everybody managed."""
        written = Snapshots(self.store, self.sources).extend(self.con, self.features)
        strays.refresh(self.con, self.store, self.sources, self.features)
        return written

    def prepare(self, cities: Collection[str] | None) -> None:
        """Keep to some cities, and create the tables of strays and results."""
        execute = self.con.execute
        if cities is not None:
            listed = ", ".join(text_sql(city) for city in sorted(cities))
            kept = f"coalesce(city_id IN ({listed}), FALSE)" if listed else "FALSE"
            execute(f"DELETE FROM {EVERYONE} WHERE NOT {kept}")
        if self.use_snapshots:
            strays.load(self.con, self.store, self.sources, self.features)
        else:
            strays.gather(self.con, self.store, self.sources, self.features)
        columns = "sub_id VARCHAR, city_id VARCHAR, rule VARCHAR, a BIGINT, b BIGINT"
        execute(f"CREATE TEMP TABLE {SIGNALS} ({columns})")
        execute(f"CREATE TEMP TABLE {EVIDENCE} ({_typed(kept_names(self.programs))})")
        for sheet, _ in self.sheets:
            execute(f"CREATE TEMP TABLE {sheet.name} ({_typed(n for n, _ in sheet.columns)})")

    def ranges(self, size: int) -> Iterator[Range]:
        """Cut everyone into ranges of at most ``size`` subscribers, in order."""
        rows = self.con.execute(
            "SELECT min(sub_id), max(sub_id) FROM (SELECT sub_id, "
            f"(row_number() OVER (ORDER BY sub_id) - 1) // {size} AS piece FROM {EVERYONE}) "
            "GROUP BY piece ORDER BY piece"
        ).fetchall()
        return (Range(first, last) for first, last in rows)

    def evaluate(self, range_: Range) -> None:
        """Build the frame of one range and add its rows to the result tables."""
        self.con.execute(
            f"CREATE OR REPLACE TEMP TABLE {PEOPLE} AS "
            f"SELECT * FROM {EVERYONE} WHERE {range_.where()}"
        )
        managed = ManagedRows(self.store, self.sources, range_)
        rows: list[Rows] = [managed, StrayRows(range_)]
        builder = FrameBuilder(self.con, self.store, self.sources, self.programs, range_)
        builder.build(rows, self._terms(managed, range_))
        self._raise_signals()
        for sheet, compiler in self.sheets:
            self._fill(sheet, compiler)

    def _terms(self, managed: ManagedRows, range_: Range) -> list[Term]:
        sums = [feature for feature in self.features if isinstance(feature, ft.UsageSum)]
        day = self.sources.day
        apart = full_terms(sums, StrayRows(range_), day=day) if strays.any_of(self.con) else []
        if self.use_snapshots:
            kept = ft.summed_columns(self.features)
            snapshots = SnapshotRows(Snapshots(self.store, self.sources), kept, range_)
            snapshots = snapshots.find_moved(self.con, snapshot_days(sums, day=day))
            return snapshot_terms(sums, snapshots, day=day) + apart
        return full_terms(sums, managed, day=day) + apart

    def _raise_signals(self) -> None:
        selects = []
        for program in self.programs:
            compiler = compiler_of(program)
            for rule in program.signals:
                a, b = compiler.number(rule.a), compiler.number(rule.b)
                selects.append(
                    f"SELECT sub_id, city_id, {text_sql(rule.code)}, {a}, {b} "
                    f"FROM {FRAME} WHERE {compiler.predicate(rule.when)}"
                )
        for select in selects:
            self.con.execute(f"INSERT INTO {SIGNALS} {select}")
        names = ", ".join(["sub_id", *kept_names(self.programs)])
        if selects:
            self.con.execute(
                f"INSERT INTO {EVIDENCE} SELECT {names} FROM {FRAME} "
                f"WHERE sub_id IN (SELECT sub_id FROM {SIGNALS})"
            )

    def _fill(self, sheet: ft.Sheet, compiler: Compiler) -> None:
        columns = ", ".join(compiler.number(number) for _, number in sheet.columns)
        self.con.execute(
            f"INSERT INTO {sheet.name} SELECT sub_id, {columns} FROM {FRAME} "
            f"WHERE {compiler.predicate(sheet.when)}"
        )

    def finish(self, target: Target) -> Evaluation:
        """Write every result, sorted, and count what was found."""
        orders = {SIGNALS: "sub_id, rule", EVIDENCE: "sub_id"}
        orders |= {sheet.name: "sub_id" for sheet, _ in self.sheets}
        files = {
            name: write_query(
                self.con,
                f"SELECT * FROM {name} ORDER BY {order}",
                target.path(name, self.sources),
            )
            for name, order in orders.items()
        }
        counted = f"SELECT rule, count(*) FROM {SIGNALS} GROUP BY rule ORDER BY rule"
        by_rule = {rule: int(n) for rule, n in self.con.execute(counted).fetchall()}
        return Evaluation(self._size(EVERYONE), sum(by_rule.values()), by_rule, files)

    def _size(self, table: str) -> int:
        row = self.con.execute(f"SELECT count(*) FROM {table}").fetchone()
        return int(row[0]) if row else 0


def _typed(names: Collection[str] | Iterator[str]) -> str:
    return ", ".join(["sub_id VARCHAR", *(f"{name} BIGINT" for name in names)])
