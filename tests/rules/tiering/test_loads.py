"""The load that customers of a level make, by the standards of the sources (O1, O5 to O8)."""

import pytest

from dakehu.tiering.rules.loads import Load, load_of, to_confirm


@pytest.mark.parametrize(
    ("scheme", "counts", "expected"),
    [
        # O5, O6: 4 visits and 4 reports for VIP, 4 and 2 for core, none and 2 for potential.
        ("it-service", {4: 2, 3: 1, 2: 10, 1: 3}, Load(16, 18, 33, None, None)),
        # O1: 12 visits a year for A, 6 for B and C; O7, O8: 80 % of 7 are 5.6, that is, 6.
        ("group-abc", {5: 7, 3: 1, 1: 100}, Load(108, 84 + 6 + 600, None, 6 + 1, 4 + 1)),
        ("group-abc", {0: 9}, Load(9, 0, None, 0, 0)),
        ("group-abc", {}, Load(0, 0, None, 0, 0)),
        ("card-level", {4: 5}, Load(5, None, None, None, None)),
    ],
)
def test_customers_of_each_level_ask_for_what_the_sources_say(scheme, counts, expected):
    assert load_of(scheme, counts) == expected


def test_what_no_source_gives_is_to_be_confirmed():
    assert to_confirm("it-service", (1, 2, 3, 4)) == {
        "visits": (2,),
        "representatives": (4, 3, 2, 1),
        "personal": (4, 3, 2, 1),
    }
    assert to_confirm("group-abc", (5, 1, 0)) == {
        "visits": (0,),
        "reports": (5, 1, 0),
        "representatives": (0,),
        "personal": (0,),
    }
