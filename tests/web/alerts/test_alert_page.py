"""The page of an alert: evidence, suggested act, handling, history."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse
from tests.conftest import AT
from tests.factories.alerts import DAY, AlertFactory, HandlingFactory, TodoFactory

from dakehu.alerts.choices import AlertState
from dakehu.alerts.models import Alert, Handling
from dakehu.worklist.choices import TodoState

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def morning():
    """The morning of 2 March 2026."""
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def alert(customers):
    return AlertFactory(
        customer=customers.own,
        rule="W10",
        a=65,
        b=50,
        parts={"voice": 30, "offnet": 15, "data": 0},
    )


@pytest.fixture
def url(alert):
    return reverse("alerts:detail", args=[alert.pk])


def handle(client, alert, **typed):
    form = {"outcome": "KEPT", "version": 1, **typed}
    return client.post(reverse("alerts:handle", args=[alert.pk]), form)


def test_the_page_says_what_was_seen_and_what_to_do(sign_in, manager, alert, url):
    text = sign_in(manager).get(url).content.decode()

    for words in (
        "张伟",
        "离网倾向得分65（满分100）",
        "通话量下降",
        "网间通话占比上升",
        "建议措施",
        "累计达到50分（满分100分）时触发",
    ):
        assert words in text
    assert "数据流量下降" not in text  # a part without points


def test_the_drawer_gets_the_same_without_the_shell(sign_in, manager, alert, url):
    fragment = sign_in(manager).get(url, headers={"HX-Request": "true"}).content.decode()

    assert 'id="alert-detail"' in fragment
    assert "<html" not in fragment


def test_the_manager_of_the_customer_sees_an_alert_that_somebody_else_owns(
    sign_in, manager, colleague, alert, url
):
    Alert.objects.update(owner=colleague)

    assert sign_in(manager).get(url).status_code == 200


def test_handling_records_the_outcome_and_goes_back(sign_in, manager, alert):
    todo = TodoFactory(alert=alert)

    response = handle(sign_in(manager), alert, contacted="on", note="已续约", next="/")

    todo.refresh_from_db()
    handling = Handling.objects.get()
    assert (response.status_code, response.url) == (302, "/")
    assert (handling.outcome, handling.contacted, handling.note) == ("KEPT", True, "已续约")
    assert todo.state == TodoState.DONE


def test_an_htmx_form_moves_the_whole_page_on(sign_in, manager, alert):
    response = sign_in(manager).post(
        reverse("alerts:handle", args=[alert.pk]),
        {"outcome": "KEPT", "version": 1, "next": "/alerts/?active=true"},
        headers={"HX-Request": "true"},
    )

    assert response["HX-Redirect"] == "/alerts/?active=true"


def test_a_follow_up_day_keeps_the_alert_in_hand(sign_in, manager, alert):
    handle(sign_in(manager), alert, outcome="CALL_AGAIN", follow_up_date="2026-03-05")

    alert.refresh_from_db()
    assert (alert.state, alert.follow_up_date) == (AlertState.FOLLOW_UP, date(2026, 3, 5))


@pytest.mark.parametrize(
    ("typed", "complaint"),
    [
        ({"outcome": ""}, "这个字段是必填项"),
        ({"outcome": "NO_ANSWER"}, "请填写再次联系的日期"),
        ({"follow_up_date": "2026-03-01"}, "请填写今天或之后的日期"),
        ({"follow_up_date": "tomorrow"}, "输入一个有效的日期"),
    ],
)
def test_what_is_missing_is_said_beside_its_field(sign_in, manager, alert, typed, complaint):
    response = handle(sign_in(manager), alert, **typed)

    assert response.status_code == 422
    assert complaint in response.content.decode()
    assert not Handling.objects.exists()


def test_an_alert_changed_in_the_meantime_is_shown_anew(sign_in, manager, alert):
    client = sign_in(manager)
    handle(client, alert, note="第一次")

    response = handle(client, alert, note="第二次")

    text = response.content.decode()
    assert response.status_code == 409
    assert "这条预警刚被他人处理" in text
    assert "第一次" in text
    assert 'name="version" value="2"' in text
    assert "第二次" in text
    assert Handling.objects.count() == 1


def test_who_only_looks_gets_no_form(sign_in, people, alert, url):
    text = sign_in(people.province_analyst).get(url).content.decode()

    assert "登记回访" not in text


def test_a_withdrawn_alert_says_so_and_has_no_form(sign_in, manager, alert, url):
    Alert.objects.update(state=AlertState.WITHDRAWN, cleared_day=DAY)

    text = sign_in(manager).get(url).content.decode()

    assert "该预警不成立" in text
    assert "登记回访" not in text


def test_contacts_and_earlier_episodes_are_told(sign_in, manager, customers, alert, url):
    HandlingFactory(alert=alert, note="客户满意")
    earlier = AlertFactory(
        customer=customers.own,
        rule="W10",
        a=55,
        b=50,
        opened_day=DAY - timedelta(days=30),
        cleared_day=DAY - timedelta(days=20),
    )

    text = sign_in(manager).get(url).content.decode()

    assert "客户满意" in text
    assert reverse("alerts:detail", args=[earlier.pk]) in text
    assert "离网倾向得分55（满分100）" in text
