"""The customer list: scope, columns, filters, search, export, masking, constant queries."""

import io

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook
from tests.factories.customers import CustomerFactory
from tests.factories.exports import ask, decide
from tests.factories.tiering import StandingFactory

from dakehu.audit.models import Access

PLAIN = "13812345678"
END_FROM, END_TO = "contract_end_after", "contract_end_before"
ALL_COLUMNS = "number,name,kind,level,manager,unit,status,brand,phone,group,contract_end,managed"


@pytest.fixture
def zhang(customers):
    """The manager's customer with a phone of its own and a level."""
    customers.own.phone = PLAIN
    customers.own.save()
    StandingFactory(customer=customers.own, rank=4)
    return customers.own


def read(client, **query):
    response = client.get("/customers/", query)
    assert response.status_code == 200
    return response.content.decode()


def test_the_list_shows_the_customers_within_reach(sign_in, people, customers):
    text = read(sign_in(people.supervisor))

    for customer in (customers.own, customers.colleagues, customers.unowned, customers.group):
        assert customer.number in text
    assert customers.strangers.number not in text


def test_a_row_shows_level_manager_unit_and_the_masked_phone(sign_in, manager, zhang):
    text = read(sign_in(manager))

    for shown in ("钻石卡", "王芳", "东城", "全球通", "138****5678"):
        assert shown in text
    assert PLAIN not in text


def test_every_column_keeps_the_phone_masked(sign_in, manager, zhang):
    text = read(sign_in(manager), columns=ALL_COLUMNS)

    assert PLAIN not in text


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ({"words": "zhangwei"}, {"own"}),
        ({"words": "13812345678"}, {"own"}),
        ({"kind": "GROUP"}, {"group"}),
        ({"level": "4"}, {"own"}),
        ({"level": "1"}, set()),
        ({"manager": "none"}, {"unowned"}),
        ({"status": "0"}, {"own", "colleagues", "unowned"}),
        ({"brand": "全球通", "kind": "INDIVIDUAL"}, {"own", "colleagues", "unowned"}),
        ({"managed": "false"}, set()),
        (
            {"contract_end_after": "2026-03-01", "contract_end_before": "2026-03-31"},
            {"colleagues"},
        ),
    ],
)
def test_filters_narrow_the_list(sign_in, people, customers, zhang, query, shown):
    customers.colleagues.contract_end = "2026-03-20"
    customers.colleagues.save()

    text = read(sign_in(people.supervisor), **query)

    assert {name for name, each in vars(customers).items() if each.number in text} == shown


def test_a_unit_filter_takes_what_is_below(sign_in, people, customers):
    client = sign_in(people.province_analyst)

    city = read(client, unit=people.units.city.pk)
    district = read(client, unit=people.units.next_district.pk)

    assert customers.unowned.number in city
    assert customers.strangers.number not in city
    assert customers.unowned.number in district
    assert customers.own.number not in district


def test_a_unit_out_of_reach_cannot_be_asked_for(sign_in, people, customers):
    text = read(sign_in(people.supervisor), unit=people.units.other_city.pk)

    assert customers.strangers.number not in text


def test_a_group_filter_shows_its_members(sign_in, people, customers):
    customers.own.group = customers.group
    customers.own.save()

    text = read(sign_in(people.supervisor), group=customers.group.pk)

    assert customers.own.number in text
    assert customers.colleagues.number not in text


def test_the_order_is_by_city_and_number_both_ways(sign_in, people, customers):
    client = sign_in(people.province_analyst)
    numbers = [each.number for each in vars(customers).values()]

    rising = read(client, sort="number")
    falling = read(client, sort="-number")

    assert sorted(numbers, key=rising.index) == sorted(numbers)
    assert sorted(numbers, key=falling.index) == sorted(numbers, reverse=True)


def test_the_number_of_queries_does_not_grow_with_the_rows(
    sign_in, people, django_assert_max_num_queries, django_assert_num_queries
):
    client = sign_in(people.supervisor)
    for _ in range(3):
        StandingFactory(customer=CustomerFactory(manager=people.manager))
    with django_assert_max_num_queries(20) as few:
        read(client)
    for _ in range(15):
        StandingFactory(customer=CustomerFactory(manager=people.manager))

    with django_assert_num_queries(len(few.captured_queries)):
        read(client)


def test_the_released_export_holds_the_list_masked(
    sign_in, manager, supervisor, zhang, finish_work, home
):
    columns = ALL_COLUMNS.split(",")
    export = decide(ask(manager, columns=columns), supervisor)
    finish_work()

    response = sign_in(manager).get(f"/files/exports/{export.pk}/download/")

    book = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(response.streaming_content)))
    cells = [cell for line in book.get_sheet_by_index(0).to_python() for cell in line]
    assert {"01S00000101", "张伟", "钻石卡", "138****5678"} <= set(cells)
    assert PLAIN not in str(cells)
    assert Access.objects.filter(verb="EXPORTED", actor_id=manager.pk).count() == 1


def test_the_list_is_not_taken_away_without_a_release(sign_in, manager, zhang):
    response = sign_in(manager).get("/customers/", {"export": "xlsx"})

    assert response["Location"].startswith("/files/exports/new/?screen=customers")
    assert not Access.objects.filter(verb="EXPORTED").exists()


def test_a_row_leads_to_the_customers_page(sign_in, manager, zhang):
    assert reverse("desk:customer", args=[zhang.pk]) in read(sign_in(manager))
