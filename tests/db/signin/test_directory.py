"""The company directory proves passwords; it makes no accounts, and changes none."""

import pytest
from django.core.exceptions import PermissionDenied

from dakehu.people.models import Staff
from dakehu.signin.policies import keep_to_accounts


def test_a_person_with_an_account_keeps_the_name_the_account_has(manager):
    assert keep_to_accounts({"username": "manager", "name": "别的名字"}) == {"username": "manager"}


@pytest.mark.parametrize("username", ["nobody", "", "MANAGER"])
def test_nobody_is_made_for_a_name_without_an_account(manager, username):
    before = Staff.objects.count()

    with pytest.raises(PermissionDenied):
        keep_to_accounts({"username": username})
    assert Staff.objects.count() == before


def test_a_suspended_person_is_not_let_in_by_the_directory(manager):
    Staff.objects.filter(pk=manager.pk).update(is_active=False)

    with pytest.raises(PermissionDenied):
        keep_to_accounts({"username": "manager"})
