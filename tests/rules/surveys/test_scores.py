"""Samples and scores: drawn by lots, counted as everybody counts them, judged by a table."""

from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dakehu.surveys.rules import csat_of, drawn, is_low, nps_of, options_in, worst


def nps_by_answer(numbers):
    """The second evaluator: answer by answer, in fractions."""
    if not numbers:
        return None
    sum_ = sum(1 if number > 8 else 0 if number > 6 else -1 for number in numbers)
    exact = Fraction(sum_ * 100, len(numbers))
    nearest = int(abs(exact) + Fraction(1, 2))
    return nearest if exact >= 0 else -nearest


def counts_of(numbers, first, last):
    return [numbers.count(number) for number in range(first, last + 1)]


@given(st.lists(st.integers(0, 10), max_size=60))
def test_the_recommendation_score_agrees_with_counting_answers(numbers):
    found = nps_of(counts_of(numbers, 0, 10))

    assert found.score == nps_by_answer(numbers)
    assert found.count == len(numbers)


@given(st.lists(st.integers(1, 5), max_size=60))
def test_satisfaction_agrees_with_counting_answers(numbers):
    found = csat_of(counts_of(numbers, 1, 5))

    satisfied = len([number for number in numbers if number in (4, 5)])
    assert (found.satisfied, found.count) == (satisfied, len(numbers))
    if numbers:
        assert abs(found.share - satisfied * 100 / len(numbers)) <= 0.5


@pytest.mark.parametrize(
    ("numbers", "score"),
    [
        ([], None),
        ([10, 9], 100),
        ([0, 6], -100),
        ([7, 8], 0),
        ([10, 6], 0),
        ([10, 10, 6], 33),
        ([10, 6, 6], -33),
        ([9] + [7] * 7, 13),
        ([6] + [7] * 7, -13),
    ],
)
def test_scores_by_a_table(numbers, score):
    assert nps_of(counts_of(numbers, 0, 10)).score == score


@pytest.mark.parametrize(
    ("recommend", "satisfied", "low"),
    [
        (None, None, False),
        (6, None, True),
        (7, None, False),
        (0, 5, True),
        (None, 2, True),
        (10, 2, True),
        (None, 3, False),
    ],
)
def test_what_is_low(recommend, satisfied, low):
    assert is_low(recommend=recommend, satisfied=satisfied) is low


@given(st.sets(st.integers(1, 999), max_size=80), st.integers(0, 90), st.text(max_size=5))
def test_a_draw_is_repeatable_whatever_the_order_and_one_more_moves_only_the_last(
    candidates, size, seed
):
    shuffled = list(candidates)
    Random(1).shuffle(shuffled)

    found = drawn(candidates, size, seed)

    assert found == drawn(shuffled, size, seed)
    assert len(found) == len(set(found)) == min(size, len(candidates))
    more = drawn({*candidates, 1000}, size, seed)
    assert len(set(found) - set(more)) <= 1


def test_another_seed_draws_others_evenly():
    people = range(200)
    often = [
        sum(person in drawn(people, 20, str(seed)) for seed in range(150)) for person in people
    ]

    assert drawn(people, 20, "a") != drawn(people, 20, "b")
    assert min(often) >= 3
    assert max(often) <= 35


def test_options_and_worst_scores():
    assert options_in(" 响应快 \n\n态度好\n响应快") == ["响应快", "态度好"]
    assert [worst([3, None, 1]), worst([None]), worst([])] == [1, None, None]
