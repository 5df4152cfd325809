"""The record of the warnings: every figure is a link to the list that it counts (promise 4)."""

import re

import pytest
import time_machine
from django.urls import reverse
from tests.conftest import AT
from tests.factories.alerts import AlertFactory, HandlingFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def morning():
    """The morning of 2 March 2026."""
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def contacts(customers):
    """Contacts on two warnings, within and beyond reach."""
    for customer, rule, outcomes in (
        (customers.own, "W10", ["KEPT"] * 8 + ["LEAVING", "FALSE_ALARM"]),
        (customers.own, "W04", ["FALSE_ALARM"] * 9 + ["KEPT"]),
        (customers.strangers, "W04", ["KEPT"] * 3),
    ):
        alert = AlertFactory(customer=customer, rule=rule)
        for outcome in outcomes:
            HandlingFactory(alert=alert, outcome=outcome, at=AT)


def line(page, code):
    return next(each for each in page.context["page"].lines if each.code == code)


def test_warnings_are_judged_by_what_came_of_them(people, sign_in, contacts):
    page = sign_in(people.supervisor, headers={"accept-language": "en"}).get(
        reverse("alerts:record")
    )

    leaving, voice = line(page, "W10"), line(page, "W04")
    assert (leaving.verdict.text, leaving.precision) == ("Worth it", 900)
    assert (voice.verdict.text, voice.contacts) == ("Noise", 10)
    assert line(page, "W01").verdict.text == "Too few to tell"
    assert line(page, "W07").verdict is None


def test_every_figure_is_the_length_of_its_list(people, sign_in, contacts):
    browser = sign_in(people.administrator)
    page = browser.get(reverse("alerts:record"), {"rule": "W04"})

    shown = page.context["page"]
    assert len(shown.cities) == 2
    for each in (*shown.lines, *shown.cities, *shown.units, *shown.people):
        pairs = [(each.contacts, each.contacts_url)]
        pairs += [(cell.count, cell.url) for cell in each.cells if cell.count]
        pairs += [(each.opened, each.opened_url)] if each.opened else []
        for count, url in pairs:
            if count:
                listed = browser.get(url).context["page"].lines
                assert len(listed) == count, url


def test_days_that_make_no_sense_are_the_last_ninety(people, sign_in, contacts):
    page = sign_in(people.supervisor).get(
        reverse("alerts:record"), {"first": "2026-02-31", "last": "x"}
    )

    period = page.context["page"].period
    assert (period.last - period.first).days == 89


def test_the_page_costs_a_constant_number_of_queries(
    people, sign_in, contacts, django_assert_max_num_queries
):
    browser = sign_in(people.supervisor)
    browser.get(reverse("alerts:record"))

    with django_assert_max_num_queries(27):
        browser.get(reverse("alerts:record"))


def test_the_weeks_add_up_to_the_contacts(people, sign_in, contacts):
    page = sign_in(people.administrator).get(reverse("alerts:record")).context["page"]

    bars = sum(sum(series["data"]) for series in page.weeks["series"])
    assert bars == page.total == 23
    assert re.match(r"\d\d-\d\d", page.weeks["xAxis"]["data"][0])


def test_cities_units_and_people_add_up_to_the_contacts(people, sign_in, contacts):
    page = sign_in(people.administrator).get(reverse("alerts:record")).context["page"]

    sums = [sum(each.contacts for each in part) for part in (page.cities, page.units, page.people)]
    assert sums == [page.total] * 3
    assert not sign_in(people.supervisor).get(reverse("alerts:record")).context["page"].cities


def test_days_of_the_calendar_lead_to_the_alerts_that_began_on_them(people, sign_in, contacts):
    browser = sign_in(people.administrator)
    page = browser.get(reverse("alerts:record"), {"rule": "W04"}).context["page"]

    [series] = page.days["series"]
    [told] = series["data"]
    assert len(browser.get(told["url"]).context["page"].lines) == told["value"][1] == 2


def test_who_acted_out_of_reach_is_not_named(people, sign_in, customers):
    alert = AlertFactory(customer=customers.own)
    HandlingFactory(alert=alert, at=AT, by=people.stranger)
    page = sign_in(people.supervisor).get(reverse("alerts:record"))

    [line] = page.context["page"].people
    assert (line.contacts, line.contacts_url) == (1, "")
    assert people.stranger.name not in page.content.decode()
