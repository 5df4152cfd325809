"""Figures that are links to the very lists they count (promise 4)."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.http import urlencode


@dataclass(frozen=True)
class Tile:
    """A number, its words, and the list it counts; the tone stands out when there is something.

    A tile without an address counts what has no list.
    """

    words: str
    value: int
    url: str
    icon: str
    tone: str = ""

    @property
    def shown_tone(self) -> str:
        """The tone, as long as there is anything to attend to."""
        return self.tone if self.value else ""


def list_url(name: str, **filters: str) -> str:
    """Return the address of a list with filter fields filled in."""
    return f"{reverse(name)}?{urlencode(filters)}" if filters else f"{reverse(name)}?view=0"
