"""Personal values stay masked until they are revealed, and every look is recorded."""

import json

import pytest
from django.core import serializers
from django.core.exceptions import PermissionDenied
from django.core.serializers.json import DjangoJSONEncoder
from tests.factories.customers import CustomerFactory

from dakehu.audit.choices import Purpose
from dakehu.audit.models import Access
from dakehu.customers.queries import get_customer
from dakehu.people.errors import UnableToReveal
from dakehu.people.operations import reveal

PLAIN = "13812345678"


@pytest.fixture
def zhang(people):
    """The manager's customer, as the database gives it."""
    made = CustomerFactory(manager=people.manager, phone=PLAIN)
    return get_customer(people.manager, made.pk)


def test_a_phone_is_masked_however_it_becomes_text(zhang):
    assert str(zhang.phone) == f"{zhang.phone}" == repr(zhang.phone) == "138****5678"


def test_a_phone_cannot_slip_into_json(zhang):
    with pytest.raises(TypeError):
        json.dumps({"phone": zhang.phone}, cls=DjangoJSONEncoder)


def test_revealing_gives_the_plain_value_and_leaves_a_trace(zhang, manager, at):
    plain = reveal(zhang, value="phone", purpose=Purpose.CONTACT, by=manager, at=at)

    trace = Access.objects.get()
    assert plain == PLAIN
    assert (trace.verb, trace.actor_id, trace.actor_name) == ("REVEALED", manager.pk, "王芳")
    assert (trace.subject_type, trace.subject_id) == ("customers.customer", zhang.pk)
    assert (trace.detail, trace.purpose, trace.at) == ("phone", "CONTACT", at)


def test_an_address_of_a_group_is_revealed_too(people, customers, at):
    group = get_customer(people.manager, customers.group.pk)

    plain = reveal(
        group.profile,
        value="address",
        purpose=Purpose.DELIVER,
        by=people.manager,
        at=at,
    )

    assert plain == "滨海市东城区港湾路88号"


def test_what_is_not_there_cannot_be_revealed(zhang, manager, at):
    with pytest.raises(UnableToReveal):
        reveal(zhang, value="birth_date", purpose=Purpose.CONTACT, by=manager, at=at)
    assert not Access.objects.exists()


def test_revealing_needs_a_purpose_and_a_role(zhang, people, at):
    with pytest.raises(UnableToReveal):
        reveal(zhang, value="phone", purpose="", by=people.manager, at=at)
    with pytest.raises(PermissionDenied):
        reveal(
            zhang,
            value="phone",
            purpose=Purpose.CONTACT,
            by=people.province_analyst,
            at=at,
        )
    assert not Access.objects.exists()


def test_serialised_customers_for_backup_keep_their_phone(zhang):
    # A dump is for the administrator's own backup and must be loadable again.
    dumped = json.loads(serializers.serialize("json", [zhang]))

    assert dumped[0]["fields"]["phone"] == PLAIN
