"""Furnishing the files of the demonstration's customers."""

import pytest
from tests.factories.customers import CustomerFactory

from dakehu.customers import queries
from dakehu.customers.models import Contact, Customer, CustomValue, PersonProfile
from dakehu.demo.operations import furnish_archives

pytestmark = pytest.mark.django_db


def test_every_file_is_filled_once(customers, people, at):
    CustomerFactory(manager=people.manager, status=4)

    for _ in range(2):
        furnish_archives(book=None, administrator=people.administrator, at=at)

    roles = {contact.role for contact in queries.contacts_of(customers.group)}
    assert {"LEADER", "KEY_PERSON"} <= roles
    assert PersonProfile.objects.filter(customer=customers.own).exists()
    assert Customer.objects.filter(kind="PROSPECT").count() == 24
    assert Customer.objects.filter(retained_at__isnull=False).count() == 1
    assert Contact.objects.count() == len(queries.contacts_of(customers.group))
    assert CustomValue.objects.count() in {0, 4}
