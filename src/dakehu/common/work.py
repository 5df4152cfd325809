"""Background work as the floors below it know it: its name in words, its end, and duties.

A task is described, and a duty is registered, in an app's ``apps.ready()``::

    work.describe("dakehu.files.jobs.exports.build_export", _("Build an export"))
    work.register(work.Duty("files.exports", tidy_exports, timedelta(minutes=10)))
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any


@dataclass(frozen=True)
class WorkGivenUp:
    """A task failed for good: whatever waits for it should say so.

    ``path`` is the dotted path of the task's function.
    """

    path: str
    args: Sequence[Any]
    kwargs: Mapping[str, Any]
    at: datetime


@dataclass(frozen=True)
class Duty:
    """Something small that every worker does again and again; twice at once does no harm."""

    name: str
    function: Callable[[datetime], object]
    every: timedelta


_titles: dict[str, Any] = {}
_duties: dict[str, Duty] = {}


def describe(path: str, title: Any) -> None:
    """Say in words what the task at ``path`` does; the words are translated when shown."""
    _titles[path] = title


def title_of(path: str) -> str:
    """Return what a task does in words; without words, the name of its function."""
    return str(_titles.get(path) or path.rpartition(".")[2])


def register(duty: Duty) -> None:
    """Let every worker do ``duty``; a second registration replaces the first."""
    _duties[duty.name] = duty


def duties() -> tuple[Duty, ...]:
    """Return what every worker does again and again."""
    return tuple(_duties.values())
