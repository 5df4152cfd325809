"""Values of the messaging app."""

from dataclasses import dataclass
from enum import Enum


class Fate(Enum):
    """What became of a line between two texts."""

    KEPT = "kept"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True)
class TextLine:
    """One line of two compared texts, and what became of it."""

    text: str
    fate: Fate
