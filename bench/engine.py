"""
How fast the rules engine is, against the least any engine could do.

Writes a province of random facts straight to Parquet, then measures, each in a process of its own:

* the floor: DuckDB scanning the columns the rules read, of all rows of the windows, into one sum;
* the full pass: everything read and evaluated again;
* the night: snapshots extended by one day, and evaluated from them;
* the back-test: all rules and dials replayed over the last 60 days of twice as many, in one pass.

    python -m bench.engine                        1 000 000 subscribers, 60 days, 16 cities
    python -m bench.engine --subscribers 200000   smaller
    python -m bench.engine --keep DIR             keeps the facts in DIR, or uses those there

Times vary with what else the machine does; the ratios, and the CPU seconds beside the wall
clock, say more.  Targets: full pass at most 2.0 floors, night at most 0.6, peak memory 3 GB.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from pathlib import Path

from bench.measure import Measurement, peak_mb, report
from dakehu.alerts.rules import program_for
from dakehu.alerts.rules.backtesting import DIALS, Hindsight
from dakehu.alerts.values import WarningNumbers
from dakehu.facts.batch import Engine, Target
from dakehu.facts.engine import EngineLimits, connect
from dakehu.facts.features import Program, features_of
from dakehu.facts.interfaces import INTERFACES
from dakehu.facts.replay import Past, Replay
from dakehu.facts.results import PARQUET, write_query
from dakehu.facts.rows import Sources, needed_days, read_parquet, stored_columns
from dakehu.facts.store import FactStore, Partition
from dakehu.tiering.rules import card_program
from dakehu.tiering.values import CardNumbers

D = date(2026, 11, 20)
CITIES = 16
LIMITS = {"memory": "2000MB", "threads": 2}
MONTHS = {202608: date(2026, 9, 3), 202609: date(2026, 10, 3), 202610: date(2026, 11, 3)}


def draw(which: int, below: int) -> str:
    """SQL for a number from 0 to ``below`` − 1 that depends on subscriber, day and figure."""
    return f"CAST(hash(number, epoch, {which}) % {below} AS BIGINT)"


FIGURES = {
    "voice_onnet_s": draw(1, 1200),
    "voice_offnet_s": draw(2, 600),
    "voice_fixed_s": draw(3, 100),
    "out_calls": f"greatest({draw(4, 12)} - 2, 0)",
    "in_calls": f"greatest({draw(5, 12)} - 3, 0)",
    "hotline_calls": f"CAST({draw(6, 40)} = 0 AS BIGINT)",
    "fwd_offnet_calls": f"CAST({draw(7, 60)} = 0 AS BIGINT)",
    "data_kb": draw(8, 200000),
    "recharge_cnt": f"CAST({draw(9, 12)} = 0 AS BIGINT)",
    "charge_fen": draw(10, 500),
    "balance_fen": draw(11, 20000),
    "credit_used_fen": draw(12, 3000),
    "arrears_fen": f"CAST({draw(13, 9)} = 0 AS BIGINT) * 900",
    "status": f"CAST({draw(14, 50)} = 0 AS BIGINT)",
    "event_mask": f"CAST({draw(15, 200)} = 0 AS BIGINT) * {draw(16, 16)}",
    "complaints": f"CAST({draw(17, 90)} = 0 AS BIGINT)",
}


def days_of_bench(days: int) -> list[date]:
    """The days the facts cover, oldest first."""
    return [D - timedelta(days=back) for back in reversed(range(days))]


def write_facts(home: Path, subscribers: int, days: int) -> None:
    """Write a province of random facts, a quarter of its subscribers managed."""
    store = FactStore(home)
    with connect(EngineLimits(home / "work", "3GB", 2)) as con:
        con.execute(
            "CREATE TABLE people AS SELECT number, 0 AS epoch, "
            f"format('{{:02d}}', 1 + number % {CITIES}) AS city_id, "
            f"format('{{:02d}}{{:010d}}', 1 + number % {CITIES}, number) AS sub_id, "
            f"number % 64 < 16 AS managed FROM range({subscribers}) AS t(number) ORDER BY sub_id"
        )
        for day in days_of_bench(days):
            write_usage(con, store, day)
        for ym, day in MONTHS.items():
            write_months(con, store, ym, day)
        write_query(con, master_sql(), master_path(store))


def write_usage(con, store: FactStore, day: date) -> None:
    """Write one day of all cities; every fiftieth subscriber has no row."""
    columns = [
        {"day": f"DATE '{day}'", "sub_id": "sub_id", "city_id": "city_id", "plan_id": "'P1'"}.get(
            name, FIGURES.get(name, "CAST(0 AS BIGINT)")
        )
        + f" AS {name}"
        for name in INTERFACES["usage"].names
    ]
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE u AS SELECT {', '.join(columns)}, managed AS is_managed "
        f"FROM (SELECT * REPLACE ({day.toordinal()} AS epoch) FROM people) "
        f"WHERE {draw(99, 50)} <> 0"
    )
    for partition in partitions("usage", day):
        for part, which in (("managed", "is_managed"), ("rest", "NOT is_managed")):
            query = (
                "SELECT * EXCLUDE is_managed FROM u "
                f"WHERE city_id = '{partition.city}' AND {which} ORDER BY sub_id"
            )
            write_query(con, query, store.path(partition, part), form=PARQUET)


def write_months(con, store: FactStore, ym: int, day: date) -> None:
    """Write the figures of one month."""
    for partition in partitions("month", day):
        query = (
            f"SELECT sub_id, {ym} AS ym, hash(number, {ym}) % 60000 AS revenue_fen, "
            f"0 AS arrears_fen, hash(number, {ym}, 2) % 80 AS arrears_days FROM people "
            f"WHERE city_id = '{partition.city}' ORDER BY sub_id"
        )
        write_query(con, query, store.path(partition))


def master_sql() -> str:
    """Everybody with random dates; half of them have a contract."""
    return (
        f"SELECT sub_id, city_id, DATE '1960-01-01' + CAST({draw(1, 18000)} AS INTEGER) "
        f"AS birth_date, CASE WHEN {draw(2, 3)} = 0 THEN 'lunar' ELSE 'solar' END "
        f"AS birth_calendar, DATE '2015-01-01' + CAST({draw(3, 4330)} AS INTEGER) AS open_date, "
        f"CASE WHEN {draw(4, 2)} = 0 THEN DATE '2026-10-01' + CAST({draw(5, 700)} AS INTEGER) END "
        f"AS contract_end, {draw(6, 3)} * 10000 AS credit_limit_fen, {draw(7, 5)} AS level, "
        "CAST(managed AS BIGINT) AS managed FROM people ORDER BY sub_id"
    )


def master_path(store: FactStore) -> Path:
    """Where the subscriber master of the bench lies."""
    return store.master_folder(D) / "bench.parquet"


def partitions(interface: str, day: date) -> list[Partition]:
    """What all cities delivered on one day."""
    cities = (f"{number:02d}" for number in range(1, CITIES + 1))
    return [Partition(interface, day, city, "d1", 1) for city in cities]


def sources_of(home: Path, days: int, *, day: date = D) -> Sources:
    """What a run of ``day`` sees."""
    usage = (days_of_bench(days), "usage")
    month = (list(MONTHS.values()), "month")
    live = [
        partition
        for dates, interface in (usage, month)
        for each in dates
        if each <= day
        for partition in partitions(interface, each)
    ]
    return Sources(day, tuple(live), master_path(FactStore(home)))


def programs(day: date = D) -> list[Program]:
    """The warnings and the card level."""
    return [program_for(day, WarningNumbers()), card_program(CardNumbers())]


def engine(home: Path) -> Engine:
    """The engine as the night runs it."""
    return Engine(FactStore(home), EngineLimits(home / "work", **LIMITS))


def floor(home: Path, days: int) -> int:
    """Scan what the rules read, of all rows, into one sum."""
    sources, features = sources_of(home, days), features_of(programs())
    files = FactStore(home).files(sources.usage(needed_days(features, D)))
    total = " + ".join(stored_columns(features))
    with connect(EngineLimits(home / "work", **LIMITS)) as con:
        found = con.execute(
            f"SELECT sum(length(sub_id) + {total}) FROM {read_parquet(files)}"
        ).fetchone()
    return int(found[0])


def full(home: Path, days: int) -> int:
    """Evaluate by the full pass."""
    target = Target(FactStore(home), "full")
    found = engine(home).evaluate(
        sources_of(home, days), programs(), cities=None, target=target, use_snapshots=False
    )
    return found.signals


def prepare(home: Path, days: int) -> int:
    """Bring snapshots to the state of the night before: every boundary but those of D."""
    written = 0
    for back in (1, 2):
        day = D - timedelta(days=back)
        written += engine(home).extend_snapshots(sources_of(home, days, day=day), programs(day))
    # The other boundaries of D were last days of earlier nights.
    engine(home).extend_snapshots(sources_of(home, days), programs())
    for path in FactStore(home).snapshots.glob(f"day={D}/city=*/*.parquet"):
        path.unlink()
    return written


def night(home: Path, days: int) -> int:
    """Extend the snapshots by one day and evaluate from them."""
    target = Target(FactStore(home), "night")
    found = engine(home).evaluate(
        sources_of(home, days), programs(), cities=None, target=target, use_snapshots=True
    )
    return found.signals


def backtest(home: Path, days: int) -> int:
    """Replay the last days, as many as lie before them, with every dial turned."""
    replayed = [D - timedelta(days=back) for back in reversed(range(min(60, days // 2)))]
    past = Past(
        programs={day: program_for(day, WarningNumbers()) for day in replayed},
        partitions=sources_of(home, days).partitions,
        master=master_path(FactStore(home)),
        dials=DIALS,
    )
    found = Hindsight(days=len(replayed), judged_days=len(replayed) // 2, horizon=past.horizon)
    limits = EngineLimits(home / "work", **LIMITS)
    for _, block in Replay(FactStore(home), limits, past).blocks():
        found.add(block)
    return found.pairs


CASES: dict[str, Callable[[Path, int], int]] = {
    "floor": floor,
    "full": full,
    "prepare": prepare,
    "night": night,
    "backtest": backtest,
}


@dataclass(frozen=True)
class Taken:
    """What one case took: seconds on the wall and of the processors, memory, and its answer."""

    wall_s: float
    cpu_s: float
    peak_mb: float
    found: int


def take(case: str, home: Path, days: int) -> Taken:
    """Run one case here."""
    began, cpu_began = time.perf_counter(), time.process_time()
    found = CASES[case](home, days)
    wall_s, cpu_s = time.perf_counter() - began, time.process_time() - cpu_began
    return Taken(wall_s, cpu_s, peak_mb(), found)


def take_apart(case: str, home: Path, days: int) -> Taken:
    """Run one case in a process of its own, so that peaks of memory stay apart."""
    command = [sys.executable, "-m", "bench.engine", "--case", case]
    command += ["--keep", str(home), "--days", str(days)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return Taken(**json.loads(done.stdout))


def measure(subscribers: int, days: int, home: Path) -> Iterator[Measurement]:
    """Write the facts unless they are there, and compare both ways with the floor."""
    if not master_path(FactStore(home)).exists():
        write_facts(home, subscribers, days)
    take_apart("floor", home, days)  # brings the files into the page cache
    took = {case: take_apart(case, home, days) for case in CASES}
    if took["full"].found != took["night"].found:
        raise AssertionError("the full pass and the snapshots raise different signals")
    of = f"{subscribers:,} subscribers × {days} days"
    for case, work, to_reach in (
        ("full", "all rules, full pass", 2.0),
        ("night", "all rules, night by snapshots", 0.6),
    ):
        ours, least = took[case], took["floor"]
        print(f"{work}: {ours.cpu_s:.1f} CPU s against {least.cpu_s:.1f}", flush=True)
        yield Measurement(f"{work}, {of}", least.wall_s, ours.wall_s, to_reach, ours.peak_mb)
    one, many = took["full"], took["backtest"]
    work = f"back-test of {min(60, days // 2)} days against one evaluation, {of}"
    yield Measurement(work, one.wall_s, many.wall_s, 10.0, many.peak_mb)


def main() -> None:
    """Read the command line; measure at the size asked for, and at half of it."""
    parser = argparse.ArgumentParser(description="Benchmark of the rules engine")
    parser.add_argument("--subscribers", type=int, default=1_000_000)
    parser.add_argument("--days", type=int, default=60)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--case", choices=CASES)
    given = parser.parse_args()
    if given.case:
        print(json.dumps(asdict(take(given.case, given.keep, given.days))))
        return
    with tempfile.TemporaryDirectory(prefix="dakehu-bench-") as folder:
        whole, half = given.keep or Path(folder) / "whole", Path(folder) / "half"
        lines = [
            *measure(given.subscribers, given.days, whole),
            *measure(given.subscribers // 2, given.days, half),
        ]
        report(lines)


if __name__ == "__main__":
    main()
