"""Which units stand under which, what paths say, and which periods are possible."""

from datetime import date

import pytest

from dakehu.people.rules import (
    is_on_one_line,
    is_possible_period,
    is_within,
    kinds_above,
    may_stand_under,
    moved_path,
    path_of,
)


@pytest.mark.parametrize(
    ("kind", "above", "fits"),
    [
        ("HEADQUARTERS", None, True),
        ("PROVINCE", None, False),
        ("PROVINCE", "HEADQUARTERS", True),
        ("CITY", "PROVINCE", True),
        ("CITY", "HEADQUARTERS", False),
        ("DISTRICT", "CITY", True),
        ("DISTRICT", "DISTRICT", False),
        ("TEAM", "PROVINCE", True),
        ("TEAM", "TEAM", True),
        ("CITY", "TEAM", False),
    ],
)
def test_a_kind_stands_under_the_kinds_that_fit(kind, above, fits):
    assert may_stand_under(kind, above) is fits


def test_only_the_top_has_nothing_above():
    assert kinds_above("HEADQUARTERS") == ()
    assert kinds_above("CITY") == ("PROVINCE",)


def test_a_path_holds_the_numbers_from_the_top():
    assert path_of(17, "1/4/") == "1/4/17/"
    assert path_of(1, "") == "1/"


def test_what_lies_below_moves_along():
    assert moved_path("1/4/17/20/", old="1/4/17/", new="1/5/17/") == "1/5/17/20/"


def test_a_number_that_begins_alike_is_another_unit():
    assert is_within("1/4/17/", "1/4/")
    assert not is_within("1/40/", "1/4/")


def test_two_units_are_on_one_line_if_one_stands_above_the_other():
    assert is_on_one_line("1/4/", "1/4/17/")
    assert is_on_one_line("1/4/17/", "1/4/")
    assert not is_on_one_line("1/4/", "1/5/")


@pytest.mark.parametrize(
    ("since", "until", "may_be_empty", "possible"),
    [
        (date(2026, 1, 1), None, False, True),
        (date(2026, 1, 1), date(2026, 1, 2), False, True),
        (date(2026, 1, 1), date(2026, 1, 1), False, False),
        (date(2026, 1, 1), date(2026, 1, 1), True, True),
        (date(2026, 1, 2), date(2026, 1, 1), True, False),
        (date(1066, 1, 1), None, False, False),
        (date(2026, 1, 1), date(2999, 1, 1), False, False),
        (date(2999, 1, 1), None, False, False),
    ],
)
def test_a_period_is_possible_or_not(since, until, may_be_empty, possible):
    assert is_possible_period(since, until, may_be_empty=may_be_empty) is possible
