"""What limit and arrears tell of a customer's standing."""

import pytest

from dakehu.customers.rules import CreditState, credit_facts


@pytest.mark.parametrize(
    ("months", "state"),
    [
        ([], CreditState.UNKNOWN),
        ([(0, 0)] * 12, CreditState.GOOD),
        ([(None, None)], CreditState.GOOD),
        ([(0, 0), (100, 10), (0, 0)], CreditState.OWING),
        ([(100, 60)], CreditState.OWING),
        ([(100, 61)], CreditState.LATE),
        ([(100, 5), (0, 0), (100, 5), (100, 5)], CreditState.LATE),
        # Older than a year counts no more.
        ([(100, 90), *[(0, 0)] * 12], CreditState.GOOD),
    ],
)
def test_the_state_follows_from_the_arrears_of_a_year(months, state):
    assert credit_facts(None, months).state is state


def test_the_newest_month_says_what_is_owed_now():
    facts = credit_facts(10_000, [(0, 0), (2_500, 12)])

    assert (facts.arrears_fen, facts.arrears_days) == (2_500, 12)
    assert (facts.months_owing, facts.months_known, facts.longest_days) == (1, 2, 12)
    assert facts.used_percent == 25


def test_arrears_never_take_more_than_the_whole_limit():
    assert credit_facts(1_000, [(5_000, 1)]).used_percent == 100


@pytest.mark.parametrize("limit", [None, 0])
def test_without_a_limit_no_share_of_it_is_told(limit):
    assert credit_facts(limit, [(5_000, 1)]).used_percent is None
