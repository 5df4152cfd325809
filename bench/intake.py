"""
Measures the intake of one day's usage against DuckDB reading the same files without any check.

    python bench/intake.py --rows 1000000 [--files 16] [--cities] [--bad 5] [--repeat 3]

The floor reads the gzip files and writes one Parquet file; the intake verifies size, checksum and
rows, judges every row, keeps managed subscribers apart and writes sorted Parquet.  Each is
measured in a process of its own; the peak is the resident set of that process.
"""

import argparse
import gzip
import hashlib
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import numpy as np

from dakehu.facts.intake import (
    DeliveredFile,
    IntakeLimits,
    IntakeOrder,
    IntakeTarget,
    IntakeVerdict,
    Layout,
    take_in,
)
from dakehu.facts.interfaces import USAGE

DAY = date(2026, 11, 20)
FIRST_NUMBER = 13_900_000_000
MANAGED_SHARE = 4
THREADS = 2


def main() -> None:
    """Make the files, measure both in turn, print the ratio."""
    arguments = read_arguments()
    if arguments.measure:
        print(json.dumps(measure(arguments.measure, arguments.folder)))
        return
    with tempfile.TemporaryDirectory(prefix="bench-intake-") as folder:
        make_files(Path(folder), arguments)
        found: dict[str, list[dict[str, Any]]] = {"floor": [], "intake": []}
        for _ in range(arguments.repeat):
            for subject, results in found.items():
                results.append(measure_apart(subject, folder))
        report(found, arguments)


def read_arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--files", type=int, default=16)
    parser.add_argument("--cities", action="store_true", help="one file per city, not per part")
    parser.add_argument("--bad", type=int, default=0, help="bad rows in each file")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--measure", choices=("floor", "intake"), help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args()


def make_files(folder: Path, arguments: argparse.Namespace) -> None:
    """Write the gzip files in random order of subscribers, and who is known."""
    dice = np.random.default_rng(20261120)
    rows = arguments.rows // arguments.files
    manifest = []
    for at in range(arguments.files):
        city = f"{at + 1:02d}" if arguments.cities else "01"
        lines = make_lines(dice, FIRST_NUMBER + at * rows, rows, city)
        for bad in range(arguments.bad):
            spot = (bad + 1) * rows // (arguments.bad + 1)
            lines[spot] += (".5", "x", " ")[bad % 3]
        text = ",".join(USAGE.names) + "\n" + "\n".join(lines) + "\n"
        content = gzip.compress(text.encode(), 6)
        name = f"usage_{city}_20261120_{at + 1:03d}.csv.gz"
        (folder / name).write_bytes(content)
        sha256 = hashlib.sha256(content).hexdigest()
        manifest.append({"name": name, "city": city, "rows": rows, "sha256": sha256})
        first = at * rows if arguments.cities else 0
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


def measure_apart(subject: str, folder: str) -> dict[str, Any]:
    """Measure in a fresh process, so that peaks do not mix."""
    command = [sys.executable, __file__, "--measure", subject, "--folder", folder]
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=os.environ)
    return dict(json.loads(done.stdout))


def measure(subject: str, folder: Path) -> dict[str, Any]:
    """Run one of the two and tell wall time, processor time and peak memory."""
    began = time.perf_counter()
    rows = run_floor(folder) if subject == "floor" else run_intake(folder)
    wall = time.perf_counter() - began
    used = resource.getrusage(resource.RUSAGE_SELF)
    return {
        "rows": rows,
        "wall": wall,
        "cpu": used.ru_utime + used.ru_stime,
        "peak_mb": used.ru_maxrss / 1024,
    }


def run_floor(folder: Path) -> int:
    """Let DuckDB read all files and write them as Parquet, and nothing else."""
    connection = duckdb.connect(config={"threads": THREADS})
    written = connection.execute(
        f"COPY (SELECT * FROM read_csv('{folder}/usage_*.csv.gz', header=true)) "
        f"TO '{folder / 'floor.parquet'}' (FORMAT parquet, COMPRESSION zstd)"
    ).fetchone()
    return int(written[0]) if written else 0


def run_intake(folder: Path) -> int:
    """Take all files in: cities side by side, the parts of one city in one order."""
    listed = json.loads((folder / "files.json").read_text())
    cities = sorted({file["city"] for file in listed})
    side_by_side = min(THREADS, len(cities))
    limits = IntakeLimits(
        scratch=folder / "scratch",
        memory=f"{640 // side_by_side}MB",
        threads=THREADS // side_by_side,
    )

    def run(city: str) -> IntakeVerdict:
        order = IntakeOrder(
            interface=USAGE,
            day=DAY,
            city=city,
            layout=Layout(USAGE.names),
            files=tuple(delivered(folder, file) for file in listed if file["city"] == city),
            known=folder / f"known_{city}.parquet",
        )
        target = IntakeTarget(folder / "facts" / city, "b1", folder / f"rejected_{city}.csv")
        return take_in(order, target=target, limits=limits)

    with ThreadPoolExecutor(side_by_side) as pool:
        return sum(verdict.accepted for verdict in pool.map(run, cities))


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


def report(found: dict[str, list[dict[str, Any]]], arguments: argparse.Namespace) -> None:
    """Print medians and their ratio."""
    print(f"{arguments.rows:,} rows in {arguments.files} files, median of {arguments.repeat}")
    middle = {}
    for subject, results in found.items():
        middle[subject] = statistics.median(result["wall"] for result in results)
        cpu = statistics.median(result["cpu"] for result in results)
        peak = max(result["peak_mb"] for result in results)
        print(
            f"{subject:>7}: {middle[subject]:6.2f} s wall, {cpu:6.2f} s processor, "
            f"peak {peak:5.0f} MB, {results[0]['rows']:,} rows"
        )
    print(f"  ratio: {middle['intake'] / middle['floor']:.2f}")


if __name__ == "__main__":
    main()
