"""The list is narrowed to the same customers, however many of them there are."""

from decimal import Decimal

import pytest
from tests.factories.archive import CustomFieldFactory

from dakehu.customers.models import Customer, CustomValue
from dakehu.customers.queries import customers_visible_to, having_brand, having_custom

# Few are named one by one, some are joined, many are asked row by row.
WAYS = pytest.mark.parametrize(("few", "many"), [(500, 20_000), (0, 20_000), (0, 0)])


@pytest.fixture
def narrowing(monkeypatch, few, many):
    """Let so few count as few, and so many as many."""
    monkeypatch.setattr("dakehu.customers.queries.narrowing.FEW", few)
    monkeypatch.setattr("dakehu.customers.queries.narrowing.MANY", many)


@WAYS
@pytest.mark.parametrize(("brand", "found"), [("神州行", 2), ("动感地带", 1), ("无", 0)])
def test_by_brand(narrowing, people, customers, brand, found):
    for customer, name in (
        (customers.own, "神州行"),
        (customers.strangers, "神州行"),
        (customers.unowned, "动感地带"),
    ):
        Customer.objects.filter(pk=customer.pk).update(brand=name)

    rows = having_brand(customers_visible_to(people.administrator), brand)

    assert rows.count() == found
    assert {row.brand for row in rows} <= {brand}


@WAYS
@pytest.mark.parametrize(
    ("conditions", "found"),
    [
        ({"text__contains": "A"}, {"own", "unowned"}),
        ({"text": "A2"}, {"unowned"}),
        ({"text__contains": "C"}, set()),
        ({"number__gte": Decimal(2)}, {"strangers", "unowned"}),
    ],
)
def test_by_an_own_field(narrowing, people, customers, conditions, found):
    field, other = CustomFieldFactory(key="one"), CustomFieldFactory(key="two")
    for name, text, number in (("own", "A1", 1), ("strangers", "B", 2), ("unowned", "A2", 3)):
        customer = getattr(customers, name)
        CustomValue.objects.create(customer=customer, field=field, text=text, number=number)
        CustomValue.objects.create(customer=customer, field=other, text="C", number=9)

    rows = having_custom(customers_visible_to(people.administrator), field, **conditions)

    assert {row.pk for row in rows} == {getattr(customers, name).pk for name in found}
    assert not having_custom(customers_visible_to(people.stranger), field, text="A1").exists()
