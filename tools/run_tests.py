"""Run the whole suite on SQLite, and whatever touches records on PostgreSQL, in two time zones.

What rests on records and rules runs in a third zone besides. Two stages run side by side: each has
its own database and its own folder. Each tells its closing line when it ends, and everything it
printed if it failed; the last line adds them up.
"""

import sys
from concurrent.futures import ThreadPoolExecutor

from tools.stages import Result, Stage, print_summary, run_stage, tool

SIDE_BY_SIDE = 2

# Nothing may depend on where the machine stands: west and east of Greenwich, and upon it.
WEST, EAST, GREENWICH = "America/Los_Angeles", "Asia/Shanghai", "UTC"
# What no database changes, rules on paper and what pages look like, runs on the first alone.
ON_RECORDS = ("-m", "not look", "tests/db", "tests/web", "tests/browser")
ZONE_FOLDERS = ("tests/rules", "tests/spec", "tests/db")


def stages(arguments: list[str]) -> list[Stage]:
    """Return the stages; ``arguments``, if any, go to pytest in the first two."""
    pytest = tool("pytest")
    server = (sys.executable, "-m", "tools.with_postgres")
    return [
        Stage(f"SQLite, {WEST}", (pytest, *arguments), zoned(WEST)),
        Stage(f"PostgreSQL, {EAST}", (*server, pytest, *(arguments or ON_RECORDS)), zoned(EAST)),
        Stage(GREENWICH, (pytest, "-m", "not slow", *ZONE_FOLDERS), zoned(GREENWICH)),
    ]


def zoned(zone: str) -> dict[str, str]:
    """Return the environment of a machine in a time zone; the installation keeps its own."""
    return {"TZ": zone}


def run_and_tell(stage: Stage) -> Result:
    """Run one stage and print how it ended as soon as it has."""
    print(f"== {stage.name} begins", flush=True)
    result = run_stage(stage, quiet=True)
    print(f"== {stage.name}: {result.closing}", flush=True)
    return result


def total(results: list[Result]) -> str:
    """Return the closing line: how many tests passed and failed in all stages."""
    counts = [result.counts for result in results]
    passed = sum(count.get("passed", 0) for count in counts)
    failed = sum(count.get(word, 0) for count in counts for word in ("failed", "error", "errors"))
    return f"{passed} passed, {failed} failed"


def main(arguments: list[str]) -> int:
    """Run all stages, whatever became of the others."""
    with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
        results = list(pool.map(run_and_tell, stages(arguments)))
    print_summary(results)
    print(total(results))
    return int(any(result.code for result in results))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
