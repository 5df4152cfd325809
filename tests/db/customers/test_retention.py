"""The retained archive: who moves there, what that ends, and the way back."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from tests.factories.customers import CustomerFactory

from dakehu.audit.queries import changes_of
from dakehu.customers import operations, queries
from dakehu.customers.errors import UnableToRetire

pytestmark = pytest.mark.django_db


def retire(person, at, **narrowed):
    seen = queries.customers_visible_to(person).filter(**narrowed)
    return operations.retire_customers(customers=seen, reason="已离网", by=person, at=at)


def test_a_former_customer_leaves_the_working_list_and_keeps_the_file(customers, supervisor, at):
    assert retire(supervisor, at, pk=customers.own.pk) == 1

    found = queries.get_customer(supervisor, customers.own.pk)
    assert customers.own not in queries.customers_visible_to(supervisor)
    assert list(queries.former_customers(supervisor)) == [customers.own]
    assert (found.retained_at, found.retained_reason) == (at, "已离网")
    assert changes_of(customers.own).first().reason == "已离网"


def test_a_whole_number_still_finds_a_former_customer(customers, supervisor, at):
    retire(supervisor, at, pk=customers.own.pk)

    assert queries.customer_named(supervisor, customers.own.number) == customers.own


def test_the_night_finds_nothing_of_a_former_customer(customers, supervisor, at):
    retire(supervisor, at, pk=customers.own.pk)

    numbers = [customers.own.number, customers.colleagues.number]

    assert [place.number for place in queries.places_of(numbers)] == [customers.colleagues.number]


def test_nobody_moves_without_a_reason(customers, supervisor, at):
    with pytest.raises(UnableToRetire):
        operations.retire_customers(
            customers=queries.customers_visible_to(supervisor), reason=" ", by=supervisor, at=at
        )


def test_who_rests_already_is_told_so(customers, supervisor, at):
    retire(supervisor, at, pk=customers.own.pk)

    with pytest.raises(UnableToRetire):
        retire(supervisor, at, pk=customers.own.pk)


def test_a_manager_does_not_retire(customers, manager, at):
    with pytest.raises(PermissionDenied):
        retire(manager, at)


def test_many_move_at_once_and_each_is_logged(customers, supervisor, at):
    assert retire(supervisor, at) == 4
    assert changes_of(customers.unowned).count() == 1
    assert not changes_of(customers.strangers).exists()


def test_a_customer_comes_back(customers, supervisor, manager, at):
    retire(supervisor, at, pk=customers.own.pk)
    former = queries.former_customers(supervisor)

    count = operations.bring_back_customers(
        customers=former, reason="重新入网", by=supervisor, at=at
    )

    assert count == 1
    assert customers.own in queries.customers_visible_to(manager)
    with pytest.raises(UnableToRetire):
        operations.bring_back_customers(
            customers=queries.former_customers(supervisor), reason="", by=supervisor, at=at
        )


def test_the_pre_deregistered_of_long_ago_are_proposed(people, supervisor):
    def individual(status, day):
        return CustomerFactory(manager=people.manager, status=status, source_day=day)

    long_gone = individual(4, date(2026, 1, 30))
    individual(4, date(2026, 2, 1))
    individual(0, date(2026, 1, 1))

    assert list(queries.leaving_customers(supervisor, on=date(2026, 3, 2))) == [long_gone]
