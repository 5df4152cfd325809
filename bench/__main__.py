"""`python -m bench [NAME ...]`: run the measurements one after another and print one table."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.measure import COLLECTED_IN, Measurement, print_table

MODULES = (
    "intake",
    "large",
    "engine",
    "records",
    "search",
    "tiers",
    "clocks",
    "cases",
    "opportunities",
    "claims",
    "nightly",
)


def main(names: list[str]) -> int:
    """Run each module in a process of its own, so that peaks of memory stay apart."""
    unknown = set(names) - set(MODULES)
    if unknown:
        print(f"No such measurement: {', '.join(sorted(unknown))}; known: {', '.join(MODULES)}")
        return 2
    with tempfile.TemporaryDirectory(prefix="dakehu-bench-") as folder:
        results = Path(folder) / "results"
        results.touch()
        environment = {
            **os.environ,
            COLLECTED_IN: str(results),
            "DAKEHU_HOME": folder,
            # The same order in every process, also where something goes through a set.
            "PYTHONHASHSEED": "0",
        }
        codes = []
        for name in names or MODULES:
            print(f"== {name}", flush=True)
            command = [sys.executable, "-m", f"bench.{name}"]
            codes.append(subprocess.run(command, env=environment, check=False).returncode)
        lines = results.read_text(encoding="utf-8").splitlines()
    print_table(Measurement(**json.loads(line)) for line in lines)
    return int(any(codes))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
