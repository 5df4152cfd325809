"""What people add to customers' files: persons, addresses, days, gifts, notes, own fields."""

from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import factory
from tests.factories.customers import CustomerFactory
from tests.factories.people import People, StaffFactory

from dakehu.common.chinese import name_text
from dakehu.customers.choices import CustomerKind, FieldType
from dakehu.customers.models import (
    Address,
    Anniversary,
    Contact,
    CustomField,
    Gift,
    MarketNote,
    Opinion,
    Product,
)

AT = datetime(2026, 2, 20, 2, 0, tzinfo=UTC)


class ProspectFactory(CustomerFactory):
    """A prospect, as somebody entered it."""

    kind = CustomerKind.PROSPECT
    number = factory.Sequence(lambda n: f"P{90_000_000 + n:08d}")
    name = "海岚食品有限公司"
    managed = False
    status = None
    brand = ""
    open_date = None
    source_day = None


class ContactFactory(factory.django.DjangoModelFactory):
    """A person of a group."""

    class Meta:
        model = Contact

    customer = factory.SubFactory(CustomerFactory)
    role = "KEY_PERSON"
    name = "郭建国"
    search = factory.LazyAttribute(lambda row: name_text(row.name))
    position = "信息中心主任"
    phone = "13912340001"
    birth_date = date(1975, 3, 20)
    birth_calendar = "solar"
    hobbies = "钓鱼、书法"


class AddressFactory(factory.django.DjangoModelFactory):
    """A further address."""

    class Meta:
        model = Address

    customer = factory.SubFactory(CustomerFactory)
    label = "分厂"
    address = "滨海市西城区工业园路12号"


class AnniversaryFactory(factory.django.DjangoModelFactory):
    """A day to remember."""

    class Meta:
        model = Anniversary

    customer = factory.SubFactory(CustomerFactory)
    title = "成立纪念日"
    on = date(1996, 3, 10)


class GiftFactory(factory.django.DjangoModelFactory):
    """A present that was given."""

    class Meta:
        model = Gift

    customer = factory.SubFactory(CustomerFactory)
    on = date(2026, 1, 10)
    what = "茶叶礼盒"
    value_fen = 19_900
    staff = factory.SubFactory(StaffFactory)


class MarketNoteFactory(factory.django.DjangoModelFactory):
    """What was learned about a competitor."""

    class Meta:
        model = MarketNote

    customer = factory.SubFactory(CustomerFactory)
    kind = "COMPETITOR"
    competitor = "友商甲"
    text = "专线报价低两成"
    staff = factory.SubFactory(StaffFactory)
    at = AT


class OpinionFactory(factory.django.DjangoModelFactory):
    """What a customer said."""

    class Meta:
        model = Opinion

    customer = factory.SubFactory(CustomerFactory)
    source = "VISIT"
    text = "希望账单按部门拆分"
    satisfaction = 4
    staff = factory.SubFactory(StaffFactory)
    at = AT


class CustomFieldFactory(factory.django.DjangoModelFactory):
    """A field that the operator added."""

    class Meta:
        model = CustomField

    kind = CustomerKind.INDIVIDUAL
    key = factory.Sequence(lambda n: f"field_{n}")
    label = "内部编号"
    type = FieldType.TEXT


def make_archive(people: People, customers: Any) -> SimpleNamespace:
    """Make one of everything that addresses are about, at the manager's customer."""
    return SimpleNamespace(
        prospect=ProspectFactory(manager=people.manager),
        contact=ContactFactory(customer=customers.own),
        removed_contact=ContactFactory(customer=customers.own, removed_at=AT),
        field=CustomFieldFactory(),
        removed_field=CustomFieldFactory(removed_at=AT),
        product=Product.objects.order_by("pk").first()
        or Product.objects.create(code="RING_TONE", name="彩铃"),
    )
