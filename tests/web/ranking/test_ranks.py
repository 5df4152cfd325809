"""Ranks where people work: on the list of alerts, on pages of customers and alerts, as a list."""

from datetime import date

import pytest
from django.urls import reverse
from tests.factories.alerts import AlertFactory
from tests.factories.models import make_model, publish

from dakehu.ranking import pages, queries
from dakehu.ranking.models import CustomerRank
from dakehu.ranking.queries import Standing
from dakehu.ranking.values import Push

pytestmark = pytest.mark.usefixtures("english")
DAY = date(2026, 3, 1)
COLUMN = "Place by the model"


@pytest.fixture
def browser(manager, sign_in):
    """The manager's browser."""
    return sign_in(manager, HTTP_ACCEPT_LANGUAGE="en")


@pytest.fixture
def alerts(customers, people):
    """Two alerts of the manager: the one of the ranked customer is the older one."""
    ranked = AlertFactory(customer=customers.own, rule="W10", a=65)
    other = AlertFactory(customer__manager=people.manager, opened_day=date(2026, 3, 5))
    CustomerRank.objects.create(customer=customers.own, day=DAY, place=3, probability=0.412)
    return ranked, other


def test_without_a_model_nothing_speaks_of_ranks(browser, home, alerts):
    listed = browser.get(reverse("alerts:list")).content.decode()
    opened = browser.get(reverse("alerts:detail", args=[alerts[0].pk])).content.decode()

    assert COLUMN not in listed.split("<main", 1)[1]
    assert "Rank by the trained model" not in opened


def test_the_list_of_alerts_shows_ranks_and_is_put_in_order_by_them(browser, home, people, alerts):
    publish(home, people)

    page = browser.get(reverse("alerts:list"), {"sort": "rank"})

    assert COLUMN in page.content.decode()
    assert "3 · 41 %" in page.content.decode()
    assert [line.pk for line in page.context["page"].lines] == [alert.pk for alert in alerts]


def test_a_page_of_alerts_asks_as_often_with_more_rows(
    browser, home, people, alerts, django_assert_max_num_queries
):
    publish(home, people)
    browser.get(reverse("alerts:list"))
    with django_assert_max_num_queries(100) as few:
        browser.get(reverse("alerts:list"))
    AlertFactory.create_batch(8, customer__manager=people.manager)

    with django_assert_max_num_queries(len(few)):
        browser.get(reverse("alerts:list"))


def test_the_ranked_are_listed_beside_the_score_of_the_rule(browser, home, people, alerts):
    publish(home, people)

    page = browser.get(reverse("ranking:customers"))

    (line,) = page.context["page"].lines
    assert [str(cell.content) for cell in line.cells][2:5] == ["3", "41 %", "65"]
    assert (
        browser.get(reverse("ranking:customers"), {"warned": "false"}).context["page"].lines == ()
    )


def test_a_customer_is_told_with_what_pushed_it(browser, home, customers, monkeypatch):
    standing = Standing(
        day=DAY,
        model=make_model(home),
        place=3,
        ranked=200,
        probability=0.412,
        ups=(Push("voice_change", 340.0, 0.7), Push("contract_left", None, 0.1)),
        downs=(Push("tenure", 2500.0, -0.3),),
    )
    monkeypatch.setattr(queries, "standing_of", lambda customer: standing)

    page = browser.get(reverse("ranking:customer_panel", args=[customers.own.pk])).content.decode()

    assert "41 %" in page
    assert "Voice of 7 days against the 30 before <b>34 %</b>" in page
    assert "×2.01" in page
    assert "Contract still runs for <b>unknown</b>" in page
    assert "Customer for <b>2,500 days</b>" in page
    assert "÷1.35" in page


def test_who_was_not_ranked_is_told_so(browser, home, customers, alerts):
    panel = browser.get(reverse("ranking:customer_panel", args=[customers.own.pk]))
    beside = browser.get(reverse("ranking:alert_panel", args=[alerts[0].pk]))

    assert pages.standing_panel(customers.own) is None
    assert "Not ranked" in panel.content.decode()
    assert "does not speak about this customer" in beside.content.decode()
