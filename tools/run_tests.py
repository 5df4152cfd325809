"""Run what touches records on SQLite and on PostgreSQL, the rest once, in three time zones.

The stages run side by side: each has its own database and its own folder, and waits for browsers
and child processes so often that three keep two cores busy until the end. Each tells its closing
line when it ends, and everything it printed if it failed; the last line adds them up.
"""

import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from tools.stages import Result, Stage, print_summary, run_stage, tool

SIDE_BY_SIDE = 3

# Nothing may depend on where the machine stands: west and east of Greenwich, and upon it.
WEST, EAST, GREENWICH = "America/Los_Angeles", "Asia/Shanghai", "UTC"
ON_RECORDS = ("tests/db", "tests/web")
ON_PAPER = ("tests/generative", "tests/repo", "tests/rules", "tests/spec")
IN_BROWSERS = ("tests/browser",)
# `tests/web` asks both databases for every page; a browser shows what pages look like on the one
# and plays the journeys on the other.
LOOKS, JOURNEYS = ("-m", "look"), ("-m", "not look")


def stages(arguments: list[str]) -> list[Stage]:
    """Return the stages, the longest first; ``arguments`` go to pytest on both databases."""
    paper = Stage(f"No database, {GREENWICH}", (tool("pytest"), *ON_PAPER), zoned(GREENWICH))
    if arguments:
        return [on_postgresql("PostgreSQL", arguments), on_sqlite("SQLite", arguments), paper]
    return [
        on_sqlite("SQLite", ON_RECORDS),
        *(on_postgresql(f"PostgreSQL, {folder}", [folder]) for folder in ON_RECORDS),
        on_postgresql("Journeys, PostgreSQL", JOURNEYS + IN_BROWSERS),
        on_sqlite("Looks, SQLite", LOOKS + IN_BROWSERS),
        paper,
    ]


def on_sqlite(name: str, arguments: Sequence[str]) -> Stage:
    """Return a stage of tests on SQLite, in the west."""
    return Stage(f"{name}, {WEST}", (tool("pytest"), *arguments), zoned(WEST))


def on_postgresql(name: str, arguments: Sequence[str]) -> Stage:
    """Return a stage of tests on a PostgreSQL of its own, in the east."""
    command = (sys.executable, "-m", "tools.with_postgres", tool("pytest"), *arguments)
    return Stage(f"{name}, {EAST}", command, zoned(EAST))


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
