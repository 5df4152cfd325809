"""Run what touches records on SQLite and on PostgreSQL, the rest once, in three time zones.

The stages run side by side: each has its own database and its own folder, and waits for browsers
and child processes so often that three keep two cores busy. Each tells its closing line when it
ends, and everything it printed if it failed; the last line adds them up.
"""

import sys
from concurrent.futures import ThreadPoolExecutor

from tools.stages import Result, Stage, print_summary, run_stage, tool

SIDE_BY_SIDE = 3

# Nothing may depend on where the machine stands: west and east of Greenwich, and upon it.
WEST, EAST, GREENWICH = "America/Los_Angeles", "Asia/Shanghai", "UTC"
ON_RECORDS = ("tests/db", "tests/web", "tests/browser")
ON_PAPER = ("tests/generative", "tests/repo", "tests/rules", "tests/spec")
# `tests/web` asks both databases for every page; a browser shows what pages look like on the one
# and plays the journeys on the other.
LOOKS = ("-m", "look or not browser")
JOURNEYS = ("-m", "not look")


def stages(arguments: list[str]) -> list[Stage]:
    """Return the stages; ``arguments``, if any, go to pytest in the first two."""
    pytest = tool("pytest")
    server = (sys.executable, "-m", "tools.with_postgres")
    asked = tuple(arguments)
    return [
        Stage(f"SQLite, {WEST}", (pytest, *(asked or LOOKS + ON_RECORDS)), zoned(WEST)),
        Stage(
            f"PostgreSQL, {EAST}",
            (*server, pytest, *(asked or JOURNEYS + ON_RECORDS)),
            zoned(EAST),
        ),
        Stage(f"No database, {GREENWICH}", (pytest, *ON_PAPER), zoned(GREENWICH)),
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
