"""The panels of a customer's page: what they show, to whom, in how many queries."""

from datetime import date

import pytest
from django.urls import reverse
from tests.factories.customers import (
    CustomerFactory,
    MonthFactory,
    ServiceLogFactory,
    SubscriptionFactory,
)
from tests.factories.tiering import StandingFactory

from dakehu.audit.choices import ChangeVerb
from dakehu.audit.operations import record_change
from dakehu.ui.panels import panels_for

PANELS = {
    "profile": "customers:profile_panel",
    "standing": "tiering:customer_panel",
    "months": "customers:months_panel",
    "products": "customers:products_panel",
    "group": "customers:group_panel",
    "logs": "customers:logs_panel",
    "changes": "customers:changes_panel",
}


def read(client, panel, customer):
    response = client.get(reverse(PANELS[panel], args=[customer.pk]))
    assert response.status_code == 200
    return response.content.decode()


def test_the_panels_are_registered_for_customers(manager):
    registered = {panel.name: panel.url_name for panel in panels_for("customer", manager)}

    assert PANELS.items() <= registered.items()


@pytest.mark.parametrize("panel", PANELS)
def test_a_panel_of_a_customer_out_of_reach_does_not_exist(sign_in, stranger, customers, panel):
    response = sign_in(stranger).get(reverse(PANELS[panel], args=[customers.own.pk]))

    assert response.status_code == 404


@pytest.mark.parametrize("panel", PANELS)
@pytest.mark.parametrize("whose", ["own", "group"])
def test_a_panel_of_a_customer_without_anything_says_so(sign_in, manager, customers, panel, whose):
    assert read(sign_in(manager), panel, getattr(customers, whose)).strip()


def test_the_profile_masks_phone_and_offers_to_reveal_it(sign_in, people, customers):
    customers.own.phone = "13812345678"
    customers.own.save()

    for_manager = read(sign_in(people.manager), "profile", customers.own)
    for_analyst = read(sign_in(people.province_analyst), "profile", customers.own)

    reveal = reverse("people:reveal", args=["customers.customer", customers.own.pk])
    assert "138****5678" in for_manager
    assert "13812345678" not in for_manager + for_analyst
    assert reveal in for_manager
    assert reveal not in for_analyst


def test_the_profile_of_a_group_masks_its_address(sign_in, manager, customers):
    text = read(sign_in(manager), "profile", customers.group)

    assert "滨海市东城区" in text
    assert "港湾路88号" not in text
    assert "320" in text


def test_months_are_drawn_and_listed(sign_in, manager, customers):
    MonthFactory(customer=customers.own, ym=202602, revenue_fen=18_850)

    text = read(sign_in(manager), "months", customers.own)

    assert "188.50" in text
    assert "customer-months" in text


def test_group_months_show_informatisation(sign_in, manager, customers):
    MonthFactory(customer=customers.group, it_revenue_fen=1_234_500, it_products=7)

    assert "12,345.00" in read(sign_in(manager), "months", customers.group)


def test_products_show_since_when(sign_in, manager, customers):
    SubscriptionFactory(customer=customers.own, product_code="MAS", since=date(2024, 5, 1))
    SubscriptionFactory(customer=customers.own, product_code="ADC", since=date.min)

    text = read(sign_in(manager), "products", customers.own)

    assert "2024-05-01" in text
    assert "0001" not in text


def test_members_keep_to_the_reach_of_who_looks(sign_in, people, customers):
    for customer in (customers.own, customers.colleagues):
        customer.group = customers.group
        customer.save()

    text = read(sign_in(people.manager), "group", customers.group)

    assert customers.own.number in text
    assert customers.colleagues.number not in text
    assert customers.group.number in read(sign_in(people.manager), "group", customers.own)


def test_acts_are_told_with_who_did_them(sign_in, manager, customers):
    ServiceLogFactory(customer=customers.own, staff=manager)

    text = read(sign_in(manager), "logs", customers.own)

    assert "电话回访，客户满意" in text
    assert "2026-02-27 11:00" in text
    assert "王芳" in text


def test_changes_are_told_in_words(sign_in, people, customers, at):
    record_change(
        verb=ChangeVerb.CHANGED,
        subject=customers.own,
        fields={"manager": ("李强", "王芳")},
        by=None,
        at=at,
    )

    text = read(sign_in(people.manager), "changes", customers.own)

    assert "李强 → 王芳" in text


def test_the_standing_explains_itself(sign_in, manager, customers):
    StandingFactory(
        customer=customers.own,
        rank=2,
        active_from=date(2026, 2, 1),
        evidence={"old_level": 0, "avg3": 12_345, "arr": 0, "numbers_version": 1},
    )

    text = read(sign_in(manager), "standing", customers.own)

    for said in ("银卡", "2026-02-01", "123.45", "100.00", "76.55"):
        assert said in text


@pytest.mark.parametrize(
    ("rank", "evidence", "opened", "said"),
    [
        (0, {"old_level": 0, "avg3": 100, "arr": 0}, date(2015, 1, 1), "50.00"),
        (2, {"old_level": 0, "avg3": 50_000, "arr": 0}, date(2026, 2, 1), "90"),
        (1, {"old_level": 0, "avg3": 12_000, "arr": 75}, date(2015, 1, 1), "75"),
        (3, {"old_level": 3, "avg3": 19_000, "arr": 0}, date(2015, 1, 1), "90%"),
    ],
)
def test_every_reason_of_a_level_is_told(
    sign_in, manager, customers, rank, evidence, opened, said
):
    customers.own.open_date = opened
    customers.own.save()
    StandingFactory(customer=customers.own, rank=rank, evidence=evidence)

    assert said in read(sign_in(manager), "standing", customers.own)


@pytest.mark.parametrize("panel", PANELS)
def test_a_panel_takes_a_constant_number_of_queries(
    sign_in, people, customers, panel, django_assert_max_num_queries, django_assert_num_queries, at
):
    def grow():
        for _ in range(4):
            CustomerFactory(manager=people.manager, group=customers.group)
            SubscriptionFactory(customer=customers.group)
            ServiceLogFactory(customer=customers.group, staff=people.manager)
            record_change(
                verb=ChangeVerb.CHANGED, subject=customers.group, fields={}, by=None, at=at
            )

    client = sign_in(people.supervisor)
    grow()
    with django_assert_max_num_queries(10) as few:
        read(client, panel, customers.group)
    grow()

    with django_assert_num_queries(len(few.captured_queries)):
        read(client, panel, customers.group)
