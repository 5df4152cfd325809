"""How a to-do is worded and where it leads, told by the app that owns its source.

An app registers in its ``apps.ready()``::

    todos.register("alert", alert_words, lambda pk: reverse("alerts:detail", args=[pk]), "alarm")
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Words = Callable[[Mapping[str, Any]], str]
Address = Callable[[int], str]


@dataclass(frozen=True)
class TodoSource:
    """A kind of thing that asks people to act: its wording, its address and its icon."""

    name: str
    words: Words
    url: Address
    icon: str


_sources: dict[str, TodoSource] = {}


def register(source: str, words: Words, url: Address, icon: str = "checkbox") -> None:
    """Tell how to-dos of ``source`` are shown; a second registration replaces the first."""
    _sources[source] = TodoSource(source, words, url, icon)


def source_of(name: str) -> TodoSource:
    """Return the registered source; one that nobody registered words itself by its name."""
    return _sources.get(name) or TodoSource(name, lambda facts: name, lambda pk: "", "checkbox")
