"""What was shared, and whose place somebody takes, widens a reach for as long as it holds."""

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.factories.alerts import AlertFactory, TodoFactory
from tests.factories.customers import CustomerFactory

from dakehu.alerts.queries import alerts_visible_to
from dakehu.customers.models import Customer
from dakehu.customers.queries import customers_visible_to
from dakehu.people.choices import ShareSubject
from dakehu.people.models import Leave, Share, Staff
from dakehu.people.policies import reach
from dakehu.worklist.queries import todos_visible_to

HOUR = timedelta(hours=1)


@pytest.fixture
def now():
    """The clock of the machine, which the database on it has too."""
    return timezone.now()


@pytest.fixture
def share(people, now):
    """Return a function that shares something with somebody, by default for an hour around now."""

    def shared(staff, subject, number, *, start=-HOUR, end=HOUR, **values):
        return Share.objects.create(
            staff=staff,
            subject=subject,
            subject_id=number,
            reason="联合服务",
            by=people.supervisor,
            starts_at=now + start,
            expires_at=now + end,
            **values,
        )

    return shared


@pytest.fixture
def leave(now):
    """Return a function that sends somebody away, by default for an hour around now."""

    def away(staff, deputy, *, start=-HOUR, end=HOUR, **values):
        return Leave.objects.create(
            staff=staff, deputy=deputy, starts_at=now + start, ends_at=now + end, **values
        )

    return away


def seen(actor):
    """The numbers of the customers that somebody sees."""
    return set(customers_visible_to(actor).values_list("number", flat=True))


def test_a_shared_customer_is_seen_beside_the_own_ones(people, customers, share):
    share(people.stranger, ShareSubject.CUSTOMER, customers.own.pk)

    assert seen(people.stranger) == {customers.strangers.number, customers.own.number}


def test_all_customers_of_a_manager_can_be_shared(people, customers, share):
    share(people.stranger, ShareSubject.MANAGER, people.manager.pk)

    assert seen(people.stranger) == {
        customers.strangers.number,
        customers.own.number,
        customers.group.number,
    }


def test_a_unit_is_shared_with_all_below_it(people, customers, share):
    share(people.stranger, ShareSubject.UNIT, people.units.city.pk)

    everything = {customer.number for customer in vars(customers).values()}
    assert seen(people.stranger) == everything


def test_a_unit_that_is_gone_shares_nothing(people, customers, share):
    share(people.stranger, ShareSubject.UNIT, 0)

    assert seen(people.stranger) == {customers.strangers.number}


def test_a_share_beyond_the_own_city_is_seen_too(people, customers, share):
    share(people.supervisor, ShareSubject.CUSTOMER, customers.strangers.pk)

    assert customers.strangers.number in seen(people.supervisor)
    assert customers.own.number in seen(people.supervisor)


@pytest.mark.parametrize(
    "values",
    [
        {"start": -2 * HOUR, "end": -HOUR},
        {"start": HOUR, "end": 2 * HOUR},
        {"removed_at": timezone.now()},
    ],
    ids=["expired", "not begun", "withdrawn"],
)
def test_a_share_holds_only_in_its_time(people, customers, share, values):
    share(people.stranger, ShareSubject.CUSTOMER, customers.own.pk, **values)

    assert seen(people.stranger) == {customers.strangers.number}


def test_a_share_is_for_one_person(people, customers, share):
    share(people.stranger, ShareSubject.CUSTOMER, customers.own.pk)

    assert seen(people.colleague) == {customers.colleagues.number}


def test_a_deputy_sees_the_customers_of_who_is_away(people, customers, leave):
    leave(people.stranger, people.colleague)

    assert seen(people.colleague) == {customers.colleagues.number, customers.strangers.number}


@pytest.mark.parametrize(
    "values",
    [
        {"start": -2 * HOUR, "end": -HOUR},
        {"start": HOUR, "end": 2 * HOUR},
        {"removed_at": timezone.now()},
    ],
    ids=["back", "not gone", "cancelled"],
)
def test_a_deputy_stands_in_only_meanwhile(people, customers, leave, values):
    leave(people.stranger, people.colleague, **values)

    assert seen(people.colleague) == {customers.colleagues.number}


def test_alerts_and_todos_of_a_shared_customer_are_seen(people, customers, share):
    todo = TodoFactory(alert=AlertFactory(customer=customers.own))

    share(people.stranger, ShareSubject.CUSTOMER, customers.own.pk)

    assert alerts_visible_to(people.stranger).get().customer == customers.own
    assert todos_visible_to(people.stranger).get() == todo


def test_rows_without_a_customer_are_not_widened_by_shared_customers(people, customers, share):
    share(people.stranger, ShareSubject.CUSTOMER, people.manager.pk)

    found = Staff.objects.filter(reach(people.stranger, unit="unit", owner="pk"))

    assert set(found) == {people.stranger}


def test_who_has_nothing_beyond_their_scope_pays_no_alternative(people):
    within = reach(people.manager, unit="unit", owner="manager", customer="pk")

    assert str(within) == f"(AND: ('manager', {people.manager.pk}))"


def test_who_sees_everything_asks_for_no_shares(people, share, django_assert_num_queries):
    share(people.administrator, ShareSubject.CUSTOMER, 1)

    with django_assert_num_queries(0):
        assert not reach(people.administrator, unit="unit", owner="manager", customer="pk")


def test_shares_are_looked_up_in_one_statement(people, share, leave, django_assert_num_queries):
    for number in range(3):
        share(people.stranger, ShareSubject.CUSTOMER, number)
    leave(people.manager, people.stranger)

    with django_assert_num_queries(1):
        reach(people.stranger, unit="unit", owner="manager", customer="pk")


def test_a_row_seen_for_two_reasons_is_seen_once(people, customers, share, leave):
    share(people.colleague, ShareSubject.CUSTOMER, customers.own.pk)
    share(people.colleague, ShareSubject.UNIT, people.units.district.pk)
    leave(people.manager, people.colleague)
    CustomerFactory(manager=people.manager)

    found = list(customers_visible_to(people.colleague))

    assert len(found) == len({each.pk for each in found}) == 4
    assert Customer.objects.count() == 6
