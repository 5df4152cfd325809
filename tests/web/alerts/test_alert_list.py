"""The alert list: scope, words, filters, hand-out, export, constant queries."""

import io
from contextlib import closing
from datetime import date

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook
from tests.factories.alerts import AlertFactory, TodoFactory
from tests.factories.tiering import StandingFactory

from dakehu.alerts.models import Alert
from dakehu.audit.models import Change

pytestmark = pytest.mark.django_db


@pytest.fixture
def alerts(customers):
    """One alert on the manager's customer, one on a colleague's, one elsewhere, one unowned."""
    return {
        "own": AlertFactory(customer=customers.own, rule="W10", a=65, b=50),
        "colleagues": AlertFactory(customer=customers.colleagues, rule="W01", a=4, b=3),
        "strangers": AlertFactory(customer=customers.strangers, rule="W04"),
        "unowned": AlertFactory(customer=customers.unowned, rule="W02", a=3, b=3),
    }


def read(client, **query):
    response = client.get("/alerts/", {"view": 0, **query})
    assert response.status_code == 200
    return response.content.decode()


def shown(text, alerts):
    return {
        name for name, alert in alerts.items() if reverse("alerts:detail", args=[alert.pk]) in text
    }


def test_everybody_sees_the_alerts_within_reach(sign_in, people, alerts):
    assert shown(read(sign_in(people.manager)), alerts) == {"own"}
    assert shown(read(sign_in(people.supervisor)), alerts) == {"own", "colleagues", "unowned"}
    assert shown(read(sign_in(people.province_analyst)), alerts) == set(alerts)


def test_a_row_says_what_was_seen_in_both_languages(sign_in, people, alerts):
    client = sign_in(people.supervisor)

    chinese = read(client)
    client.cookies["django_language"] = "en"
    english = read(client)

    for words in ("离网倾向得分65（满分100）", "近7天拨打10086共4次", "无人负责"):
        assert words in chinese
    for words in ("Leaving score 65 of 100", "4 calls to the service hotline in the last 7 days"):
        assert words in english


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"rule": "W01"}, {"colleagues"}),
        ({"active": "true"}, {"own", "colleagues"}),
        ({"active": "false"}, {"unowned"}),
        ({"state": "HANDLED"}, {"unowned"}),
        ({"owner": "none"}, {"unowned"}),
        ({"words": "zhangwei"}, {"own"}),
        ({"words": "王秀英"}, {"colleagues"}),
        ({"level": "4"}, {"own"}),
        ({"opened_after": "2026-03-02"}, {"colleagues"}),
        ({"words": "nobody"}, set()),
    ],
)
def test_the_list_can_be_narrowed(sign_in, people, customers, alerts, query, expected):
    StandingFactory(customer=customers.own, rank=4)
    Alert.objects.filter(pk=alerts["unowned"].pk).update(
        state="HANDLED", cleared_day=date(2026, 3, 2)
    )
    Alert.objects.filter(pk=alerts["colleagues"].pk).update(opened_day=date(2026, 3, 2))

    assert shown(read(sign_in(people.supervisor), **query), alerts) == expected


def test_a_unit_stands_for_everything_below_it(sign_in, people, alerts):
    client = sign_in(people.province_analyst)

    assert shown(read(client, unit=people.units.city.pk), alerts) == {
        "own",
        "colleagues",
        "unowned",
    }


def test_handing_out_asks_to_whom_first(sign_in, people, alerts):
    client = sign_in(people.supervisor)

    response = client.post("/alerts/assign/", {"chosen": "ids", "ids": [alerts["unowned"].pk]})

    text = response.content.decode()
    assert response.status_code == 200
    assert "已选择1条预警" in text
    assert "赵敏" not in text  # a manager of the other city


def test_a_whole_filter_can_be_handed_out(sign_in, people, alerts, colleague):
    todo = TodoFactory(alert=alerts["own"])
    client = sign_in(people.supervisor)

    response = client.post(
        "/alerts/assign/",
        {"chosen": "filter", "filter": "rule=W10", "owner": colleague.pk, "next": "/alerts/"},
    )

    alerts["own"].refresh_from_db()
    todo.refresh_from_db()
    assert response.status_code == 302
    assert (alerts["own"].owner, todo.owner) == (colleague, colleague)
    assert Change.objects.filter(subject_type="alerts.alert").count() == 1


def test_alerts_are_not_handed_to_another_city(sign_in, people, alerts, stranger):
    response = sign_in(people.supervisor).post(
        "/alerts/assign/",
        {"chosen": "ids", "ids": [alerts["own"].pk], "owner": stranger.pk},
    )

    assert response.status_code == 422
    assert not Change.objects.exists()


def test_alerts_beyond_reach_are_not_handed_out(sign_in, people, alerts, colleague):
    sign_in(people.supervisor).post(
        "/alerts/assign/",
        {"chosen": "ids", "ids": [alerts["strangers"].pk], "owner": colleague.pk},
    )

    alerts["strangers"].refresh_from_db()
    assert alerts["strangers"].owner == people.stranger


def test_the_workbook_has_the_evidence_in_words(sign_in, people, alerts):
    client = sign_in(people.supervisor)

    with closing(client.get("/alerts/", {"rule": "W10", "export": "xlsx"})) as response:
        file = io.BytesIO(b"".join(response.streaming_content))

    rows = CalamineWorkbook.from_filelike(file).get_sheet_by_index(0).to_python()
    assert any("离网倾向得分65（满分100）" in row for row in rows)


def test_the_list_costs_the_same_for_many_alerts(
    sign_in, people, alerts, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = sign_in(people.supervisor)
    with CaptureQueriesContext(connection) as few:
        read(client)
    for _ in range(15):
        AlertFactory(customer__manager=people.manager)

    with django_assert_num_queries(len(few)):
        read(client)
