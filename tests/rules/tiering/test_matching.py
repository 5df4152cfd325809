"""Which levels of two schemes mean much the same, as tables."""

import pytest

from dakehu.tiering.jobs.packs import MATCHES, shipped_packs, shipped_text
from dakehu.tiering.rules.matching import (
    Agreement,
    Match,
    agreement,
    changed_ranks,
    matches_from,
    matches_to_data,
    meant_by,
)
from dakehu.tiering.rules.packs import read_mappings

MATCHED = (Match(5, 4, to_confirm=True), Match(4, 3), Match(3, 3), Match(1, 1))


@pytest.mark.parametrize(
    ("rank", "backward", "meant"),
    [
        (5, False, (4,)),
        (3, False, (3,)),
        (2, False, ()),
        (3, True, (4, 3)),
        (4, True, (5,)),
        (2, True, ()),
    ],
)
def test_what_a_level_means_in_the_other_scheme(rank, backward, meant):
    assert meant_by(MATCHED, rank, backward=backward) == meant


@pytest.mark.parametrize(
    ("counts", "told", "percent"),
    [
        ({}, Agreement(0, 0, 0), None),
        ({(2, 1): 7}, Agreement(0, 0, 7), None),
        ({(5, 4): 2, (5, 3): 1, (2, 1): 4}, Agreement(2, 1, 4), 66),
        ({(4, 3): 1, (3, 3): 1, (1, 3): 0}, Agreement(2, 0, 0), 100),
    ],
)
def test_how_far_customers_stand_as_matched(counts, told, percent):
    found = agreement(counts, MATCHED)

    assert (found, found.percent) == (told, percent)
    assert found.total == sum(counts.values())


def test_matches_are_kept_and_read_back_and_what_differs_is_named():
    assert matches_from(matches_to_data(MATCHED)) == MATCHED
    other = (Match(5, 3), Match(4, 3), Match(2, 2), Match(1, 1))
    assert changed_ranks(MATCHED, other) == (5, 3, 2)


def test_the_shipped_matches_name_levels_of_shipped_schemes():
    mappings, faults = read_mappings(shipped_text(MATCHES))
    ranks = {pack.code: {level.rank for level in pack.levels} for pack in shipped_packs()}

    assert faults == []
    for each in mappings:
        assert {match.rank for match in each.matches} <= ranks[each.scheme]
        assert {match.to for match in each.matches} <= ranks[each.other]


@pytest.mark.parametrize(
    ("text", "line", "code"),
    [
        ("schemes: []", 1, "no_matches"),
        ("matches:\n  - {from: a, to: b}", 2, "no_levels"),
        ("matches:\n  - from: a\n    to: b\n    levels:\n      - {rank: x, to: 1}", 5, "rank"),
        ("matches:\n  - from: a\n    to: b\n    like: c\n    levels:\n      - {rank: 1, to: 1}",
         4, "unknown_name"),
    ],
)  # fmt: skip
def test_faults_of_a_pack_are_named_with_their_line(text, line, code):
    found, faults = read_mappings(text)

    assert found == ()
    assert (faults[0].line, faults[0].problem.code) == (line, code)
