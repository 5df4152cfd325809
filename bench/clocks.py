"""
How long a sweep over many open clocks takes, and a single deadline.

The floor of a sweep is what the database needs at least: the same notices inserted, and the same
clocks pointed on, by two prepared statements. The floor of deadlines is the same number of bare
additions of a length to an instant. What was promised stands in the name of the work: 100,000 open
clocks in less than two seconds, a deadline in less than 100 microseconds::

    python -m bench.clocks --engine sqlite
"""

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from bench.installation import ENGINES, environment_on, migrate, set_up_django
from bench.measure import Measurement, best_of, peak_mb, report

OPEN, DUE, DEADLINES = 100_000, 1_000, 10_000
AT = datetime(2026, 9, 14, 4, 0, tzinfo=UTC)


def deadlines() -> Measurement:
    """Measure deadlines of all units over a year, with a pause each."""
    from dakehu.clocks import rules
    from dakehu.clocks.choices import TimeUnit
    from dakehu.clocks.values import Pause, Standard, WorkCalendar

    calendar = WorkCalendar(public=rules.known_public_days(2028))
    timetable = rules.Timetable(calendar, date(2026, 1, 1), date(2028, 12, 31))
    units = [Standard(2, unit) for unit in TimeUnit]
    starts = [AT + timedelta(minutes=47 * number) for number in range(DEADLINES)]
    hour = timedelta(hours=1)

    def ours() -> None:
        for number, start in enumerate(starts):
            pauses = [Pause(start + hour, start + 3 * hour)]
            rules.deadline_of(timetable, start, units[number % len(units)], pauses)

    floor = best_of(3, lambda: [start + hour for start in starts])
    work = f"clocks: {DEADLINES:,} deadlines (promised: 1 s)"
    return Measurement(work, floor, best_of(3, ours), 3_000.0, peak_mb())


def fill() -> None:
    """Store open clocks of a district, of which some are due."""
    from dakehu.clocks.models import Clock
    from dakehu.people.models import Unit

    unit = Unit.objects.create(kind="DISTRICT", code="bench", name="bench", path="1/")
    Clock.objects.bulk_create(
        (
            Clock(
                subject="thing",
                subject_id=number,
                kind="RESOLVE",
                amount=4,
                time_unit="working_hour",
                source="R1 v1",
                calendar=unit,
                unit=unit,
                started_at=AT - timedelta(hours=3),
                due_at=AT + timedelta(days=1),
                warn_at=AT,
                next_at=AT if number < DUE else AT + timedelta(days=1),
            )
            for number in range(OPEN)
        ),
        batch_size=5_000,
    )


def bare() -> float:
    """Return the seconds that the writes of a sweep take alone; they are taken back."""
    from django.db import connection, transaction

    from dakehu.clocks.models import Clock

    ids = list(Clock.objects.filter(next_at__lte=AT).values_list("pk", flat=True))
    stamp = connection.ops.adapt_datetimefield_value(AT)
    begun = time.perf_counter()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO clocks_clocknotice (clock_id, stage, due_at, raised_at)"
            " VALUES (%s, 1, %s, %s)",
            [(pk, stamp, stamp) for pk in ids],
        )
        cursor.executemany(
            "UPDATE clocks_clock SET next_at = %s WHERE id = %s", [(stamp, pk) for pk in ids]
        )
        seconds = time.perf_counter() - begun
        transaction.set_rollback(True)
    return seconds


def run_sweep() -> None:
    """Fill a fresh database, sweep it, and print the seconds of both as JSON."""
    set_up_django()
    from dakehu.clocks.operations import sweep

    fill()
    floor = bare()
    begun = time.perf_counter()
    # Noon of a working day: what has run off by now is three hours of four, and more.
    raised = sweep(at=AT + timedelta(hours=2))
    seconds = time.perf_counter() - begun
    print(json.dumps({"floor": floor, "ours": seconds, "raised": raised, "peak": peak_mb()}))


def sweeps(engine: str) -> Measurement:
    """Measure a sweep, with everything that people are asked because of it, on one engine."""
    with environment_on(engine) as environment:
        migrate(environment)
        command = [sys.executable, "-m", "bench.clocks", "--sweep"]
        done = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE)
    found: dict[str, Any] = json.loads(done.stdout)
    work = f"clocks: sweep of {OPEN:,} open, {found['raised']:,} raised, {engine} (promised: 2 s)"
    return Measurement(work, found["floor"], found["ours"], 300.0, found["peak"])


def measure(engines: Sequence[str] = ENGINES) -> Iterator[Measurement]:
    """Measure deadlines, and a sweep on each engine."""
    yield deadlines()
    for engine in engines:
        yield sweeps(engine)


def main() -> None:
    """Measure, or be the process of one sweep."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--engine", choices=ENGINES, action="append")
    reader.add_argument("--sweep", action="store_true", help=argparse.SUPPRESS)
    asked = reader.parse_args()
    if asked.sweep:
        run_sweep()
    else:
        report(measure(asked.engine or ENGINES))


if __name__ == "__main__":
    main()
