"""The interface: who is let in, what is answered, what is kept (W14)."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests.factories.reports import URL, event, make_client, send

from dakehu.alerts.models import Alert, LeavingReport
from dakehu.signin.models import ApiUse
from dakehu.signin.operations import renew_key, revoke_client


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def crm(people, customers, now):
    """A system that reaches city 01, and its key."""
    return make_client(people, people.units.city, at=now)


@pytest.fixture
def post(crm, now):
    """Return a function that sends an event, as the browser-less system would."""

    def posted(content=None, *, key=crm[1], **options):
        return send(Client(enforce_csrf_checks=True), key, content or event(now, **options))

    return posted


def test_an_event_is_taken_and_a_repetition_is_told_from_it(post, people):
    first, again = post(), post()

    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert first.json()["alert"] == Alert.objects.get(owner=people.manager).pk
    assert first.headers["Content-Type"].startswith("application/json")


def test_a_reused_event_number_conflicts(post):
    post()

    answer = post(kind="loss_report")

    assert (answer.status_code, answer.json()["code"]) == (409, "event_id_reused")


@pytest.mark.parametrize("number", ["01S99999999", "02S00000103"])
def test_an_unknown_customer_and_one_of_another_city_are_answered_alike(post, number):
    answer = post(sub_id=number)

    assert (answer.status_code, answer.json()["code"]) == (404, "unknown_customer")
    assert LeavingReport.objects.get().sub_id == number


def test_a_telephone_number_of_several_customers_asks_for_the_subscriber(post, customers):
    customers.colleagues.phone = customers.own.phone
    customers.colleagues.save()

    wanted = event(timezone.now(), msisdn=str(customers.own.phone))
    del wanted["sub_id"]

    answer = post(wanted)

    assert (answer.status_code, answer.json()["code"]) == (409, "several_customers")


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"kind": "bored"}, "kind"),
        ({"at": "yesterday"}, "at"),
        ({"at": "2026-03-02T09:30:00"}, "at"),
        ({"at": "2020-03-02T09:30:00+08:00"}, "at"),
        ({"event_id": ""}, "event_id"),
        ({"event_id": "E" * 81}, "event_id"),
        ({"event_id": 7}, "event_id"),
        ({"reason": "a\x00b"}, "reason"),
        ({"reason": "\ud800"}, "reason"),
        ({"msisdn": "138-0000"}, "msisdn"),
        ({"mood": "bad"}, "mood"),
        ({"sub_id": None}, "sub_id"),
    ],
)
def test_what_cannot_be_is_refused_with_its_place(post, change, place):
    answer = post(**change)

    assert answer.status_code == 422
    (told,) = answer.json()["places"]
    assert told["place"] == place
    assert told["words"]
    assert not LeavingReport.objects.exists()


def test_an_event_of_nobody_is_refused(post, now):
    wanted = event(now)
    del wanted["sub_id"]

    assert post(wanted).status_code == 422


@pytest.mark.parametrize("body", ["", "{", "[]", '"x"', "[" * 9000])
def test_what_is_no_event_is_refused(post, body):
    assert post(body or " ").status_code in {400, 422}


def test_a_body_larger_than_any_event_is_turned_away_unread(post):
    answer = post("x" * 20_000)

    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


@pytest.mark.parametrize("key", ["", "dk_x", "dk_abcdefghij_" + "A" * 40, "\x00"])
def test_a_wrong_key_opens_nothing(post, key):
    answer = post(key=key)

    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")
    assert not LeavingReport.objects.exists()


def test_the_open_half_of_a_key_with_another_secret_opens_nothing(post, crm):
    assert post(key=f"dk_{crm[0].code}_{'A' * 40}").status_code == 401


def test_a_key_ends_with_its_day_its_renewal_and_its_system(post, crm, people, now):
    client, key = crm
    client.expires_at = now
    client.save()
    assert post().status_code == 401
    client.expires_at = None
    client.save()

    newer = renew_key(client, by=people.administrator, at=now)
    assert (post(key=key).status_code, post(key=newer).status_code) == (401, 201)

    revoke_client(client, by=people.administrator, at=now)
    assert post(key=newer).status_code == 401


def test_a_system_without_the_right_is_refused(post, people, now):
    other = {"name": "只读", "rights": frozenset()}
    _client, key = make_client(people, people.units.city, at=now, **other)

    answer = post(key=key)

    assert (answer.status_code, answer.json()["code"]) == (403, "no_right")


def test_a_session_is_no_key(sign_in, administrator, now, crm):
    browser = sign_in(administrator)

    assert browser.post(URL, event(now), content_type="application/json").status_code == 401


def test_a_system_asks_so_often_in_a_minute_and_again_in_the_next(post, people, now):
    client, key = make_client(people, people.units.city, at=now, name="慢", per_minute=2)

    statuses = [post(key=key, event_id=f"E-{n}").status_code for n in range(5)]

    # The minute may turn once meanwhile.
    assert statuses.count(429) in {1, 3}
    ApiUse.objects.filter(client=client).update(minute=now - timedelta(minutes=5))
    assert post(key=key, event_id="E-9").status_code == 201


def test_the_answer_says_when_to_come_back(post, people, now):
    _client, key = make_client(people, people.units.city, at=now, name="慢", per_minute=1)
    answers = [post(key=key, event_id=f"E-{n}") for n in range(3)]
    refused = next(answer for answer in answers if answer.status_code == 429)

    assert 1 <= int(refused.headers["Retry-After"]) <= 60
    assert refused.json()["code"] == "too_often"


def test_refusals_speak_the_language_that_is_asked_for(post, now, crm):
    english = send(Client(), "", event(now), headers={"accept-language": "en"})
    chinese = send(Client(), "", event(now), headers={"accept-language": "zh-CN"})

    assert english.json()["words"].startswith("The key is missing")
    assert chinese.json()["words"].startswith("密钥")


def test_the_answers_need_few_queries(post, django_assert_max_num_queries):
    post()

    with django_assert_max_num_queries(14):
        post()
