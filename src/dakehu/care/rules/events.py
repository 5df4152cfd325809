"""Seats at events: who still finds one, and who of those that wait comes next."""

from collections.abc import Sequence


def finds_seats(seats: int, *, capacity: int, taken: int) -> bool:
    """Tell whether so many seats are free."""
    return seats <= capacity - taken


def next_in_line(waiting: Sequence[tuple[int, int]], *, free: int) -> list[int]:
    """
    Return who of those that wait may be asked now that seats are free.

    ``waiting`` gives number and wanted seats, in the order in which they began to wait. Whoever
    wants more than there are is passed over, not pushed back.
    """
    asked = []
    for number, seats in waiting:
        if seats <= free:
            asked.append(number)
            free -= seats
    return asked
