"""Links without a log-in: signed over all that they say, so that none can be guessed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dakehu.common.links import Leaf, leaf_of, token_for

LEAF = Leaf("case", 4711, date(2026, 3, 31))


@given(st.integers(1, 2**62), st.dates(date(2020, 1, 1), date(2199, 12, 31)))
def test_a_link_opens_what_it_was_made_for(pk, last_day):
    leaf = Leaf("survey", pk, last_day)

    assert leaf_of(token_for(leaf, "s3cret"), ["s3cret"]) == leaf


def test_a_link_made_with_an_older_secret_is_good_while_that_one_is_known():
    token = token_for(LEAF, "old")

    assert leaf_of(token, ["new", "old"]) == LEAF
    assert leaf_of(token, ["new"]) is None


def test_no_letter_of_a_link_can_be_changed():
    token = token_for(LEAF, "s3cret")
    changed = {
        token[:place] + other + token[place + 1 :]
        for place in range(len(token))
        for other in "0az-_"
        if token[place] != other
    }

    assert [each for each in changed if leaf_of(each, ["s3cret"])] == []


@pytest.mark.parametrize(
    "token", ["", "case", "case-1-1", "case-1-1-", "---", "案-1-1-x", "case-1-1-" + "x" * 99]
)
def test_what_is_no_link_opens_nothing(token):
    assert leaf_of(token, ["s3cret"]) is None


def test_a_link_of_an_earlier_edition_opens_nothing():
    token = token_for(LEAF, "s3cret")
    later = token_for(LEAF, "s3cret", edition=1)

    assert leaf_of(token, ["s3cret"], lambda leaf: 1) is None
    assert leaf_of(later, ["s3cret"], lambda leaf: 1) == LEAF
    assert leaf_of(later, ["s3cret"]) is None


@pytest.mark.parametrize(
    "words", ["case-001-1k", "case-1-zzzzz", "case-zzzzzzzzzzzzz-1", "CASE-1-1"]
)
def test_numbers_are_written_in_one_way_and_within_bounds(words):
    assert leaf_of(f"{words}-{'x' * 22}", ["s3cret"], lambda leaf: 1 // 0) is None
