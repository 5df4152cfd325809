"""Roles on screen: read, copied, changed by a grid, retired only when nobody holds them."""

import pytest
from django.urls import reverse
from tests.factories.people import StaffFactory
from tests.factories.rights import make_role

from dakehu.people.models import StoredRole

FORM = {
    "version": 0,
    "name": "客户助理",
    "description": "协助客户经理",
    "scope": "UNIT",
    "permissions": ["customers.view", "desk.view"],
}


@pytest.fixture
def browser(sign_in, administrator, english):
    """The administrator's browser, in English."""
    return sign_in(administrator, headers={"Accept-Language": "en"})


def page_of(response):
    return response.content.decode()


def test_every_role_stands_in_the_list_with_its_holders(browser, people):
    make_role(removed_at="2026-03-01T00:00:00Z")

    page = page_of(browser.get(reverse("people:role_list")))

    for word in ("Account manager", "Administrator", "客户助理", "Out of use", "Made here"):
        assert word in page
    assert f'{reverse("people:staff_list")}?role=ACCOUNT_MANAGER">3</a>' in page


def test_a_role_of_the_installation_can_only_be_copied(browser):
    page = page_of(browser.get(reverse("people:role_page", args=["SUPERVISOR"])))

    assert "This role belongs to the installation" in page
    assert reverse("people:role_add") + "?like=SUPERVISOR" in page
    assert "/change/" not in page


def test_a_role_that_does_not_exist_is_not_found(browser):
    assert browser.get(reverse("people:role_page", args=["NONE"])).status_code == 404


def test_a_role_is_made_by_copying_another_one(browser):
    url = reverse("people:role_add") + "?like=HALL"
    page = page_of(browser.get(url))
    assert 'value="customers.reveal" checked' in page
    assert 'value="people.manage">' in page

    response = browser.post(url, FORM)

    made = StoredRole.objects.get()
    assert response.url == reverse("people:role_page", args=[made.code])
    assert (made.name, made.scope, made.like) == ("客户助理", "UNIT", "HALL")
    assert made.permissions == ["customers.view", "desk.view"]
    assert "Hall clerk" in page_of(browser.get(response.url))


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"name": ""}, "This field is required"),
        ({"name": "Administrator"}, "Another role has this name"),
        ({"scope": "GALAXY"}, "Select a valid choice"),
        ({"permissions": ["customers.everything"]}, "Select a valid choice"),
    ],
)
def test_what_cannot_stand_is_told_and_kept_on_the_page(browser, values, words):
    response = browser.post(reverse("people:role_add"), {**FORM, **values})

    assert response.status_code == 422
    assert words in page_of(response)
    assert not StoredRole.objects.exists()


def test_a_role_is_changed_by_its_grid(browser):
    role = make_role()
    url = reverse("people:role_change", args=[role.code])

    browser.post(url, {**FORM, "version": 1, "permissions": ["customers.view", "alerts.view"]})

    assert StoredRole.objects.get().permissions == ["alerts.view", "customers.view"]
    page = page_of(browser.get(reverse("people:role_page", args=[role.code])))
    assert "Nothing was changed" not in page


def test_permissions_beyond_the_own_role_cannot_be_ticked(sign_in, people, english):
    role = make_role(code="ROLE_2", name="角色管理员", permissions=["people.roles"])
    keeper = StaffFactory(role=role.code, unit=people.units.city)
    browser = sign_in(keeper, headers={"Accept-Language": "en"})
    other = make_role()
    url = reverse("people:role_change", args=[other.code])

    assert 'value="customers.view" checked disabled' in page_of(browser.get(url))
    assert browser.post(url, {**FORM, "version": 1}).status_code == 302
    response = browser.post(url, {**FORM, "version": 2, "permissions": ["customers.reveal"]})
    assert response.status_code == 422
    assert "cannot permit or reach more than your own" in page_of(response)


def test_two_edits_are_shown_side_by_side(browser):
    role = make_role()
    url = reverse("people:role_change", args=[role.code])
    browser.post(url, {**FORM, "version": 1, "name": "助理甲"})

    response = browser.post(url, {**FORM, "version": 1, "name": "助理乙"})

    assert response.status_code == 409
    assert "助理甲" in page_of(response)
    chosen = {**FORM, "version": 2, "name": "助理乙", "choose_name": "theirs"}
    assert browser.post(url, chosen).status_code == 302
    assert StoredRole.objects.get().name == "助理甲"


def test_a_role_that_people_hold_stays_in_use(browser, people):
    role = make_role()
    StaffFactory(role=role.code, unit=people.units.city)

    page = page_of(browser.post(reverse("people:role_retire", args=[role.code]), follow=True))

    assert "1 person holds this role" in page
    assert StoredRole.objects.get().removed_at is None


def test_a_role_is_retired_and_brought_back(browser):
    role = make_role()

    page = page_of(browser.post(reverse("people:role_retire", args=[role.code]), follow=True))
    assert "This role is out of use" in page
    browser.post(reverse("people:role_revive", args=[role.code]))

    assert StoredRole.objects.get().removed_at is None


def test_a_role_comes_back_only_under_a_free_name(browser):
    role = make_role(removed_at="2026-03-01T00:00:00Z")
    make_role(code="ROLE_2")

    page = page_of(browser.post(reverse("people:role_revive", args=[role.code]), follow=True))

    assert "Another role has this name" in page
