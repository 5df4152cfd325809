"""What the apps above tell of the objects that other systems hear of."""

from dakehu.hooks.values import HookSubject, People

_subjects: dict[str, HookSubject] = {}


def register_subject(subject: HookSubject) -> None:
    """Let objects of a kind be told of; a second registration replaces the first."""
    _subjects[subject.name] = subject


def people_behind(name: str, pk: int) -> People | None:
    """Return who is behind an object as it stands now; None if nobody knows, or it is gone."""
    subject = _subjects.get(name)
    return subject.people(pk) if subject else None


def url_of(name: str, pk: int) -> str:
    """Return the page of an object; empty if it has none."""
    subject = _subjects.get(name)
    return subject.url(pk) if subject else ""
