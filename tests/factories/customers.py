"""Customers, and what the files of the cities say of them."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

import factory
from tests.factories.people import People, UnitFactory

from dakehu.common.chinese import search_text
from dakehu.customers.choices import CustomerKind
from dakehu.customers.models import (
    Customer,
    CustomerMonth,
    GroupProfile,
    ServiceLog,
    Subscription,
)

DAY = date(2026, 3, 1)


class CustomerFactory(factory.django.DjangoModelFactory):
    """A managed individual; pass ``manager`` (and ``unit``) to place the customer."""

    class Meta:
        model = Customer

    kind = CustomerKind.INDIVIDUAL
    number = factory.Sequence(lambda n: f"01S{10_000_000 + n:08d}")
    name = "张伟"
    search = factory.LazyAttribute(lambda row: search_text(row.number, row.name))
    manager = None
    unit = factory.LazyAttribute(
        lambda row: row.manager.unit if row.manager else UnitFactory(code="01")
    )
    city_code = factory.LazyAttribute(lambda row: row.unit.code[:2])
    managed = True
    status = 0
    phone = factory.Sequence(lambda n: f"138{n:08d}")
    brand = "全球通"
    open_date = date(2019, 5, 6)
    source_day = DAY


class GroupFactory(CustomerFactory):
    """A group customer with its profile."""

    class Meta:
        skip_postgeneration_save = True

    kind = CustomerKind.GROUP
    number = factory.Sequence(lambda n: f"01G{100_000 + n:06d}")
    name = "滨海港务集团"
    phone = ""
    brand = ""
    status = None
    open_date = None
    profile = factory.RelatedFactory("tests.factories.customers.ProfileFactory", "customer")


class ProfileFactory(factory.django.DjangoModelFactory):
    """What only a group has."""

    class Meta:
        model = GroupProfile

    customer = factory.SubFactory(GroupFactory, profile=None)
    industry = "交通运输"
    org_kind = "enterprise"
    employees = 320
    address = "滨海市东城区港湾路88号"
    source_day = DAY


class MonthFactory(factory.django.DjangoModelFactory):
    """Money of one customer in one month."""

    class Meta:
        model = CustomerMonth

    customer = factory.SubFactory(CustomerFactory)
    ym = 202602
    revenue_fen = 18_800
    arrears_fen = 0
    arrears_days = 0
    source_day = DAY


class SubscriptionFactory(factory.django.DjangoModelFactory):
    """A product held."""

    class Meta:
        model = Subscription

    customer = factory.SubFactory(CustomerFactory)
    product_code = factory.Sequence(lambda n: f"P{n:03d}")
    since = date(2024, 1, 1)
    source_day = DAY


class ServiceLogFactory(factory.django.DjangoModelFactory):
    """An act recorded in the city's own system."""

    class Meta:
        model = ServiceLog

    city_code = "01"
    log_no = factory.Sequence(lambda n: f"L{n:06d}")
    customer = factory.SubFactory(CustomerFactory)
    at = datetime(2026, 2, 27, 3, 0, tzinfo=UTC)
    category = "回访"
    content = "电话回访，客户满意"
    source_day = DAY


class Customers(SimpleNamespace):
    """Customers by whose they are: own, colleagues, strangers, unowned, and a group."""


def make_customers(people: People) -> Customers:
    """Make one customer of each manager, one that nobody has, and a group of the manager's."""
    return Customers(
        own=CustomerFactory(manager=people.manager, name="张伟", number="01S00000101"),
        colleagues=CustomerFactory(manager=people.colleague, name="王秀英", number="01S00000102"),
        strangers=CustomerFactory(manager=people.stranger, name="单晓霞", number="02S00000103"),
        unowned=CustomerFactory(
            unit=people.units.next_district, number="01S00000104", name="李娜"
        ),
        group=GroupFactory(manager=people.manager, name="滨海港务集团", number="01G000105"),
    )
