"""A load tells in the change log whatever it changes about the customers it knows (P8)."""

from datetime import date, timedelta

import pytest
from tests.factories.customers import GroupFactory
from tests.factories.rows import row

from dakehu.audit.models import Change
from dakehu.common.masking import PersonalKind, mask
from dakehu.customers.models import Customer
from dakehu.customers.operations import apply_groups, apply_subscribers

DAY = date(2026, 3, 1)
NEXT = DAY + timedelta(days=1)


@pytest.fixture
def load(people, at):
    """Return a function that applies rows of subscribers of city 01."""

    def call(*rows, day=DAY):
        return apply_subscribers(iter(rows), city_code="01", day=day, at=at)

    return call


def subscriber(**values):
    return row("subscriber", **values)


def changes(subject="customers.customer"):
    """What the log says was changed, by the customer's number."""
    numbers = dict(Customer.objects.values_list("pk", "number"))
    found = Change.objects.filter(subject_type=subject)
    return {numbers[each.subject_id]: each.fields for each in found}


def test_every_changed_column_is_told_with_old_and_new_value(load, people, at):
    GroupFactory(number="01G1", name="滨海港务集团", manager=people.manager)
    load(
        subscriber(
            district="东城", name="张伟", level=3, gender="M", open_date=date(2015, 6, 1),
            credit_limit_fen=50_000, contract_end=None, brand="全球通", group_no=None,
        )
    )  # fmt: skip

    load(
        subscriber(
            district="西城", name="张玮\"'", level=4, gender="F", open_date=date(2015, 6, 2),
            credit_limit_fen=None, contract_end=date(2027, 1, 1), brand="", group_no="01G1",
            plan_id="P9", status=3, contract_name="合约\\一", birth_calendar="lunar",
        ),
        day=NEXT,
    )  # fmt: skip

    change = Change.objects.get(subject_type="customers.customer")
    assert (change.verb, change.at, change.actor_id) == ("CHANGED", at, None)
    assert change.fields == {
        "name": ["张伟", "张玮\"'"],
        "unit": ["东城", "西城"],
        "group": ["", "滨海港务集团"],
        "status": [0, 3],
        "gender": ["M", "F"],
        "birth_calendar": ["", "lunar"],
        "brand": ["全球通", ""],
        "plan_id": ["", "P9"],
        "open_date": ["2015-06-01", "2015-06-02"],
        "contract_name": ["", "合约\\一"],
        "contract_end": [None, "2027-01-01"],
        "credit_limit_fen": [50_000, None],
        "delivered_level": [3, 4],
    }


@pytest.mark.parametrize("phone", ["13900000001", "139", "1234567", "12345678", ""])
def test_a_personal_value_is_masked_as_everywhere(load, phone):
    load(subscriber(msisdn="13812345678", birth_date=date(1980, 2, 29)))

    load(subscriber(msisdn=phone, birth_date=date(1981, 3, 1)), day=NEXT)

    assert changes()["01S1"] == {
        "phone": ["138****5678", mask(PersonalKind.PHONE, phone)],
        "birth_date": ["****-02-29", "****-03-01"],
    }


def test_an_unknown_birthday_is_nothing(load):
    load(subscriber(birth_date=None))

    load(subscriber(birth_date=date(1981, 3, 1)), day=NEXT)

    assert changes()["01S1"] == {"birth_date": [None, "****-03-01"]}


def test_of_customers_whom_nobody_looks_after_only_the_manager_is_told(load):
    load(subscriber(managed=0), subscriber(sub_id="01S2", managed=0))

    load(
        subscriber(managed=0, name="李娜"),
        subscriber(sub_id="01S2", managed=0, manager_no="NO-manager"),
        day=NEXT,
    )

    assert changes() == {"01S2": {"manager": ["", "王芳"]}}


@pytest.mark.parametrize(("before", "after"), [(0, 1), (1, 0)])
def test_whether_a_customer_is_looked_after_is_told(load, before, after):
    load(subscriber(managed=before, status=0))

    load(subscriber(managed=after, status=3), day=NEXT)

    assert changes() == {"01S1": {"managed": [bool(before), bool(after)], "status": [0, 3]}}


def test_what_does_not_change_or_comes_late_is_not_told(load):
    load(subscriber(), day=NEXT)

    load(subscriber(), day=NEXT)
    load(subscriber(name="李娜"), day=DAY)

    assert changes() == {}


def test_a_group_and_its_profile_are_told_apart(people, at):
    before = row("group", group_no="01G1", name="滨海", address="滨海市东城区港湾路88号")

    def load(values, day):
        apply_groups(iter([values]), city_code="01", day=day, at=at)

    load(before, DAY)
    address = row("group", group_no="01G1", name="滨海", address="滨海市西城区1号")
    load(address, NEXT)

    (change,) = Change.objects.filter(subject_type="customers.groupprofile")
    assert change.fields == {
        "address": [
            mask(PersonalKind.ADDRESS, "滨海市东城区港湾路88号"),
            mask(PersonalKind.ADDRESS, "滨海市西城区1号"),
        ]
    }
    assert change.subject_id == Customer.objects.get(number="01G1").pk
    assert not Change.objects.filter(subject_type="customers.customer").exists()

    load(row("group", group_no="01G1", name="港务", address="滨海市西城区1号"), NEXT)
    assert Change.objects.get(subject_type="customers.customer").fields == {
        "name": ["滨海", "港务"]
    }
