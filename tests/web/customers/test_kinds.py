"""The lists of customers by kind: tabs, orders, own fields as filters, columns and export."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.urls import reverse
from tests.factories.archive import ContactFactory, CustomFieldFactory, ProspectFactory
from tests.factories.customers import CustomerFactory, GroupFactory
from tests.factories.tiering import StandingFactory

from dakehu.customers import querysets
from dakehu.customers.choices import CustomerKind, FieldType
from dakehu.customers.models import Customer, CustomValue, GroupProfile
from dakehu.customers.tables import CustomColumn
from dakehu.ui.lists import addresses

LISTS = {
    "customers:list": "",
    "customers:group_list": CustomerKind.GROUP,
    "customers:individual_list": CustomerKind.INDIVIDUAL,
    "customers:prospect_list": CustomerKind.PROSPECT,
}


def read(client, name, **query):
    response = client.get(reverse(name), query or {"view": "0"})
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("name", LISTS)
def test_each_list_holds_its_kind_and_nobody_who_left(sign_in, manager, customers, name, at):
    ProspectFactory(manager=manager, number="P00000077")
    left = CustomerFactory(manager=manager, number="01S99999999", retained_at=at)
    gone = ProspectFactory(manager=manager, number="P00000099", removed_at=at)
    kind = LISTS[name]

    text = read(sign_in(manager), name)

    numbers = Customer.objects.filter(manager=manager).exclude(pk__in=[left.pk, gone.pk])
    for customer in numbers:
        assert (customer.number in text) == (kind in ("", customer.kind))
    assert left.number not in text
    assert gone.number not in text


def test_the_archive_holds_who_left_with_the_reason(sign_in, manager, customers, at):
    left = CustomerFactory(manager=manager, retained_at=at, retained_reason="迁往外省")

    text = read(sign_in(manager), "customers:former_list")

    assert left.number in text
    assert "迁往外省" in text
    assert customers.own.number not in text


def test_tabs_lead_to_what_the_person_may_open(sign_in, people):
    of_manager = read(sign_in(people.manager), "customers:list")
    of_supervisor = read(sign_in(people.supervisor), "customers:list")

    assert reverse("customers:former_list") in of_manager
    assert reverse("customers:removed_list") not in of_manager
    assert reverse("customers:removed_list") in of_supervisor
    assert reverse("customers:leaving_list") in of_supervisor


def test_who_left_long_ago_is_proposed(sign_in, people, time_machine):
    time_machine.move_to(datetime(2026, 3, 2, 2, tzinfo=UTC), tick=False)
    gone = CustomerFactory(manager=people.manager, status=4, source_day=date(2026, 1, 1))
    fresh = CustomerFactory(manager=people.manager, status=4, source_day=date(2026, 2, 20))

    text = read(sign_in(people.supervisor), "customers:leaving_list")

    assert gone.number in text
    assert fresh.number not in text


@pytest.mark.parametrize(
    ("sort", "first"),
    [("name", "甲厂"), ("-name", "甲司"), ("employees", "甲厂"), ("-employees", "甲县")],
)
def test_groups_are_put_in_order(sign_in, manager, sort, first):
    for number, (name, employees) in enumerate((("甲厂", 5), ("甲县", 900), ("甲司", 70))):
        made = GroupFactory(manager=manager, name=name, number=f"01G90000{number}")
        GroupProfile.objects.filter(customer=made).update(employees=employees)

    text = read(sign_in(manager), "customers:group_list", sort=sort)

    assert min(("甲厂", "甲县", "甲司"), key=text.index) == first


def test_groups_are_narrowed_by_what_only_groups_have(sign_in, manager, customers):
    other = GroupFactory(manager=manager, name="他厂")
    GroupProfile.objects.filter(customer=other).update(industry="教育", employees=5)

    by_industry = read(sign_in(manager), "customers:group_list", industry="教")
    by_size = read(sign_in(manager), "customers:group_list", employees_min="100")

    assert other.number in by_industry
    assert customers.group.number not in by_industry
    assert other.number not in by_size
    assert customers.group.number in by_size


@pytest.fixture
def own_fields(customers):
    """A field of each type, filled in for the manager's customer alone."""
    filled = {
        FieldType.TEXT: {"text": "=SUM(1)"},
        FieldType.NUMBER: {"number": Decimal("12.5")},
        FieldType.DATE: {"day": date(2026, 2, 1)},
        FieldType.CHOICE: {"text": "强"},
        FieldType.YES_NO: {"yes": True},
    }
    for holds, column in filled.items():
        field = CustomFieldFactory(
            key=holds.lower(), type=holds, label=f"字段{holds.label}", options=["强", "弱"]
        )
        CustomValue.objects.create(customer=customers.own, field=field, **column)
    return customers.own


