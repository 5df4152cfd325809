"""Applying subscriber rows: counts, late and re-sent files, managers, odd characters."""

from datetime import date, timedelta

import pytest
from tests.factories.rows import row

from dakehu.audit.models import Change
from dakehu.customers.models import Customer
from dakehu.customers.operations import apply_groups, apply_subscribers, loading, staging
from dakehu.customers.values import Applied
from dakehu.people.models import Staff, Unit

DAY = date(2026, 3, 1)

pytestmark = pytest.mark.django_db


@pytest.fixture
def apply(people, at):
    """Apply subscriber rows of city 01."""

    def call(*rows, day=DAY, city_code="01"):
        return apply_subscribers(iter(rows), city_code=city_code, day=day, at=at)

    return call


def subscriber(**values):
    return row("subscriber", **values)


def test_new_rows_are_created_with_everything_they_say(apply, people):
    applied = apply(
        subscriber(
            district="东城",
            manager_no="NO-manager",
            gender="F",
            birth_date=date(1980, 2, 29),
            birth_calendar="lunar",
            open_date=date(2015, 6, 1),
            contract_end=date(2026, 12, 31),
            credit_limit_fen=50_000,
            level=3,
        )
    )

    customer = Customer.objects.get()
    assert applied == Applied(created=1)
    assert (customer.kind, customer.number, customer.name) == ("INDIVIDUAL", "01S1", "张伟")
    assert (customer.unit, customer.manager) == (people.units.district, people.manager)
    assert (customer.city_code, customer.managed, customer.status) == ("01", True, 0)
    assert customer.phone.plain == "13800000001"
    assert (customer.birth_date.plain, customer.birth_calendar) == ("1980-02-29", "lunar")
    assert (customer.credit_limit_fen, customer.delivered_level) == (50_000, 3)
    assert customer.search == "01s1 张伟 zhangwei zw"
    assert customer.source_day == DAY


def test_applying_twice_changes_nothing(apply):
    apply(subscriber(), subscriber(sub_id="01S2"))
    before = list(Customer.objects.order_by("pk").values())

    assert apply(subscriber(), subscriber(sub_id="01S2")) == Applied(unchanged=2)
    assert list(Customer.objects.order_by("pk").values()) == before


def test_every_row_is_created_updated_or_unchanged(apply):
    apply(subscriber(), subscriber(sub_id="01S2"))

    applied = apply(
        subscriber(),
        subscriber(sub_id="01S2", brand="动感地带"),
        subscriber(sub_id="01S3"),
        day=DAY + timedelta(days=1),
    )

    assert applied == Applied(created=1, updated=1, unchanged=1)
    assert Customer.objects.get(number="01S2").brand == "动感地带"


def test_an_older_row_that_arrives_late_changes_nothing(apply):
    apply(subscriber(name="张伟"))

    applied = apply(subscriber(name="张三"), day=DAY - timedelta(days=3))

    assert applied == Applied(unchanged=1)
    assert Customer.objects.get().name == "张伟"


def test_a_row_sent_again_for_the_same_day_overwrites(apply):
    apply(subscriber(name="张伟"))

    assert apply(subscriber(name="张三")) == Applied(updated=1)
    assert Customer.objects.get().search == "01s1 张三 zhangsan zs"


def test_a_value_that_becomes_unknown_is_forgotten(apply):
    apply(subscriber(status=1, contract_end=date(2026, 5, 1), brand="全球通"))

    apply(subscriber(status=None, brand=None))

    customer = Customer.objects.get()
    assert (customer.status, customer.contract_end, customer.brand) == (None, None, "")


def test_a_district_that_nobody_knew_becomes_a_unit_of_the_city(apply, people):
    apply(subscriber(district="开发区"))

    unit = Unit.objects.get(code="01/开发区")
    assert (unit.parent, unit.kind) == (people.units.city, "DISTRICT")
    assert unit.path == f"{people.units.city.path}{unit.pk}/"
    assert Customer.objects.get().unit == unit


def test_without_a_district_a_customer_belongs_to_the_city(apply, people):
    apply(subscriber(district=None))

    assert Customer.objects.get().unit == people.units.city


def test_a_city_that_nobody_knew_is_made(apply):
    apply(subscriber(city_id="07"), city_code="07")

    assert Customer.objects.get().unit.code == "07"


def test_a_manager_whom_nobody_knew_becomes_staff_without_a_log_in(apply, people):
    apply(subscriber(manager_no="M77"), subscriber(sub_id="01S2", manager_no="M77"))

    staff = Staff.objects.get(staff_no="M77")
    assert (staff.role, staff.unit, staff.name) == ("ACCOUNT_MANAGER", people.units.city, "M77")
    assert not staff.has_usable_password()
    assert Customer.objects.filter(manager=staff).count() == 2


