"""
Measures the intake of one day's usage against DuckDB reading the same files without any check.

    python -m bench.intake --rows 1000000 --files 16

The floor reads the gzip files and writes one Parquet file; the intake verifies size, checksum and
rows, judges every row, keeps managed subscribers apart and writes sorted Parquet.  Three cases:
the parts of one city, one file of each city, and parts with some bad rows in each.  Each run is
measured in a process of its own; the peak is the resident set of that process.
"""

import argparse
import gzip
import hashlib
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import numpy as np

from bench.measure import Measurement, report
from dakehu.facts.intake import (
    DeliveredFile,
    IntakeLimits,
    IntakeOrder,
    IntakeTarget,
    IntakeVerdict,
    Layout,
    take_in,
)
from dakehu.facts.interfaces import INTERFACES, USAGE

DAY = date(2026, 11, 20)
FIRST_NUMBER = 13_900_000_000
MANAGED_SHARE = 4
THREADS = 2


TO_REACH = 2.0
BAD_ENDS = (".5", "x", " ")
"""What is put behind the last field of a bad row; each makes it something else than a number."""


@dataclass(frozen=True)
class Case:
    """How the rows are spread over files, and how many in each file are bad."""

    name: str
    by_city: bool = False
    bad: int = 0


CASES = (Case("parts of one city"), Case("a file per city", by_city=True), Case("6 bad", bad=6))


def main() -> None:
    """Measure all cases, or, asked by itself, one run of one case."""
    parser = argparse.ArgumentParser(description="Benchmark of the intake")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--files", type=int, default=16)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--run", choices=("floor", "intake"), help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.run:
        print(json.dumps(run(given.run, given.folder)))
    else:
        report(measure(given.rows, given.files, given.repeat))


def measure(rows: int, files: int, repeat: int) -> Iterator[Measurement]:
    """Run floor and intake in turn and compare what neighbours disturbed least."""
    for case in CASES:
        with tempfile.TemporaryDirectory(prefix="dakehu-bench-") as folder:
            make_files(Path(folder), case, rows=rows, files=files)
            found: dict[str, list[dict[str, float]]] = {"floor": [], "intake": []}
            for _ in range(repeat):
                for subject, results in found.items():
                    results.append(run_apart(subject, folder))
        floor, ours = (min(results, key=lambda one: one["wall"]) for results in found.values())
        work = f"intake, {rows:,} rows in {files} files, {case.name}"
        print(f"{work}: {ours['cpu']:.1f} CPU s against {floor['cpu']:.1f}", flush=True)
        peak = max(result["peak_mb"] for result in found["intake"])
        yield Measurement(work, floor["wall"], ours["wall"], TO_REACH, peak)


