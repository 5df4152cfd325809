"""What rings at an open page, as toasts show it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dakehu.ui.todos import source_of


@dataclass(frozen=True)
class RingLine:
    """One ring: what is to be done, of whom it speaks, where it is worked on, since when."""

    words: str
    customer: str
    url: str
    at: datetime


def ring_lines(rings: Iterable[Any]) -> list[RingLine]:
    """Return rings as toasts, each to-do once by its newest ring."""
    newest: dict[int, Any] = {}
    for ring in rings:
        newest.setdefault(ring.todo_id, ring)
    return [line_of(ring) for ring in newest.values()]


def line_of(ring: Any) -> RingLine:
    """Return a ring as a toast."""
    todo = ring.todo
    source = source_of(todo.source)
    return RingLine(
        words=source.words(todo.facts),
        customer=str(todo.customer or ""),
        url=source.url(todo.source_id),
        at=ring.at,
    )
