"""A first load puts the indexes of customers off; whatever happens, they are there afterwards."""

import pytest
from tests.factories.rows import row

from dakehu.customers.models import Customer
from dakehu.customers.operations import apply_subscribers, indexes, indexes_put_off

pytestmark = pytest.mark.django_db

ALL = {index.name for index in Customer._meta.indexes}


@pytest.fixture(autouse=True)
def few_are_many(monkeypatch):
    """Let four subscribers be a large load."""
    monkeypatch.setattr(indexes, "LARGE", 4)


def present():
    return {index.name for index in indexes.own_indexes(present=True)}


def test_a_first_load_runs_without_indexes_and_builds_them(people, at):
    day = at.date()
    with indexes_put_off(coming=4):
        assert present() == set()
        rows = [row("subscriber", sub_id=f"01S{number}") for number in range(4)]
        apply_subscribers(iter(rows), city_code="01", day=day, at=at)
    assert present() == ALL
    assert Customer.objects.filter(city_code="01", number="01S2").exists()


def test_a_load_that_fails_leaves_the_indexes_as_they_were(people):
    with pytest.raises(ConnectionError), indexes_put_off(coming=4):
        raise ConnectionError
    assert present() == ALL


def test_a_small_load_or_one_of_customers_known_keeps_them(people, at):
    with indexes_put_off(coming=3):
        assert present() == ALL
    rows = [row("subscriber", sub_id=f"01S{number}") for number in range(2)]
    apply_subscribers(iter(rows), city_code="01", day=at.date(), at=at)
    with indexes_put_off(coming=8):
        assert present() == ALL


def test_what_a_killed_load_left_missing_is_built_by_the_next(people):
    indexes.change(["DROP INDEX customers_brand", "DROP INDEX customers_phone"])
    assert present() == ALL - {"customers_brand", "customers_phone"}
    with indexes_put_off(coming=0):
        assert present() == ALL
