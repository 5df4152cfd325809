"""Values of target groups: what a group is about, and what a hand-out asks for."""

from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Order:
    """
    What a hand-out asks for.

    ``per_person`` is how many tasks a person has open at a time, 0 for all at once; the others
    wait in the order of ``rank_by``, the code of a measure, the highest first. ``spare_others``
    leaves out whom another open group has handed out already.
    """

    text: str
    due_date: date
    per_person: int = 0
    rank_by: str = ""
    spare_others: bool = True


@dataclass(frozen=True)
class Candidate:
    """
    A member who can be handed out: whom the task goes to, and by what it is put in order.

    ``stands_in`` says that it goes to the deputy of somebody on leave.
    """

    customer_id: int
    number: str
    unit_id: int
    owner_id: int | None
    worth: int | None = None
    handed_by: str = ""
    stands_in: bool = False


@dataclass(frozen=True)
class Place:
    """A task in the queue of its owner, from 1, and whether it is asked for at once."""

    candidate: Candidate
    rank: int
    at_once: bool


@dataclass(frozen=True)
class Turnover:
    """Who came into a group and who dropped out, by a reading of its members."""

    joined: frozenset[int]
    left: frozenset[int]


Json = dict[str, Any]
