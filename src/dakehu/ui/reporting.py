"""Sections of a customer's service report: any app adds its own without being imported.

An app registers in its ``apps.ready()``::

    reporting.register(Section("cases", _("Requests"), gather_cases, order=40))

``gather`` answers for the person who asked for the report, a customer whom they may see, and the
days of the report; None leaves the section out.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise


@dataclass(frozen=True)
class Days:
    """The days of a report, both included."""

    first: date
    last: date


@dataclass(frozen=True)
class Part:
    """What a section says: sentences, facts as label and value, and one table."""

    words: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


Gather = Callable[[Any, Any, Days], Part | None]


@dataclass(frozen=True)
class Section:
    """A section: its name, its title, who gathers it, and its place."""

    name: str
    title: str | Promise
    gather: Gather
    order: int = 100


_sections: dict[str, Section] = {}


def register(section: Section) -> None:
    """Add ``section``; a second registration of its name replaces the first."""
    _sections[section.name] = section


def sections() -> tuple[Section, ...]:
    """Return all sections, in order."""
    return tuple(sorted(_sections.values(), key=lambda each: each.order))