@pytest.mark.parametrize(
    ("query", "is_found"),
    [
        ({"custom_text": "SUM"}, True),
        ({"custom_text": "MIN"}, False),
        ({"custom_number_min": "12"}, True),
        ({"custom_number_max": "12"}, False),
        ({"custom_date_after": "2026-02-01", "custom_date_before": "2026-02-01"}, True),
        ({"custom_date_after": "2026-02-02"}, False),
        ({"custom_choice": "强"}, True),
        ({"custom_choice": "弱"}, False),
        ({"custom_yes_no": "true"}, True),
        ({"custom_yes_no": "false"}, False),
    ],
)
def test_own_fields_narrow_the_list_and_stand_as_chips(
    sign_in, supervisor, customers, own_fields, query, is_found
):
    text = read(sign_in(supervisor), "customers:individual_list", **query)

    assert (own_fields.number in text) == is_found
    assert customers.colleagues.number not in text
    assert 'class="chip"' in text


def test_own_fields_are_columns_that_a_person_chooses(sign_in, manager, own_fields):
    client = sign_in(manager)

    plain = read(client, "customers:individual_list")
    chosen = read(
        client,
        "customers:individual_list",
        columns="number,custom_text,custom_number,custom_date,custom_choice,custom_yes_no",
    )

    assert "SUM(1)" not in plain
    for said in ("=SUM(1)", "12.5", "2026-02-01", "强", "是"):
        assert said in chosen


def test_a_workbook_gets_own_fields_by_their_type(customers, own_fields, english):
    from dakehu.customers import queries

    row = queries.with_custom_values(
        Customer.objects.filter(pk=own_fields.pk), CustomerKind.INDIVIDUAL
    ).get()
    values = {
        field.type: CustomColumn(field).value(record=row)
        for field in queries.custom_fields(CustomerKind.INDIVIDUAL)
    }

    assert values == {
        FieldType.TEXT: "=SUM(1)",
        FieldType.NUMBER: Decimal("12.5"),
        FieldType.DATE: date(2026, 2, 1),
        FieldType.CHOICE: "强",
        FieldType.YES_NO: "Yes",
    }


def test_own_fields_of_groups_stand_only_with_groups(sign_in, manager, customers):
    CustomFieldFactory(kind=CustomerKind.GROUP, key="tender", label="招标月份")

    assert "招标月份" in read(sign_in(manager), "customers:group_list")
    assert "招标月份" not in read(sign_in(manager), "customers:individual_list")


@pytest.mark.parametrize("name", LISTS)
def test_a_list_takes_a_constant_number_of_queries(
    sign_in, people, customers, name, django_assert_max_num_queries, django_assert_num_queries
):
    field = CustomFieldFactory(key="one")

    def grow():
        for _ in range(4):
            made = CustomerFactory(manager=people.manager)
            CustomValue.objects.create(customer=made, field=field, text="甲")
            GroupFactory(manager=people.manager)
            ProspectFactory(manager=people.manager)

    client = sign_in(people.supervisor)
    query = {"view": "0", "columns": "number,name,custom_one"}
    for _ in range(6):
        grow()
    with django_assert_max_num_queries(18) as few:
        read(client, name, **query)
    grow()

    with django_assert_num_queries(len(few.captured_queries)):
        read(client, name, **query)


