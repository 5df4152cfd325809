"""The demonstration's warnings: an override in force, a draft, trials, and a limit; once."""

from datetime import date

import pytest
from tests.factories.alerts import AlertFactory

from dakehu.alerts.choices import SetState
from dakehu.alerts.models import NumberSet, Trial
from dakehu.alerts.queries import asking_rule, book_on, sets_known, state_of
from dakehu.demo.operations import furnish_warnings, publish_numbers
from dakehu.demo.values import DemoBook


@pytest.fixture
def book():
    """A book of which only the days matter here."""
    return DemoBook("江岚省", date(2025, 12, 1), date(2026, 3, 1), (), ())


def test_the_pages_of_the_warnings_are_worth_looking_at(people, customers, book, at):
    administrator = people.administrator
    publish_numbers(administrator=administrator, active_from=date(2026, 3, 4), at=at)
    AlertFactory(customer=customers.own)
    for _ in range(2):
        furnish_warnings(book=book, administrator=administrator, at=at)

    draft, holding = sets_known()
    assert state_of(holding, on=date(2026, 3, 4)) == SetState.IN_FORCE
    assert state_of(draft, on=date(2026, 3, 4)) == SetState.DRAFT
    assert book_on(date(2026, 3, 4)).at("01", 4).hotline_calls == 2
    assert holding.published_by != holding.proposed_by
    assert sorted(Trial.objects.values_list("kind", flat=True)) == ["BACKTEST"] * 2 + ["PREVIEW"]
    assert NumberSet.objects.count() == 2
    assert asking_rule().most_cards == 12
