"""
How long a whole night takes, against the least that its work could take.

A province is simulated for two days, loaded, and given a past of usage straight at rest. The night
before the last prepares what every night finds prepared; the last one is measured: an ordinary day
with changed subscribers, usage of everybody, alerts that open, go on and clear.

    python -m bench.nightly                               1 000 000 subscribers, 16 cities, SQLite
    python -m bench.nightly --subscribers 100000          smaller
    python -m bench.nightly --database postgresql         the records in an embedded PostgreSQL
    python -m bench.nightly --keep DIR                    keeps the province in DIR, or uses it
                                                          (SQLite only)

The floor is the sum of three: reading the day's files and writing them as Parquet, scanning the
columns of the managed rows of sixty days, and writing the night's alerts and to-dos as bare rows.
Targets: at most 60 s and 3 GB for a million subscribers on two cores; the ratio that is to be
reached says how many floors 60 s are.
"""

import argparse
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import duckdb
from tools.with_postgres import running_server

from bench.measure import Measurement, report
from dakehu.demo.rules.plan import ProvincePlan
from dakehu.demo.rules.province import simulate

DAY = date(2026, 3, 11)
CITIES = 16
PAST_DAYS = 60
MOST_SECONDS = 60
DAKEHU = Path(sys.executable).parent / "dakehu"
ALERT_COLUMNS = 18
SCANNED = (
    "voice_onnet_s, voice_offnet_s, voice_fixed_s, out_calls, in_calls, hotline_calls, "
    "fwd_offnet_calls, data_kb, recharge_cnt, charge_fen, complaints"
)


