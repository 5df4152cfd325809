"""
Takes one file of usage in, in a process of its own, and prints rows accepted and peak memory.

    python -m tests.factories.intake_driver FILE ROWS MEMORY
"""

import hashlib
import json
import sys
from pathlib import Path

from tests.factories.deliveries import DAY

from dakehu.facts.intake import (
    DeliveredFile,
    IntakeLimits,
    IntakeOrder,
    IntakeTarget,
    Layout,
    take_in,
)
from dakehu.facts.interfaces import USAGE


def main(path: Path, rows: int, memory: str) -> None:
    """Take the file in with the engine held to ``memory``."""
    with path.open("rb") as content:
        sha256 = hashlib.file_digest(content, "sha256").hexdigest()
    file = DeliveredFile(path.name, path, rows, path.stat().st_size, sha256)
    order = IntakeOrder(USAGE, DAY, "01", Layout(USAGE.names), (file,))
    target = IntakeTarget(path.parent / path.stem, "d1", path.parent / "rejected.csv")
    limits = IntakeLimits(scratch=path.parent / "scratch", memory=memory)
    verdict = take_in(order, target=target, limits=limits)
    status = Path("/proc/self/status").read_text(encoding="ascii")
    (peak,) = (int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM:"))
    print(json.dumps({"accepted": verdict.accepted, "peak_kb": peak}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