def make_files(folder: Path, case: Case, *, rows: int, files: int) -> None:
    """Write the gzip files in random order of subscribers, and who is known."""
    dice = np.random.default_rng(20261120)
    rows //= files
    manifest = []
    for at in range(files):
        city = f"{at + 1:02d}" if case.by_city else "01"
        lines = make_lines(dice, FIRST_NUMBER + at * rows, rows, city)
        for bad in range(case.bad):
            lines[(bad + 1) * rows // (case.bad + 1)] += BAD_ENDS[bad % len(BAD_ENDS)]
        text = ",".join(USAGE.names) + "\n" + "\n".join(lines) + "\n"
        content = gzip.compress(text.encode(), 6)
        name = f"usage_{city}_20261120_{at + 1:03d}.csv.gz"
        (folder / name).write_bytes(content)
        sha256 = hashlib.sha256(content).hexdigest()
        entry = {"name": name, "city": city, "rows": rows, "sha256": sha256}
        manifest.append({**entry, "interface": USAGE.name})
        first = at * rows if case.by_city else 0
        write_known(folder / f"known_{city}.parquet", first, (at + 1) * rows)
    (folder / "files.json").write_text(json.dumps(manifest))


def write_known(path: Path, first: int, last: int) -> None:
    """Write that a city knows all its subscribers, and which it manages."""
    duckdb.connect().execute(
        f"COPY (SELECT ({FIRST_NUMBER} + i)::VARCHAR AS sub_id, "
        f"(i % {MANAGED_SHARE} = 0)::BIGINT AS managed FROM range({first}, {last}) AS t(i)) "
        f"TO '{path}' (FORMAT parquet)"
    )


def make_lines(dice: np.random.Generator, first: int, rows: int, city: str) -> list[str]:
    """Draw plausible usage for consecutive subscribers in random order."""
    numbers = [draw(dice, name, rows).tolist() for name in USAGE.names[4:]]
    ids = dice.permutation(np.arange(first, first + rows)).tolist()
    return [
        f"{DAY},{sub_id},{city},P{sub_id % 40:03d},{','.join(map(str, values))}"
        for sub_id, *values in zip(ids, *numbers, strict=True)
    ]


def draw(dice: np.random.Generator, name: str, rows: int) -> np.ndarray:
    """Draw one column: mostly zeros where life has mostly zeros."""
    if name.endswith("_s"):
        return np.where(dice.random(rows) < 0.6, dice.integers(0, 4000, rows), 0)
    if name.endswith("_fen"):
        return np.where(dice.random(rows) < 0.5, dice.integers(0, 30_000, rows), 0)
    if name == "data_kb":
        return dice.integers(0, 2_000_000, rows)
    if name in ("status", "event_mask", "complaints", "imei_changed", "recharge_cnt"):
        return (dice.random(rows) < 0.02).astype(np.int64)
    return np.where(dice.random(rows) < 0.6, dice.integers(0, 30, rows), 0)


def run_apart(subject: str, folder: str) -> dict[str, float]:
    """Run in a fresh process, so that peaks do not mix."""
    command = [sys.executable, "-m", "bench.intake", "--run", subject, "--folder", folder]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return dict(json.loads(done.stdout))


def run(subject: str, folder: Path) -> dict[str, float]:
    """Run one of the two and tell wall time, processor time and peak memory."""
    began = time.perf_counter()
    run_floor(folder) if subject == "floor" else run_intake(folder)
    wall = time.perf_counter() - began
    used = resource.getrusage(resource.RUSAGE_SELF)
    cpu = used.ru_utime + used.ru_stime
    return {"wall": wall, "cpu": cpu, "peak_mb": used.ru_maxrss / 1024}


def run_floor(folder: Path) -> None:
    """Let DuckDB read all files and write them as Parquet, and nothing else."""
    connection = duckdb.connect(config={"threads": THREADS})
    connection.execute(
        f"COPY (SELECT * FROM read_csv('{folder}/*.csv.gz', header=true)) "
        f"TO '{folder / 'floor.parquet'}' (FORMAT parquet, COMPRESSION zstd)"
    )


def run_intake(folder: Path) -> None:
    """Take all files in: cities side by side, the parts of one city in one order."""
    listed = json.loads((folder / "files.json").read_text())
    cities = sorted({file["city"] for file in listed})
    interface = INTERFACES[listed[0]["interface"]]
    side_by_side = min(THREADS, len(cities))
    limits = IntakeLimits(
        scratch=folder / "scratch",
        memory=f"{640 // side_by_side}MB",
        threads=THREADS // side_by_side,
    )

    def take(city: str) -> IntakeVerdict:
        order = IntakeOrder(
            interface=interface,
            day=DAY,
            city=city,
            layout=Layout(interface.names),
            files=tuple(delivered(folder, file) for file in listed if file["city"] == city),
            known=folder / f"known_{city}.parquet",
        )
        target = IntakeTarget(folder / "facts" / city, "b1", folder / f"rejected_{city}.csv")
        return take_in(order, target=target, limits=limits)

    with ThreadPoolExecutor(side_by_side) as pool:
        list(pool.map(take, cities))


def delivered(folder: Path, file: dict[str, Any]) -> DeliveredFile:
    """Describe one file as its manifest does."""
    path = folder / file["name"]
    return DeliveredFile(
        name=file["name"],
        path=path,
        rows=file["rows"],
        size=path.stat().st_size,
        sha256=file["sha256"],
    )


if __name__ == "__main__":
    main()
