"""When the people of the demonstration look at which of their customers, and how closely."""

from collections.abc import Iterator
from dataclasses import dataclass

LOOKS = 9
DAYS = 21
WORKING_MINUTES = 8 * 60


@dataclass(frozen=True)
class Look:
    """One look: at which customer, how long ago, whether by search, whether a number is shown."""

    customer: int
    days_ago: int
    minutes: int
    is_search: bool
    is_reveal: bool


def looks_of(place: int, customers: int) -> Iterator[Look]:
    """Yield the looks of the person of a place in the row, who has so many customers."""
    for step in range(LOOKS if customers else 0):
        turn = place * 5 + step * 3
        yield Look(
            customer=turn % customers,
            days_ago=1 + turn * 7 % DAYS,
            minutes=7 + turn * 13 % WORKING_MINUTES,
            is_search=step % 2 == 0,
            is_reveal=step % 4 == 1,
        )
