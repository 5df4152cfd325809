"""What a run tells the terminal: bars for people, plain lines for log files, silence on demand."""

import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Any, Protocol

from django.utils.translation import gettext as _
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
)

from dakehu.exchange.choices import StepName


class Reporter(Protocol):
    """Hears how a run gets on."""

    def open(self) -> AbstractContextManager[Any]:
        """Return what surrounds the whole run."""

    def begin(self, name: StepName) -> None:
        """Hear that a step began."""

    def move(self, done: int, total: int) -> None:
        """Hear how far the step has come."""

    def end(self, words: str) -> None:
        """Hear that the step is over, with its figures in words."""

    def say(self, words: str) -> None:
        """Hear one sentence."""


class Lines:
    """One plain line per finished step: for log files and pipes."""

    def __init__(self, write: Callable[[str], Any]) -> None:
        self.write = write
        self.name = ""

    def open(self) -> AbstractContextManager[Any]:
        return nullcontext()

    def begin(self, name: StepName) -> None:
        self.name = str(name.label)

    def move(self, done: int, total: int) -> None:
        """Say nothing: a log file is no place for a moving figure."""

    def end(self, words: str) -> None:
        self.write(f"{self.name}: {words}")

    def say(self, words: str) -> None:
        self.write(words)


class Bars:
    """One moving bar per step: for a person at a terminal."""

    def __init__(self, console: Console) -> None:
        self.progress = Progress(
            SpinnerColumn(finished_text="✓"),
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("{task.fields[words]}"),
            console=console,
        )

    def open(self) -> AbstractContextManager[Any]:
        return self.progress

    def begin(self, name: StepName) -> None:
        self.task = self.progress.add_task(str(name.label), total=None, words="")

    def move(self, done: int, total: int) -> None:
        self.progress.update(self.task, completed=done, total=total)

    def end(self, words: str) -> None:
        task = next(task for task in self.progress.tasks if task.id == self.task)
        total = task.total or 1
        self.progress.update(self.task, completed=total, total=total, words=words)

    def say(self, words: str) -> None:
        self.progress.console.print(words, markup=False, highlight=False)


def reporter_for(stream: Any) -> Reporter:
    """Return bars if ``stream`` is a terminal, else lines."""
    if stream.isatty():
        return Bars(Console(file=stream))

    def write(line: str) -> None:
        stream.write(line + "\n")
        stream.flush()

    return Lines(write)


def no_reporter() -> Reporter:
    """Return a reporter that keeps silent."""
    return Lines(lambda line: None)


def terminal() -> Reporter:
    """Return the reporter for whoever started the command; results alone go to stdout."""
    return reporter_for(sys.stderr)


def in_words(*, rows_in: int, rows_out: int, rows_rejected: int) -> str:
    """Say a step's counts; a step that reads or writes no rows does not speak of them."""
    counts = []
    if rows_in:
        counts.append(_("%(rows)s in") % {"rows": f"{rows_in:,}"})
    if rows_out:
        counts.append(_("%(rows)s out") % {"rows": f"{rows_out:,}"})
    if rows_rejected:
        counts.append(_("%(rows)s rejected") % {"rows": f"{rows_rejected:,}"})
    return " · ".join(counts) or _("nothing to do")
