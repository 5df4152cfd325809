"""
What clocks run for, told by the app that owns the kind of thing.

An app registers in its ``apps.ready()``::

    register_subject(ClockSubject("case", _("Case"), case_names, case_url))
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from dakehu.clocks.models import Clock


@dataclass(frozen=True)
class ClockSubject:
    """
    A kind of thing for which clocks run.

    ``names`` tells what things are called, by their numbers, without personal data; ``url`` where
    one is worked on.
    """

    name: str
    title: Any
    names: Callable[[Iterable[int]], Mapping[int, str]]
    url: Callable[[int], str]


_subjects: dict[str, ClockSubject] = {}


def register_subject(subject: ClockSubject) -> None:
    """Tell what clocks of one kind run for; a second registration replaces the first."""
    _subjects[subject.name] = subject


def subject_of(name: str) -> ClockSubject:
    """Return a registered kind of thing; one that nobody registered is called by its number."""
    return _subjects.get(name) or ClockSubject(
        name, name, lambda ids: {pk: f"{name} {pk}" for pk in ids}, lambda pk: ""
    )


def subjects() -> list[ClockSubject]:
    """Return the registered kinds of things, in the order of registration."""
    return list(_subjects.values())


def names_of(clocks: Iterable[Clock]) -> dict[tuple[str, int], str]:
    """Return what the things are called for which clocks run, one question for each kind."""
    by_kind: dict[str, set[int]] = {}
    for clock in clocks:
        by_kind.setdefault(clock.subject, set()).add(clock.subject_id)
    return {
        (kind, pk): name
        for kind, ids in by_kind.items()
        for pk, name in subject_of(kind).names(sorted(ids)).items()
    }
