"""Claiming customers from the pool: whose pool, the limits, and somebody else being quicker."""

import pytest
from django.core.exceptions import PermissionDenied
from tests.factories.customers import CustomerFactory
from tests.factories.ownership import away, owner_of

from dakehu.ownership.errors import UnableToClaim
from dakehu.ownership.models import OwnerRule, Receipt
from dakehu.ownership.operations import claim_customers
from dakehu.ownership.queries import claims_of, pool_visible_to

pytestmark = pytest.mark.django_db


@pytest.fixture
def pool(people):
    """Four customers of the manager's district whom nobody looks after."""
    return CustomerFactory.create_batch(4, unit=people.units.district)


def limits(people, at, **numbers):
    OwnerRule.objects.create(
        active_from=at.date(),
        numbers=numbers,
        proposed_by=people.supervisor,
        approved_by=people.administrator,
        approved_at=at,
    )


def test_the_pool_is_that_of_ones_unit(people, pool):
    other = CustomerFactory(unit=people.units.next_district)
    CustomerFactory(unit=people.units.district, managed=False)

    assert set(pool_visible_to(people.manager)) == set(pool)
    assert set(pool_visible_to(people.supervisor)) == {*pool, other}
    assert set(pool_visible_to(people.administrator)) == {*pool, other}
    assert not pool_visible_to(people.stranger)


def test_a_claim_gives_the_customers_and_asks_nobody_to_confirm(people, at, pool):
    claimed = claim_customers(numbers=[pool[0].pk, pool[1].pk], by=people.manager, at=at)

    assert (claimed.taken, claimed.lost) == (2, ())
    assert owner_of(pool[0]) == people.manager
    assert claims_of(people.manager, on=at.date()).today == 2
    assert not Receipt.objects.exists()


def test_who_comes_second_is_told_whom_they_lost(people, at, pool):
    claim_customers(numbers=[pool[0].pk], by=people.manager, at=at)

    claimed = claim_customers(numbers=[pool[0].pk, pool[1].pk], by=people.colleague, at=at)

    assert (claimed.taken, claimed.lost) == (1, (pool[0].name,))
    assert owner_of(pool[0]) == people.manager


@pytest.mark.usefixtures("english")
def test_when_all_are_gone_the_words_say_so(people, at, pool):
    claim_customers(numbers=[pool[0].pk], by=people.manager, at=at)

    with pytest.raises(UnableToClaim, match="Somebody else was quicker"):
        claim_customers(numbers=[pool[0].pk], by=people.colleague, at=at)


@pytest.mark.usefixtures("english")
def test_more_than_the_days_limit_is_refused_whole(people, at, pool):
    limits(people, at, claims_day=3)
    claim_customers(numbers=[pool[0].pk, pool[1].pk], by=people.manager, at=at)

    with pytest.raises(UnableToClaim, match="You may take 1 more customer now: 3 a day"):
        claim_customers(numbers=[pool[2].pk, pool[3].pk], by=people.manager, at=at)

    assert owner_of(pool[2]) is None


@pytest.mark.usefixtures("english")
def test_more_than_the_total_limit_is_refused(people, at, pool):
    limits(people, at, claims_total=1)
    claim_customers(numbers=[pool[0].pk], by=people.manager, at=at)

    with pytest.raises(UnableToClaim, match="0 more customers now"):
        claim_customers(numbers=[pool[1].pk], by=people.manager, at=at)


@pytest.mark.usefixtures("english")
def test_nobody_claims_while_on_leave(people, at, pool):
    away(people.manager)

    with pytest.raises(UnableToClaim, match="You are on leave"):
        claim_customers(numbers=[pool[0].pk], by=people.manager, at=at)


def test_whoever_looks_after_nobody_may_not_claim(people, at, pool):
    with pytest.raises(PermissionDenied):
        claim_customers(numbers=[pool[0].pk], by=people.supervisor, at=at)


def test_customers_of_another_unit_are_not_claimed(people, at, pool):
    with pytest.raises(UnableToClaim):
        claim_customers(numbers=[pool[0].pk], by=people.stranger, at=at)
