"""Seats at events."""

import pytest

from dakehu.care.rules.events import finds_seats, next_in_line


@pytest.mark.parametrize(
    ("seats", "taken", "found"), [(1, 9, True), (1, 10, False), (2, 9, False), (10, 0, True)]
)
def test_a_guest_finds_seats_as_long_as_there_are_enough(seats, taken, found):
    assert finds_seats(seats, capacity=10, taken=taken) is found


@pytest.mark.parametrize(
    ("waiting", "free", "asked"),
    [
        ([(1, 1), (2, 1)], 1, [1]),
        ([(1, 3), (2, 1)], 2, [2]),
        ([(1, 1), (2, 2), (3, 1)], 2, [1, 3]),
        ([(1, 1)], 0, []),
        ([(1, 1)], -2, []),
    ],
)
def test_those_who_wait_are_asked_in_their_order_as_far_as_seats_go(waiting, free, asked):
    assert next_in_line(waiting, free=free) == asked
