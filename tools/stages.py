"""Named stages, each one command: run them in order, say how each ended, fail if any failed."""

import os
import re
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COUNT = re.compile(r"(\d+) (passed|failed|errors?|skipped|deselected|xfailed|xpassed)")


@dataclass(frozen=True)
class Stage:
    """One command with its name, and the environment it differs in."""

    name: str
    command: tuple[str, ...]
    environment: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Result:
    """How a stage ended: exit code, last line that was printed, seconds."""

    stage: Stage
    code: int
    closing: str
    seconds: float

    @property
    def counts(self) -> dict[str, int]:
        """The counts of pytest's closing line; empty for other commands."""
        return {word: int(number) for number, word in COUNT.findall(self.closing)}


def tool(name: str) -> str:
    """Return the path of a program of the environment that runs this script."""
    return str(Path(sys.executable).parent / name)


def run_stage(stage: Stage, *, quiet: bool = False) -> Result:
    """Run one stage and print its output when it has ended; ``quiet`` only if it failed."""
    begun = time.monotonic()
    done = subprocess.run(
        stage.command,
        cwd=ROOT,
        env={**os.environ, **stage.environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    lines = done.stdout.splitlines()
    if done.returncode or not quiet:
        # In one piece, so that stages that run side by side do not mix.
        print("\n".join(("", f"== {stage.name}", *lines)), flush=True)
    closing = closing_line(lines)
    return Result(stage, done.returncode, closing.strip(" ="), time.monotonic() - begun)


def closing_line(lines: list[str]) -> str:
    """Return pytest's line of counts; without one the last line that says anything.

    Libraries may still print something while the interpreter shuts down.
    """
    said = [line for line in reversed(lines) if line.strip()]
    counted = (line for line in said if COUNT.search(line) and " in " in line)
    return next(counted, said[0] if said else "")


def print_summary(results: list[Result]) -> None:
    """Print one line for each stage."""
    width = max(len(result.stage.name) for result in results)
    print()
    for result in results:
        verdict = "ok" if result.code == 0 else "FAILED"
        detail = result.closing if result.counts else ""
        line = f"{result.stage.name:<{width}}  {verdict:<6}  {result.seconds:6.1f} s  {detail}"
        print(line.rstrip())