@dataclass(frozen=True)
class Bench:
    """One province on disk, and where its records are."""

    home: Path
    database: str

    @property
    def inbox(self) -> Path:
        """Where the simulated cities deliver."""
        return self.home / "inbox"

    @property
    def environment(self) -> dict[str, str]:
        """The environment of the measured commands."""
        return {
            **os.environ,
            "DAKEHU_HOME": str(self.home),
            "DAKEHU_DATABASE_URL": self.database,
            "DAKEHU_LANGUAGE": "en",
        }

    def command(self, *arguments: str) -> dict:
        """Run a command of the night and return its summary."""
        ended = subprocess.run(
            [DAKEHU, *arguments, "--json"],
            env=self.environment,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        return json.loads(ended.stdout.splitlines()[-1])


def prepare(bench: Bench, subscribers: int) -> None:
    """Simulate, load the first day, give it a past, and run the night before."""
    plan = ProvincePlan(
        until=DAY, cities=CITIES, subscribers=subscribers, days=2, history_months=3
    )
    simulate(plan, bench.inbox, lambda words, done, total: None)
    before = (DAY - timedelta(days=1)).isoformat()
    loaded = bench.command("load", "--from", before, "--to", before)
    print(f"first load: {loaded['seconds']:.1f} s, {loaded['peak_kb'] // 1024} MB", flush=True)
    invent_past(bench)
    night = bench.command("nightly", "--date", before)
    print(f"first night: {night['seconds']:.1f} s, {night['peak_kb'] // 1024} MB", flush=True)


def invent_past(bench: Bench) -> None:
    """Write the usage of the days before: the first day's rows, rotated, under earlier dates."""
    first = DAY - timedelta(days=1)
    usage = bench.home / "facts" / "usage"
    with duckdb.connect() as engine:
        for back in range(1, PAST_DAYS):
            day = first - timedelta(days=back)
            for folder in (usage / f"day={first}").iterdir():
                target = usage / f"day={day}" / folder.name
                target.mkdir(parents=True)
                for file in folder.iterdir():
                    rows = shifted(engine, file, day, back)
                    engine.execute(
                        f"COPY ({rows}) TO '{target / file.name}' "
                        "(FORMAT parquet, PARQUET_VERSION v2, COMPRESSION zstd, "
                        "ROW_GROUP_SIZE 20480)"
                    )
    make_live(bench, first)


def shifted(engine: duckdb.DuckDBPyConnection, file: Path, day: date, back: int) -> str:
    """Return the rows of a file under another day, with other people's figures."""
    return (
        f"SELECT DATE '{day}' AS day, * EXCLUDE (day) "
        f"REPLACE ((voice_onnet_s * (90 + {back % 7}) // 90) % 86400 AS voice_onnet_s) "
        f"FROM read_parquet('{file}', hive_partitioning = false) ORDER BY sub_id"
    )


def make_live(bench: Bench, first: date) -> None:
    """Enter the invented partitions into the records, by the command's own Django."""
    script = f"""
from datetime import date, timedelta
from dakehu.exchange.models import LivePartition
first = date.fromisoformat("{first}")
live = list(LivePartition.objects.filter(interface="usage", day=first))
LivePartition.objects.bulk_create(
    LivePartition(interface="usage", day=first - timedelta(days=back), city_code=one.city_code,
                  version=one.version, rows=one.rows, delivery=one.delivery)
    for back in range(1, {PAST_DAYS}) for one in live)
"""
    subprocess.run(
        [DAKEHU, "shell", "-c", script], env=bench.environment, check=True, capture_output=True
    )


def floor_of_files(bench: Bench) -> float:
    """Read the day's files as they are and write them as Parquet; return the seconds."""
    begun = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder, duckdb.connect() as engine:
        engine.execute("SET threads = 2")
        for number, file in enumerate(bench.inbox.glob(f"*/{DAY:%Y%m%d}/*.csv.gz")):
            engine.execute(
                f"COPY (SELECT * FROM read_csv('{file}', header = true, all_varchar = true)) "
                f"TO '{folder}/{number}.parquet' (FORMAT parquet, COMPRESSION zstd)"
            )
    return time.perf_counter() - begun


def floor_of_rules(bench: Bench) -> float:
    """Scan what the rules read of the managed rows into one sum; return the seconds."""
    begun = time.perf_counter()
    total = " + ".join(f"coalesce({name.strip()}, 0)" for name in SCANNED.split(","))
    with duckdb.connect() as engine:
        engine.execute("SET threads = 2")
        files = bench.home / "facts" / "usage" / "*" / "*" / "*-managed.parquet"
        engine.execute(f"SELECT sum({total}) FROM read_parquet('{files}')").fetchone()
    return time.perf_counter() - begun


def floor_of_records(summary: dict) -> float:
    """Write as many bare rows as the night wrote alerts and to-dos; return the seconds."""
    alerts, todos = summary["alerts"], summary["todos"]
    rows = sum(alerts.values()) + sum(todos.values())
    begun = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder, sqlite3.connect(Path(folder) / "f") as records:
        columns = ", ".join(f"c{number}" for number in range(ALERT_COLUMNS))
        records.execute(f"CREATE TABLE alert (id INTEGER PRIMARY KEY, {columns})")
        places = ", ".join("?" * ALERT_COLUMNS)
        records.executemany(
            f"INSERT INTO alert ({columns}) VALUES ({places})",
            ((number,) * ALERT_COLUMNS for number in range(rows)),
        )
        records.commit()
    return time.perf_counter() - begun


def measure(bench: Bench) -> Iterator[Measurement]:
    """Run the ordinary night and set it beside its floor."""
    begun = time.perf_counter()
    summary = bench.command("nightly", "--date", DAY.isoformat())
    ours = time.perf_counter() - begun
    for step in summary["steps"]:
        print(f"  {step['step']:<10} {step['seconds']:8.1f} s  {step['peak_kb'] // 1024:>5} MB")
    print(f"  alerts {summary['alerts']} to-dos {summary['todos']}", flush=True)
    files, rules = floor_of_files(bench), floor_of_rules(bench)
    records = floor_of_records(summary)
    print(f"  floors: files {files:.1f} s, rules {rules:.1f} s, records {records:.1f} s")
    kind = "PostgreSQL" if bench.database else "SQLite"
    yield Measurement(
        work=f"whole night, {summary['evaluated']:,} managed, {kind}",
        floor_s=files + rules + records,
        ours_s=ours,
        to_reach=MOST_SECONDS / (files + rules + records),
        peak_mb=summary["peak_kb"] / 1024,
    )


def main() -> None:
    """Prepare or find the province, and measure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[1])
    parser.add_argument("--subscribers", type=int, default=1_000_000)
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--keep", type=Path)
    options = parser.parse_args()
    folder = options.keep or Path(tempfile.mkdtemp(prefix="dakehu-night-"))
    try:
        run(folder, options)
    finally:
        if options.keep is None:
            shutil.rmtree(folder)


def run(folder: Path, options: argparse.Namespace) -> None:
    """Measure over the records database that was asked for."""
    bench = Bench(folder / "home", "")
    if options.database == "sqlite":
        measure_in(bench, options.subscribers)
        return
    with running_server() as server:
        measure_in(Bench(bench.home, server.url), options.subscribers)


def measure_in(bench: Bench, subscribers: int) -> None:
    """Prepare the province unless it is there, and report one night."""
    if not (bench.home / "facts").exists():
        bench.home.mkdir(parents=True)
        prepare(bench, subscribers)
    report(measure(bench))


if __name__ == "__main__":
    main()
