"""What an evaluation of a scheme comes to, for whoever writes it down."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Outcome:
    """
    How many customers were evaluated, where they stand, who moves, and who is evaluated no more.

    ``levels`` counts by rank, ``turns`` by turn. ``moves`` are (number, level, before, turn as a
    number, evidence), best ordered by number.
    """

    token: str
    customers: int
    levels: Mapping[str, int]
    turns: Mapping[str, int]
    moves: Iterable[tuple[Any, ...]]
    gone: Iterable[str]
