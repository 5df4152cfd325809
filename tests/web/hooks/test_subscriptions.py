"""Subscriptions on screen: the secret is shown once, bad addresses are refused with the cure."""

import re

import pytest
from tests.factories.hooks import make_told

from dakehu.audit.models import Change
from dakehu.hooks.choices import SubscriptionState
from dakehu.hooks.models import Delivery, EventSubscription

ADD = "/hooks/add/"
INSIDE = "10.0.0.7"
SECRET = re.compile(r"whsec_[A-Za-z0-9+/=]{44}")


@pytest.fixture
def browser(sign_in, administrator):
    return sign_in(administrator)


@pytest.fixture
def typed(people):
    """What the form sends."""
    return {
        "name": "CRM",
        "url": "https://crm.example.com/events",
        "kinds": ["opportunity.created", "case.closed"],
        "unit": people.units.city.pk,
        "note": "张工 6021",
        "version": 0,
    }


def test_a_secret_is_shown_once_and_kept_nowhere(browser, typed):
    page = browser.post(ADD, typed).content.decode()

    secret = SECRET.search(page)[0]
    made = EventSubscription.objects.get()
    assert made.state == SubscriptionState.ACTIVE
    assert secret not in browser.get(f"/hooks/{made.pk}/").content.decode()
    assert secret not in str(EventSubscription.objects.values()) + str(Change.objects.values())
    other = SECRET.search(browser.post(f"/hooks/{made.pk}/secret/").content.decode())[0]
    assert other != secret


@pytest.mark.parametrize(
    ("place", "value", "words"),
    [
        ("url", "http://crm.example.com/", "只能使用 https"),
        ("url", f"https://{INSIDE}/", "DAKEHU_HOOK_NETWORKS"),
        ("url", "nonsense", "请填写完整地址"),
        ("kinds", [], "必填"),
    ],
)
def test_what_cannot_stand_is_refused_at_its_place(browser, typed, place, value, words):
    answer = browser.post(ADD, typed | {place: value})

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not EventSubscription.objects.exists()


def test_two_may_not_have_one_name(browser, typed):
    browser.post(ADD, typed)

    answer = browser.post(ADD, typed | {"name": "crm"})

    assert answer.status_code == 422
    assert "已有同名订阅" in answer.content.decode()


def test_with_people_it_waits_for_a_second_person(browser, typed):
    browser.post(ADD, typed | {"with_people": "on"})
    made = EventSubscription.objects.get()
    assert made.state == SubscriptionState.PROPOSED

    answer = browser.post(f"/hooks/{made.pk}/release/", follow=True)

    assert "须由填写人以外的人批准" in answer.content.decode()
    made.refresh_from_db()
    assert made.state == SubscriptionState.PROPOSED


def test_it_is_paused_resumed_and_ended(browser, people, at):
    made = make_told(people, at=at).subscription
    for act, state in (("pause", "PAUSED"), ("resume", "ACTIVE")):
        browser.post(f"/hooks/{made.pk}/{act}/")
        made.refresh_from_db()
        assert made.state == state

    browser.post(f"/hooks/{made.pk}/end/")

    assert browser.get(f"/hooks/{made.pk}/").status_code == 404
    assert browser.get("/hooks/deliveries/").status_code == 200


def test_an_event_and_a_period_are_sent_again(browser, people, at):
    things = make_told(people, at=at)
    made, delivery = things.subscription, things.delivery

    page = browser.get(f"/hooks/deliveries/{delivery.pk}/").content.decode()
    assert "evt_1" in page
    browser.post(f"/hooks/deliveries/{delivery.pk}/replay/")
    delivery.refresh_from_db()
    assert (delivery.state, delivery.replays) == ("WAITING", 1)

    Delivery.objects.update(state="DEAD")
    period = {"since": "2026-03-02T00:00", "until": "2026-03-03T00:00"}
    answer = browser.post(f"/hooks/{made.pk}/replay/", period, follow=True)
    assert "1 个事件即将重新发送" in answer.content.decode()
    answer = browser.post(f"/hooks/{made.pk}/replay/", period | {"until": "2026-03-01T00:00"})
    assert "截止时刻早于起始时刻" in answer.content.decode()


def test_a_test_event_says_what_came_of_it(browser, people, at, settings):
    settings.HOOK_NETWORKS = ["127.0.0.0/8"]
    made = make_told(people, at=at).subscription
    EventSubscription.objects.update(url="http://127.0.0.1:1/")

    answer = browser.post(f"/hooks/{made.pk}/test/", follow=True)

    assert "该地址无人监听" in answer.content.decode()


def test_the_lists_cost_the_same_however_long(browser, people, at, django_assert_max_num_queries):
    make_told(people, at=at)
    for url in ("/hooks/", "/hooks/deliveries/"):
        with django_assert_max_num_queries(14):
            assert "CRM" in browser.get(url).content.decode()
