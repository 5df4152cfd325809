"""Others' accounts: who may manage them, what is shown once, what is recorded."""

import re

import pytest
from django.utils import timezone
from tests.factories.people import PASSWORD

from dakehu.audit.models import Change
from dakehu.signin.queries import factors_of

GIVEN = re.compile(r"given-password\"><code>(\w+)</code>")


@pytest.fixture
def office(sign_in, administrator):
    """The administrator's browser."""
    return sign_in(administrator)


def act(office, person, what, **fields):
    return office.post(f"/account/staff/{person.pk}/{what}/", fields)


def test_the_account_tells_how_a_person_logs_in(office, manager, sign_in, words):
    sign_in(manager)

    body = words(office.get(f"/account/staff/{manager.pk}/"))

    assert "Account of 王芳" in body
    assert "Unknown device" in body


def test_one_s_own_account_is_kept_elsewhere(office, administrator, words):
    body = words(office.get(f"/account/staff/{administrator.pk}/"))

    assert "keep it under “My account”" in body
    assert "Reset the password" not in body


def test_a_given_password_is_shown_once_and_logs_in(office, manager, type_password, words):
    given = GIVEN.search(words(act(office, manager, "password")))[1]

    assert given not in words(office.get(f"/account/staff/{manager.pk}/"))
    assert type_password(manager, given)["Location"] == "/"
    assert given not in str([change.fields for change in Change.objects.all()])


def test_a_suspended_person_is_out_and_cannot_log_in(
    office, manager, sign_in, type_password, words
):
    browser = sign_in(manager)

    act(office, manager, "suspend", reason="电脑丢失")

    assert browser.get("/account/").status_code == 302
    assert type_password(manager, browser=browser).status_code == 200
    assert Change.objects.filter(reason="电脑丢失", subject_id=manager.pk).exists()
    act(office, manager, "allow")
    assert type_password(manager, browser=browser).status_code == 302


def test_a_suspension_needs_a_reason(office, manager):
    act(office, manager, "suspend")

    manager.refresh_from_db()
    assert manager.is_active


def test_failed_log_ins_are_shown_and_forgotten(office, manager, type_password, client, words):
    for _attempt in range(5):
        type_password(manager, "wrong")

    assert "Locked after failures" in words(office.get(f"/account/staff/{manager.pk}/"))
    act(office, manager, "unlock")
    assert type_password(manager).status_code == 302


def test_lost_second_factors_are_removed(office, manager, telephone, type_password):
    telephone.set_up_for(manager, timezone.now())

    act(office, manager, "factors/remove")

    assert not factors_of(manager).is_any
    assert type_password(manager)["Location"] == "/"


def test_all_sessions_of_a_person_are_ended(office, manager, sign_in):
    browsers = [sign_in(manager), sign_in(manager)]

    act(office, manager, "sessions/end")

    assert {browser.get("/account/").status_code for browser in browsers} == {302}


@pytest.mark.parametrize(
    "what", ["password", "suspend", "unlock", "factors/remove", "sessions/end", "identity/untie"]
)
def test_nobody_manages_an_account_with_more_rights(
    sign_in, people, administrator, settings, what, words
):
    from dakehu.people.models import StoredRole

    StoredRole.objects.create(
        code="UNIT_KEEPER", name="Keeper", scope="ALL", permissions=["people.manage", "desk.view"]
    )
    keeper = people.hall_clerk
    keeper.role, keeper.unit = "UNIT_KEEPER", people.units.headquarters
    keeper.save()
    browser = sign_in(keeper)

    act(browser, administrator, what, reason="x")

    administrator.refresh_from_db()
    assert administrator.is_active
    assert administrator.check_password(PASSWORD)
    body = words(browser.get(f"/account/staff/{administrator.pk}/"))
    assert "may do things that you may not" in body


def test_the_panel_of_a_person_leads_to_the_account(office, manager, words):
    body = words(office.get(f"/account/staff/{manager.pk}/panel/"))

    assert f'href="/account/staff/{manager.pk}/"' in body
    assert "<html" not in body
