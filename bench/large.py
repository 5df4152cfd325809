"""
Measures the intake of one file that is 2 GB unpacked: its time, and that its memory stays flat.

    python -m bench.large --gigabytes 2

Two files are drawn as a stream: usage (short rows, many) and acts of managers (long rows). Each
is taken in whole and at an eighth of its size, so that the peaks stand one above the other. What
the engine may hold is the same for both; beyond it, it spills to disk.
"""

import argparse
import gzip
import hashlib
import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from bench.intake import (
    DAY,
    FIRST_NUMBER,
    TO_REACH,
    make_lines,
    run_apart,
    write_known,
)
from bench.measure import Measurement, report
from dakehu.facts.interfaces import INTERFACES

GIGABYTE = 1_000_000_000
SHARES = (8, 1)
DRAWN_ROWS = 50_000
PROSE = "客户来电咨询宽带续约与流量套餐，已详细说明资费，并约定下周回访；" * 82


def main() -> None:
    """Measure both files at both sizes."""
    parser = argparse.ArgumentParser(description="Benchmark of a very large file")
    parser.add_argument("--gigabytes", type=float, default=2.0)
    report(measure(parser.parse_args().gigabytes))


def measure(gigabytes: float) -> Iterator[Measurement]:
    """Take each file in once; the floor reads the same file without any check."""
    for interface in ("usage", "service_log"):
        for share in SHARES:
            size = int(gigabytes * GIGABYTE) // share
            with tempfile.TemporaryDirectory(prefix="dakehu-bench-") as folder:
                make_file(Path(folder), interface, size=size)
                floor, ours = (run_apart(subject, folder) for subject in ("floor", "intake"))
            work = f"one {interface} file, {size / GIGABYTE:.2f} GB"
            print(f"{work}: {ours['cpu']:.1f} CPU s against {floor['cpu']:.1f}", flush=True)
            yield Measurement(work, floor["wall"], ours["wall"], TO_REACH, ours["peak_mb"])


def make_file(folder: Path, interface: str, *, size: int) -> None:
    """Write one file of about ``size`` bytes unpacked, and its entry."""
    path = folder / f"{interface}_01_20261120_001.csv.gz"
    lines = usage_lines() if interface == "usage" else prose_lines()
    rows = written = 0
    with gzip.open(path, "wb", compresslevel=1) as out:
        out.write((",".join(INTERFACES[interface].names) + "\n").encode())
        while written < size:
            text, count = next(lines)
            written += out.write(text)
            rows += count
    write_known(folder / "known_01.parquet", 0, rows)
    with path.open("rb") as content:
        sha256 = hashlib.file_digest(content, "sha256").hexdigest()
    entry = {"name": path.name, "city": "01", "rows": rows, "sha256": sha256}
    (folder / "files.json").write_text(json.dumps([{**entry, "interface": interface}]))


def usage_lines() -> Iterator[tuple[bytes, int]]:
    """Yield stretches of usage; only the subscriber differs from one to the next."""
    dice = np.random.default_rng(20261120)
    drawn = make_lines(dice, FIRST_NUMBER, DRAWN_ROWS, "01")
    tails = [line.split(",", 2)[2] for line in drawn]
    number = FIRST_NUMBER
    while True:
        rows = (f"{DAY},{number + at},{tail}\n" for at, tail in enumerate(tails))
        yield "".join(rows).encode(), len(tails)
        number += len(tails)


def prose_lines() -> Iterator[tuple[bytes, int]]:
    """Yield acts of managers, each with some 8 kB of what was said."""
    number = 0
    while True:
        stretch = range(number, number + 1000)
        rows = (
            f"L{at:09d},M{at % 500},{DAY}T09:30:00,subscriber,S{at % 9000},visit,{at} {PROSE}\n"
            for at in stretch
        )
        yield "".join(rows).encode(), len(stretch)
        number = stretch.stop


if __name__ == "__main__":
    main()
