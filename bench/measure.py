"""How a measurement is taken and told: our time beside a floor that only does the unavoidable.

Only ratios are compared: seconds depend on the machine and on its neighbours. A module of this
package defines ``measure() -> Iterable[Measurement]`` and ends with::

    if __name__ == "__main__":
        report(measure())

Run alone it prints its own table; run by ``python -m bench`` its lines join the common one.
"""

import json
import os
import resource
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

# The file in which `python -m bench` collects the lines of all modules.
COLLECTED_IN = "DAKEHU_BENCH_RESULTS"


@dataclass(frozen=True)
class Measurement:
    """One line: the work, seconds of the floor and of ours, the ratio to reach, peak memory."""

    work: str
    floor_s: float
    ours_s: float
    to_reach: float
    peak_mb: float

    @property
    def ratio(self) -> float:
        """Ours over the floor."""
        return self.ours_s / self.floor_s if self.floor_s else float("inf")


def best_of(times: int, work: Callable[[], object]) -> float:
    """Return the shortest of some runs, in seconds: what neighbours disturbed least."""
    seconds = []
    for _ in range(times):
        begun = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - begun)
    return min(seconds)


def peak_mb() -> float:
    """Return the most memory this process and its children have held so far, in megabytes."""
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return max(own, children) / 1024


def report(measurements: Iterable[Measurement]) -> None:
    """Print a table, or hand the lines to the run that collects them."""
    lines = list(measurements)
    if path := os.environ.get(COLLECTED_IN):
        with Path(path).open("a", encoding="utf-8") as file:
            file.writelines(json.dumps(asdict(line)) + "\n" for line in lines)
    else:
        print_table(lines)


def print_table(lines: Iterable[Measurement]) -> None:
    """Print one line for each measurement."""
    table = Table(box=None)
    table.add_column("work")
    for name in ("floor s", "ours s", "ratio", "to reach", "peak MB"):
        table.add_column(name, justify="right")
    for line in lines:
        colour = "green" if line.ratio <= line.to_reach else "red"
        table.add_row(
            line.work,
            f"{line.floor_s:.2f}",
            f"{line.ours_s:.2f}",
            f"[{colour}]{line.ratio:.2f}[/]",
            f"{line.to_reach:.2f}",
            f"{line.peak_mb:.0f}",
        )
    Console().print(table)