@pytest.mark.parametrize("name", LISTS)
def test_owners_are_changed_from_every_list_of_current_customers(
    sign_in, supervisor, customers, name
):
    client = sign_in(supervisor)
    ProspectFactory(unit=supervisor.unit)

    offered = read(client, name)
    asked = client.post(
        reverse("ownership:assign"), {"screen": name, "chosen": "filter", "filter": ""}
    )

    assert reverse("ownership:assign") in offered
    assert f'name="screen" value="{name}"' in asked.content.decode()


def test_people_of_groups_stand_in_one_list_masked_and_within_reach(
    sign_in, people, customers, django_assert_max_num_queries
):
    known = ContactFactory(customer=customers.group, name="王小明", phone="13912340077")
    ContactFactory(customer=customers.group, name="李四", role="USER", birth_date=None)
    elsewhere = ContactFactory(customer=GroupFactory(manager=people.stranger), name="远方")
    client = sign_in(people.manager)

    with django_assert_max_num_queries(25):
        text = read(client, "customers:contact_list", birth_month="3")

    assert known.name in text
    assert "139****0077" in text
    assert "13912340077" not in text
    assert "李四" not in text
    assert elsewhere.name not in text
    assert "王小明" in read(client, "customers:contact_list", words="wxm")
    assert "李四" in read(client, "customers:contact_list", role="USER")
    assert elsewhere.name not in read(client, "customers:contact_list", sort="name")


@pytest.fixture
def ranked(people):
    """Seven individuals at several levels, some at none; two of them a colleague's."""
    made = []
    for number, rank in enumerate((2, None, 4, 0, 2, None, 1)):
        customer = CustomerFactory(
            manager=people.colleague if number in (1, 4) else people.manager,
            number=f"01S9000000{number}",
            open_date=None if number == 3 else date(2020, 1, 10 - number),
        )
        if rank is not None:
            StandingFactory(customer=customer, rank=rank)
        made.append(customer)
    return made


@pytest.mark.parametrize("few", [0, 500])
@pytest.mark.parametrize("name", ["customers:list", "customers:individual_list"])
@pytest.mark.parametrize(
    ("sort", "places"),
    [
        ("level", [3, 6, 0, 4, 2, 1, 5]),
        ("-level", [2, 4, 0, 6, 3, 5, 1]),
        ("open_date", [6, 5, 4, 2, 1, 0, 3]),
        ("-open_date", [0, 1, 2, 4, 5, 6, 3]),
        ("manager", None),
        ("-manager", None),
    ],
)
def test_individuals_follow_each_other_in_every_order_over_all_pages(
    sign_in, people, ranked, monkeypatch, few, name, sort, places
):
    monkeypatch.setattr(addresses, "PAGE_SIZES", (2, 3))
    monkeypatch.setattr(querysets, "FEW", few)
    wanted = [ranked[place].number for place in places or ()]
    client, seen, at = sign_in(people.supervisor), [], f"?sort={sort}"

    while at and len(seen) < 20:
        page = client.get(reverse(name) + at).context["page"]
        seen += [line.pk for line in page.lines]
        at = next((step.url for step in page.steps if step.name == "next"), "")
    last = client.get(reverse(name) + f"?sort={sort}&before=end").context["page"]

    numbers = list(map(Customer.objects.in_bulk(seen).get, seen))
    if wanted:
        assert [customer.number for customer in numbers] == wanted
    else:
        owners = [customer.manager_id for customer in numbers]
        assert owners == sorted(owners, reverse=sort.startswith("-"))
    assert sorted(seen) == sorted(customer.pk for customer in ranked)
    assert [line.pk for line in last.lines] == seen[-2:]
