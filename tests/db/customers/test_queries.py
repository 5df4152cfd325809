"""Customers for those who may see them; search by number, phone, name, pinyin and initials."""

import pytest
from django.http import Http404
from tests.factories.customers import CustomerFactory, MonthFactory, SubscriptionFactory

from dakehu.customers import queries
from dakehu.customers.choices import CustomerKind

OF_CITY_01 = {"own", "colleagues", "unowned", "group"}
EVERYBODY = OF_CITY_01 | {"strangers"}
REACH = {
    "manager": {"own", "group"},
    "colleague": {"colleagues"},
    "stranger": {"strangers"},
    "telephone_manager": set(),
    "hall_clerk": {"own", "colleagues", "group"},
    "engineer": {"own", "colleagues", "group"},
    "partner": set(),
    "chief_representative": set(),
    "operations_center": EVERYBODY,
    "supervisor": OF_CITY_01,
    "dispatcher": OF_CITY_01,
    "hotline_agent": OF_CITY_01,
    "province_analyst": EVERYBODY,
    "headquarters_analyst": EVERYBODY,
    "administrator": EVERYBODY,
}


def parts(customers, found):
    """The names by which tests know the customers found."""
    names = {customer.pk: part for part, customer in vars(customers).items()}
    return {names[each.pk] for each in found}


def test_every_person_has_an_expected_reach(people):
    assert REACH.keys() == people.everybody.keys()


@pytest.mark.parametrize("part", REACH)
def test_a_role_sees_its_customers_and_no_other(people, customers, part):
    found = queries.customers_visible_to(people.everybody[part])

    assert parts(customers, found) == REACH[part]


@pytest.mark.parametrize("part", REACH)
def test_a_customer_out_of_reach_does_not_exist(people, customers, part):
    actor = people.everybody[part]

    for name, customer in vars(customers).items():
        if name in REACH[part]:
            assert queries.get_customer(actor, customer.pk) == customer
        else:
            with pytest.raises(Http404):
                queries.get_customer(actor, customer.pk)


@pytest.mark.parametrize("part", REACH)
def test_search_and_exact_number_keep_to_the_reach(people, customers, part):
    actor = people.everybody[part]

    found = queries.customers_visible_to(actor).matching("zhangwei")
    exact = queries.customer_named(actor, customers.own.number)

    assert parts(customers, found) == REACH[part] & {"own"}
    assert (exact is not None) == ("own" in REACH[part])


@pytest.mark.parametrize("part", REACH)
def test_members_of_a_group_keep_to_the_reach(people, customers, part):
    for name in ("own", "colleagues", "strangers"):
        member = getattr(customers, name)
        member.group = customers.group
        member.save()

    found = queries.members_of(people.everybody[part], customers.group)

    assert parts(customers, found) == REACH[part] & {"own", "colleagues", "strangers"}


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("张伟", {"own"}),
        ("伟", {"own"}),
        ("zhangwei", {"own"}),
        ("ZhangW", {"own"}),
        ("zw", {"own"}),
        ("wxy", {"colleagues"}),
        ("xiuying", {"colleagues"}),
        ("shanxiaoxia", {"strangers"}),
        ("sxx", {"strangers"}),
        ("01S00000104", {"unowned"}),
        ("00000104", {"unowned"}),
        ("01s00000104", {"unowned"}),
        ("港务", {"group"}),
        ("bhgwjt", {"group"}),
        ("zhang 伟 0101", {"own"}),
        ("zhang 娜", set()),
        ("%", set()),
        ("_", set()),
    ],
)
def test_search_finds_number_name_pinyin_and_initials(people, customers, typed, found):
    visible = queries.customers_visible_to(people.administrator)

    assert parts(customers, visible.matching(typed)) == found


def test_a_phone_is_found_whole_or_by_the_digits_that_are_not_masked(people):
    CustomerFactory(manager=people.manager, phone="13987654321")
    visible = queries.customers_visible_to(people.administrator)

    assert visible.matching("13987654321").count() == 1
    assert visible.matching("4321").count() == 1
    assert not visible.matching("54321").exists()
    assert not visible.matching("8765").exists()


def test_a_whole_number_or_phone_leads_straight_to_the_customer(people, customers):
    own = queries.get_customer(people.manager, customers.own.pk)

    assert queries.customer_named(people.manager, f" {own.number} ") == own
    assert queries.customer_named(people.manager, own.phone.plain) == own
    assert queries.customer_named(people.manager, own.number[:-1]) is None
    assert queries.customer_named(people.manager, "  ") is None


def test_a_phone_that_two_customers_share_leads_to_neither(people):
    for number in ("01S1", "01S2"):
        CustomerFactory(manager=people.manager, number=number, phone="13900000000")

    assert queries.customer_named(people.manager, "13900000000") is None


def test_a_number_that_is_both_individual_and_group_leads_to_neither(people):
    CustomerFactory(manager=people.manager, number="0101")
    CustomerFactory(manager=people.manager, number="0101", kind=CustomerKind.GROUP)

    assert queries.customer_named(people.manager, "0101") is None


def test_months_are_the_newest_oldest_first(people, customers):
    for ym in (202512, 202602, 202601):
        MonthFactory(customer=customers.own, ym=ym)

    assert [each.ym for each in queries.months_of(customers.own)] == [202512, 202601, 202602]


def test_products_still_held_come_first(people, customers):
    SubscriptionFactory(customer=customers.own, product_code="A", until="2026-01-01")
    SubscriptionFactory(customer=customers.own, product_code="B")

    assert [each.product_code for each in queries.subscriptions_of(customers.own)] == ["B", "A"]


def test_a_list_takes_a_constant_number_of_queries(people, django_assert_num_queries):
    def read():
        rows = queries.customers_with_levels(people.supervisor)
        return [(row.name, row.unit.name, str(row.manager), str(row.group)) for row in rows]

    CustomerFactory(manager=people.manager)
    with django_assert_num_queries(4):
        read()
    for _ in range(10):
        CustomerFactory(manager=people.manager)
    with django_assert_num_queries(4):
        assert len(read()) == 11


def test_places_are_those_of_individuals_only(people, customers):
    found = list(queries.places_of([customers.own.number, customers.group.number, "none"]))

    assert [(each.pk, each.unit_id, each.manager_id) for each in found] == [
        (customers.own.pk, people.units.district.pk, people.manager.pk)
    ]