def test_another_manager_of_a_known_customer_is_recorded(apply, people, at):
    apply(subscriber(manager_no="NO-manager"), subscriber(sub_id="01S2"))
    assert not Change.objects.filter(subject_type="customers.customer").exists()

    apply(
        subscriber(manager_no="NO-colleague"),
        subscriber(sub_id="01S2", manager_no="NO-manager"),
        subscriber(sub_id="01S3", manager_no="NO-manager"),
        day=DAY + timedelta(days=1),
    )

    numbers = dict(Customer.objects.values_list("pk", "number"))
    changes = Change.objects.filter(subject_type="customers.customer", verb="CHANGED", at=at)
    assert {numbers[each.subject_id]: each.fields["manager"] for each in changes} == {
        "01S1": ["王芳", "李强"],
        "01S2": ["", "王芳"],
    }


def test_a_late_row_records_no_change_of_manager(apply):
    apply(subscriber(manager_no="NO-manager"))

    apply(subscriber(manager_no="NO-colleague"), day=DAY - timedelta(days=1))

    assert not Change.objects.filter(subject_type="customers.customer").exists()


def test_members_find_their_group_and_an_unknown_group_is_none(apply, at):
    apply_groups([row("group")], city_code="01", day=DAY, at=at)

    apply(subscriber(group_no="01G1"), subscriber(sub_id="01S2", group_no="01G9"))

    assert Customer.objects.get(number="01S1").group.number == "01G1"
    assert Customer.objects.get(number="01S2").group is None


def test_odd_characters_are_kept_as_text(apply):
    odd = "'; DROP TABLE x; -- %s %(day)s \\ \" 龘𠮷 é\t"

    apply(subscriber(name=odd, brand="100%", contract_name="a'b"))

    customer = Customer.objects.get()
    assert (customer.name, customer.brand, customer.contract_name) == (odd, "100%", "a'b")


def test_a_nul_character_stops_nobody(apply):
    applied = apply(subscriber(name="张\0伟"), subscriber(sub_id="01S2"))

    assert applied == Applied(created=2)


def test_texts_longer_than_their_column_are_cut(apply):
    apply(subscriber(name="长" * 300, brand="B" * 90, level=10**12))

    customer = Customer.objects.get()
    assert (len(customer.name), len(customer.brand)) == (200, 40)
    assert customer.delivered_level is None


def test_a_subscriber_of_another_city_moves_with_the_newer_row(apply):
    apply(subscriber(), city_code="01")

    applied = apply(subscriber(city_id="02"), city_code="02", day=DAY + timedelta(days=1))

    assert applied == Applied(updated=1)
    assert Customer.objects.get().city_code == "02"


@pytest.mark.parametrize("in_order", [True, False])
def test_chunks_count_like_one_chunk(apply, monkeypatch, in_order):
    monkeypatch.setattr(staging, "CHUNK_ROWS", 7)
    numbers = [f"01S{number:03d}" for number in range(50)]
    if not in_order:
        numbers = numbers[::2] + numbers[1::2][::-1]

    first = apply(*(subscriber(sub_id=number) for number in numbers[:30]))
    second = apply(
        *(
            subscriber(sub_id=number, brand="X" if number < "01S010" else "全球通")
            for number in numbers
        )
    )

    changed = sum(number < "01S010" for number in numbers[:30])
    assert first == Applied(created=30)
    assert second == Applied(created=20, updated=changed, unchanged=30 - changed)


def test_a_failing_load_leaves_nothing_behind(apply, at):
    def broken():
        yield subscriber()
        raise RuntimeError

    with pytest.raises(RuntimeError):
        apply_subscribers(broken(), city_code="01", day=DAY, at=at)

    assert not Customer.objects.exists()
    assert apply(subscriber()) == Applied(created=1)


def test_rows_that_go_straight_become_what_staged_rows_become(apply, people, at, monkeypatch):
    apply_groups([row("group")], city_code="01", day=DAY, at=at)
    rows = [
        subscriber(district="东城", manager_no="NO-manager", group_no="01G1", level=4),
        subscriber(sub_id="01S2", district="新区", manager_no="M9", group_no="01G9", status=None),
        subscriber(sub_id="01S3", msisdn=None, name=None, brand=None, managed=None, level=999),
        subscriber(sub_id="01s4", name="长" * 300, birth_date=date(1980, 2, 29), gender="F" * 20),
        subscriber(sub_id="01S5", district="区" * 90, manager_no="M" * 90, birth_calendar="lunar"),
    ]
    individuals = Customer.objects.filter(kind="INDIVIDUAL").order_by("number")
    columns = [field.attname for field in Customer._meta.concrete_fields if field.name != "id"]

    apply(*rows)
    straight = list(individuals.values_list(*columns))
    individuals.all().delete()
    monkeypatch.setattr(loading, "goes_straight", lambda *arguments: False)
    apply(*rows)

    assert list(individuals.values_list(*columns)) == straight
    assert len(straight) == 5


def test_a_key_that_is_too_long_is_left_out_and_stops_nobody(apply):
    applied = apply(subscriber(), subscriber(sub_id="9" * 70))

    assert applied == Applied(created=1, unchanged=1)


def test_nothing_delivered_is_nothing_applied(apply):
    assert apply() == Applied()


def test_people_without_a_number_get_no_customers(apply, people):
    Staff.objects.filter(pk=people.administrator.pk).update(staff_no=None)

    apply(subscriber(manager_no=None))

    assert Customer.objects.get().manager is None
