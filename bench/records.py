"""
How long the records take for their first load of subscribers, beside the bare database.

The floor is what the database needs at least: the same columns written to a plain table without
keys, by COPY on PostgreSQL and by one prepared INSERT on SQLite, from the same Parquet file. The
load is what the nightly run does: each city in a transaction of its own, look-ups resolved,
search text worked out, keys kept and indexes built. Each part runs in a process of its own, so
that its peak memory is its own::

    python -m bench.records --rows 1000000 --engine sqlite
"""

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path
from typing import Any

import duckdb

from bench.installation import ENGINES, environment_on, migrate, set_up_django
from bench.measure import Measurement, report
from dakehu.facts.interfaces import SUBSCRIBER

CITIES = 12
DAY = date(2026, 3, 1)
AT = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
ROWS = 1_000_000

DICE = "CREATE MACRO dice(i, n) AS (hash(i, n) % 1000000007)::BIGINT"
SOURCE = """
COPY (
    SELECT printf('%02dS%08d', c, i) AS sub_id,
           printf('138%08d', dice(i, 0) % 100000000) AS msisdn,
           '王李张刘陈杨赵黄周吴'[1 + dice(i, 1) % 10]
               || '伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰'[1 + dice(i, 2) % 20]
               || '平刚桂霞红玉萍建国华文志海云飞鹏宇晨欣怡'[1 + dice(i, 3) % 20] AS name,
           printf('%02d', c) AS city_id,
           '第' || (1 + dice(i, 4) % 10) || '区' AS district,
           '全球通' AS brand, printf('P%02d', dice(i, 5) % 30) AS plan_id, 'F' AS gender,
           DATE '1960-01-01' + (dice(i, 6) % 16000)::INTEGER AS birth_date,
           'solar' AS birth_calendar,
           DATE '2010-01-01' + (dice(i, 7) % 5000)::INTEGER AS open_date,
           '两年合约' AS contract_name,
           DATE '2025-01-01' + (dice(i, 8) % 1000)::INTEGER AS contract_end,
           10000 AS credit_limit_fen, dice(i, 9) % 5 AS level,
           (dice(i, 10) % 4 = 0)::INTEGER AS managed,
           CASE WHEN managed = 1 THEN printf('%02dM%03d', c, dice(i, 11) % 60) END AS manager_no,
           NULL::VARCHAR AS group_no, 0 AS status
    FROM (SELECT {city} * 10000000 + i AS i, {city} AS c FROM range({rows}) t(i))
    ORDER BY sub_id
) TO '{path}' (FORMAT parquet)
"""


def write_source(folder: Path, rows: int) -> None:
    """Write the subscribers of a province, one file per city as the fact store keeps them."""
    engine = duckdb.connect()
    engine.execute(DICE)
    for city in cities():
        path = folder / f"{city}.parquet"
        engine.execute(SOURCE.format(city=int(city), rows=rows // CITIES, path=path))


def cities() -> list[str]:
    """Return the codes of the cities."""
    return [f"{number:02d}" for number in range(1, CITIES + 1)]


def source_rows(folder: str, city: str = "*") -> Iterator[tuple[Any, ...]]:
    """Yield subscriber rows of one city, or of all, as the nightly run reads them."""
    columns = ", ".join(SUBSCRIBER.names)
    found = duckdb.connect().execute(f"SELECT {columns} FROM '{folder}/{city}.parquet'")
    while batch := found.fetchmany(20_000):
        yield from batch


def floor(path: str) -> None:
    """Write the columns to a plain table."""
    from django.db import connection, transaction

    described = ", ".join(f'"{each.name}" {each.sql_type}' for each in SUBSCRIBER.columns)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE bare ({described})")
        if connection.vendor == "postgresql":
            with cursor.copy("COPY bare FROM STDIN") as copy:
                for row in source_rows(path):
                    copy.write_row(row)
        else:
            places = ", ".join(["%s"] * len(SUBSCRIBER.columns))
            rows = source_rows(path)
            # By the chunk, because Django keeps all rows of one call in memory.
            while chunk := list(islice(rows, 20_000)):
                cursor.executemany(f"INSERT INTO bare VALUES ({places})", chunk)


def load(path: str) -> None:
    """Load the columns into the customers, city by city."""
    from dakehu.customers.operations import apply_subscribers, indexes_put_off

    coming = duckdb.connect().execute(f"SELECT count(*) FROM '{path}/*.parquet'").fetchone()
    with indexes_put_off(coming=coming[0] if coming else 0):
        for city in cities():
            apply_subscribers(source_rows(path, city), city_code=city, day=DAY, at=AT)


PARTS: dict[str, Callable[[str], None]] = {"floor": floor, "load": load, "again": load}


def run_part(part: str, path: str) -> None:
    """Run one part in this process and print its seconds and its peak memory as JSON."""
    set_up_django()
    started = time.perf_counter()
    PARTS[part](path)
    seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps({"seconds": round(seconds, 2), "peak_mb": peak}))


def measure(rows: int = ROWS, engines: Sequence[str] = ENGINES) -> Iterator[Measurement]:
    """Measure the first load, and the same load again, on a fresh database of each engine."""
    for engine in engines:
        taken = parts_on(engine, rows)
        floor_s = taken["floor"]["seconds"]
        for part, to_reach, said in (("load", 3.0, "first load"), ("again", 3.0, "same again")):
            yield Measurement(
                work=f"records: {said} of {rows:,} subscribers, {engine}",
                floor_s=floor_s,
                ours_s=taken[part]["seconds"],
                to_reach=to_reach,
                peak_mb=taken[part]["peak_mb"],
            )


def parts_on(engine: str, rows: int) -> dict[str, dict[str, float]]:
    """Run all parts on a fresh database; return the seconds and peak of each."""
    with environment_on(engine) as environment:
        migrate(environment)
        source = Path(environment["DAKEHU_HOME"]) / "source"
        source.mkdir()
        write_source(source, rows)
        return {part: measured_apart(part, source, environment) for part in PARTS}


def measured_apart(part: str, source: Path, environment: dict[str, str]) -> dict[str, float]:
    """Run one part in a process of its own, so that its peak memory is its own."""
    command = [sys.executable, "-m", "bench.records", "--part", part, "--source", str(source)]
    done = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE)
    measured: dict[str, float] = json.loads(done.stdout)
    return measured


def main() -> None:
    """Measure, or be the process of one part."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--rows", type=int, default=ROWS)
    reader.add_argument("--engine", choices=ENGINES, action="append")
    reader.add_argument("--part", choices=tuple(PARTS), help=argparse.SUPPRESS)
    reader.add_argument("--source", help=argparse.SUPPRESS)
    asked = reader.parse_args()
    if asked.part:
        run_part(asked.part, asked.source)
    else:
        report(measure(asked.rows, asked.engine or ENGINES))


if __name__ == "__main__":
    main()
