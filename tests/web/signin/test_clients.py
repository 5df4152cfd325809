"""Other systems on screen: let in, changed, renewed, revoked; the key is shown once (W14)."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from tests.factories.reports import make_client

from dakehu.audit.models import Change
from dakehu.signin.models import ApiClient
from dakehu.signin.queries import client_with_key

ADD = "/account/systems/add/"
KEY = re.compile(r"dk_[a-z0-9]{10}_[A-Za-z0-9]{40}")


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def browser(sign_in, administrator):
    return sign_in(administrator)


@pytest.fixture
def sent(people):
    """What the form sends."""
    return {
        "name": "CRM",
        "unit": people.units.city.pk,
        "rights": ["leaving.report"],
        "per_minute": 60,
        "expires_on": "",
        "note": "",
        "version": 0,
    }


def test_a_key_is_shown_once_and_opens(browser, sent, now):
    page = browser.post(ADD, sent).content.decode()

    key = KEY.search(page)[0]
    made = ApiClient.objects.get()
    assert client_with_key(key, at=now) == made
    assert key not in browser.get(f"/account/systems/{made.pk}/").content.decode()
    assert key.rpartition("_")[2] not in str(ApiClient.objects.values())
    assert key.rpartition("_")[2] not in str(Change.objects.values())


def test_the_log_tells_who_let_a_system_in_without_its_hash(browser, sent, administrator):
    browser.post(ADD, sent)

    told = Change.objects.get(subject_type="signin.apiclient")
    assert (told.verb, told.actor_id) == ("CREATED", administrator.pk)
    assert told.fields["key_hash"][1] == "***"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"name": ""}, "This field is required."),
        ({"rights": []}, "This field is required."),
        ({"per_minute": 0}, "1"),
        ({"unit": 0}, ""),
        ({"expires_on": "2020-01-01"}, "This day is over."),
    ],
)
def test_what_cannot_stand_is_refused_at_its_place(browser, sent, change, words):
    answer = browser.post(ADD, {**sent, **change})

    assert answer.status_code == 422
    assert "field-error" in answer.content.decode()
    assert words in answer.content.decode()
    assert not ApiClient.objects.exists()


def test_two_systems_in_use_have_two_names(browser, sent, people, now):
    client, _key = make_client(people, people.units.city, at=now)

    assert browser.post(ADD, sent).status_code == 422
    browser.post(f"/account/systems/{client.pk}/revoke/")
    assert browser.post(ADD, sent).status_code == 200


def test_a_change_holds_and_a_late_one_is_shown_as_a_clash(browser, sent, people, now):
    client, key = make_client(people, people.units.city, at=now)
    url = f"/account/systems/{client.pk}/change/"
    last = timezone.localdate(now) + timedelta(days=9)

    saved = browser.post(url, {**sent, "version": 1, "per_minute": 7, "expires_on": last})
    late = browser.post(url, {**sent, "version": 1, "per_minute": 9})

    assert (saved.status_code, late.status_code) == (302, 409)
    client.refresh_from_db()
    assert client.per_minute == 7
    assert client_with_key(key, at=now + timedelta(days=8)) == client
    assert client_with_key(key, at=now + timedelta(days=11)) is None
    assert str(last) in browser.get(url).content.decode()


def test_a_new_key_replaces_the_old_one(browser, people, now):
    client, old = make_client(people, people.units.city, at=now)

    page = browser.post(f"/account/systems/{client.pk}/key/").content.decode()

    assert client_with_key(KEY.search(page)[0], at=now) == client
    assert client_with_key(old, at=now) is None


def test_a_revoked_system_is_listed_and_can_do_nothing_more(browser, people, now):
    client, key = make_client(people, people.units.city, at=now)

    browser.post(f"/account/systems/{client.pk}/revoke/")

    assert client_with_key(key, at=now) is None
    page = browser.get(f"/account/systems/{client.pk}/").content.decode()
    assert "Revoked" in page
    assert "/change/" not in page
    assert "CRM" in browser.get("/account/systems/?state=REVOKED").content.decode()
    assert "CRM" not in browser.get("/account/systems/?state=OPEN").content.decode()


def test_a_list_of_many_needs_few_queries(browser, people, now, django_assert_max_num_queries):
    for number in range(5):
        make_client(people, people.units.city, at=now, name=f"系统{number}")

    with django_assert_max_num_queries(9):
        page = browser.get("/account/systems/?words=系统").content.decode()

    assert page.count("系统3") >= 1
