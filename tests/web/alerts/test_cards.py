"""The card of a customer on screen, how alerts ask, and what is kept for later."""

import pytest
import time_machine
from django.urls import reverse
from tests.conftest import AT
from tests.factories.alerts import AlertFactory

from dakehu.alerts.models import Alert, AskingRule
from dakehu.alerts.operations import ask_owners
from dakehu.worklist.choices import TodoState
from dakehu.worklist.models import Todo

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def morning():
    """The morning of 2 March 2026."""
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def card(customers):
    alerts = [AlertFactory(customer=customers.own, rule=rule) for rule in ("W04", "W10", "W09")]
    ask_owners(at=AT)
    return alerts


@pytest.fixture
def browser(people, sign_in):
    return sign_in(people.manager, headers={"accept-language": "en"})


def settle(browser, alert, *also):
    sent = {"version": "1", "outcome": "KEPT", "also": [f"{pk}:{version}" for pk, version in also]}
    return browser.post(reverse("alerts:handle", args=[alert.pk]), sent)


def test_the_page_of_a_card_shows_all_its_warnings(browser, card):
    page = browser.get(reverse("alerts:detail", args=[card[0].pk]))

    assert [other.pk for other in page.context["page"].members] == [card[2].pk, card[1].pk]
    assert "Settles these warnings as well" in page.content.decode()
    assert f'value="{card[1].pk}:1" checked' in page.content.decode()


def test_all_ticked_warnings_are_settled_at_once(browser, card):
    answer = settle(browser, card[0], (card[1].pk, 1), (card[2].pk, 1))

    assert answer.status_code == 302
    assert set(Alert.objects.values_list("state", flat=True)) == {"HANDLED"}
    assert not Todo.objects.filter(state=TodoState.OPEN).exists()


def test_what_is_not_ticked_stays(browser, card):
    settle(browser, card[0])

    assert Alert.objects.filter(state="NEW").count() == 2
    assert Todo.objects.filter(state=TodoState.OPEN).count() == 1


def test_an_old_screen_settles_nothing(browser, card):
    Alert.objects.filter(pk=card[1].pk).update(version=4)

    answer = settle(browser, card[0], (card[1].pk, 1))

    assert answer.status_code == 409
    assert Alert.objects.filter(state="NEW").count() == 3


def test_nobody_settles_what_is_on_another_card(browser, card, customers):
    other = AlertFactory(customer=customers.colleagues)

    settle(browser, card[0], (other.pk, 1))

    other.refresh_from_db()
    assert other.state == "NEW"


def test_the_list_of_todos_shows_the_card_in_one_line(browser, card):
    page = browser.get(reverse("worklist:list"), {"owner": "me", "state": "OPEN"})

    assert len(page.context["page"].lines) == 1
    assert "also: Daily voice falling, No call yesterday" in page.content.decode()


def test_the_settings_are_set_and_refused_in_words(people, sign_in):
    keeper = sign_in(people.operations_center, headers={"accept-language": "en"})
    url = reverse("alerts:asking_set")

    wrong = keeper.post(url, {"version": "0", "quiet_from": "21:00"})
    assert wrong.status_code == 422
    assert "Name both ends" in wrong.content.decode()

    keeper.post(url, {"version": "0", "most_cards": "3", "merges": "on"})
    rule = AskingRule.objects.get()
    assert (rule.most_cards, rule.merges, rule.urgent_passes) == (3, True, False)
    late = keeper.post(url, {"version": "0", "most_cards": "9"})
    assert "meanwhile" in late.content.decode()


def test_who_may_not_set_reads_the_settings(people, sign_in):
    page = sign_in(people.manager).get(reverse("alerts:asking"))

    assert "disabled" in page.content.decode()


def test_what_is_kept_is_listed_in_its_order_and_taken(browser, card, customers, people):
    AskingRule.objects.create(most_cards=1, merges=False)
    ask_owners(at=AT)

    page = browser.get(reverse("alerts:kept"))
    assert page.context["count"] == 2
    assert "The most urgent first" in page.content.decode()

    browser.post(reverse("alerts:take_more"))
    assert browser.get(reverse("alerts:kept")).context["count"] == 0
