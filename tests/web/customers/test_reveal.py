"""Revealing a masked value: a purpose, a trace, and only for who may."""

import pytest
from django.urls import reverse

from dakehu.audit.models import Access

PLAIN = "13812345678"
ASKED = {"value": "phone", "purpose": "CONTACT"}


@pytest.fixture
def zhang(customers):
    """The manager's customer with a phone of its own."""
    customers.own.phone = PLAIN
    customers.own.save()
    return customers.own


def url_of(customer):
    return reverse("people:reveal", args=["customers.customer", customer.pk])


def ask(client, customer, *, htmx=True, **asked):
    headers = {"HX-Request": "true"} if htmx else {}
    url = url_of(customer)
    return client.post(url, {**ASKED, **asked}, headers=headers)


def traces():
    return list(Access.objects.filter(verb="REVEALED").values_list("actor_id", "purpose"))


def test_the_value_comes_in_plain_and_leaves_a_trace(sign_in, manager, zhang):
    response = ask(sign_in(manager), zhang)

    assert response.status_code == 200
    assert PLAIN in response.content.decode()
    assert "<html" not in response.content.decode()
    assert traces() == [(manager.pk, "CONTACT")]


def test_without_scripts_the_value_comes_as_a_page(sign_in, manager, zhang):
    response = ask(sign_in(manager), zhang, htmx=False)

    assert PLAIN in response.content.decode()
    assert "<html" in response.content.decode()


@pytest.mark.parametrize(
    "asked", [{"purpose": ""}, {"purpose": "CURIOSITY"}, {"value": "name"}, {"value": "address"}]
)
def test_without_a_purpose_or_a_value_nothing_is_revealed(sign_in, manager, zhang, asked):
    response = ask(sign_in(manager), zhang, **asked)

    assert response.status_code == 422
    assert PLAIN not in response.content.decode()
    assert traces() == []


def test_a_customer_out_of_reach_does_not_exist(sign_in, stranger, zhang):
    assert ask(sign_in(stranger), zhang).status_code == 404
    assert traces() == []


def test_a_role_that_may_not_reveal_is_refused(sign_in, province_analyst, zhang):
    assert ask(sign_in(province_analyst), zhang).status_code == 403
    assert traces() == []


def test_a_link_reveals_nothing(sign_in, manager, zhang):
    response = sign_in(manager).get(
        reverse("people:reveal", args=["customers.customer", zhang.pk]), ASKED
    )

    assert response.status_code == 405
    assert traces() == []


def test_what_holds_no_personal_values_has_no_such_address(sign_in, manager, zhang):
    url = reverse("people:reveal", args=["customers.gift", zhang.pk])

    assert sign_in(manager).post(url, ASKED).status_code == 404
