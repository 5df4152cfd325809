"""What a return visit after a sale has to say."""

from datetime import date

import pytest

from dakehu.opportunities.rules.visits import is_discontent, trouble_in_visit
from dakehu.opportunities.values import Visited

GOOD = {"form": "CALL", "satisfaction": 5}


@pytest.mark.parametrize(
    ("told", "trouble"),
    [
        ({}, ("", "")),
        ({"is_reached": False, "satisfaction": None}, ("", "")),
        ({"is_reached": False, "satisfaction": None, "opinion": "三次无人接听"}, ("", "")),
        ({"is_reached": False}, ("is_unreached", "unreached")),
        (
            {"is_reached": False, "satisfaction": None, "left_open": "x"},
            ("is_unreached", "unreached"),
        ),
        ({"satisfaction": None}, ("satisfaction", "points")),
        ({"satisfaction": 2}, ("opinion", "why")),
        ({"satisfaction": 1, "opinion": " "}, ("opinion", "why")),
        ({"satisfaction": 2, "opinion": "太慢"}, ("", "")),
        ({"left_open": "换端口"}, ("", "")),
        ({"remedy": "SUPPORT"}, ("left_open", "what")),
        ({"remedy": "SUPPORT", "left_open": "换端口"}, ("wanted_on", "until")),
        (
            {"remedy": "SUPPORT", "left_open": "换端口", "wanted_on": date(2026, 3, 9)},
            ("", ""),
        ),
    ],
)
def test_what_is_missing_is_named(told, trouble):
    assert trouble_in_visit(Visited(**{**GOOD, **told})) == trouble


def test_up_to_two_points_the_superior_hears_of_it():
    assert [is_discontent(points) for points in (1, 2, 3, 4, 5, None)] == [
        *[True] * 2,
        *[False] * 4,
    ]
