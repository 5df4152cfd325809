"""The public form, the customer's link, the rating, the hand-over on screen (CH7, CH15)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.factories.archive import ContactFactory
from tests.factories.cases import make_case
from tests.factories.opportunities import (
    claimed,
    group_of,
    make_core,
    ordered,
    prospect,
    signed,
    take_in,
)
from tests.factories.reports import make_client

from dakehu.opportunities import operations
from dakehu.opportunities.models import Consent, Opportunity
from dakehu.opportunities.queries import partners_rated, progress_of_opportunity
from dakehu.outbox.queries import token_of

ASK = reverse("opportunities:ask")
YEAR_AGO = timezone.now() - timedelta(days=365)


@pytest.fixture
def browser(people):
    """The browser of somebody outside, at a place of its own."""
    return Client()


def filled(people, **changed):
    return {
        "company": "云帆物流", "contact_name": "郭女士", "contact_phone": "138 0000 7777",
        "city": people.units.city.code, "product": "MAS", "wish": "plans", "text": "短信通知司机",
        "website": "", "consent": "on", **changed,
    }  # fmt: skip


def test_the_same_form_sent_fifty_times_is_one_opportunity_with_clear_answers(browser, people):
    answers = [
        browser.post(ASK, filled(people), REMOTE_ADDR=f"10.0.0.{place % 6}") for place in range(50)
    ]

    made = Opportunity.objects.get()
    assert (made.channel, made.state, made.captured_by, made.unit) == (
        "WEBSITE", "ROUTED", None, people.units.city,
    )  # fmt: skip
    assert {answer.status_code for answer in answers} <= {200, 429}
    assert made.number in answers[0].content.decode()
    assert "不会重复处理" in answers[1].content.decode()
    consent = Consent.objects.get()
    assert (consent.opportunity, consent.edition, consent.language) == (
        made, "2026-11", "zh-hans",
    )  # fmt: skip
    assert "我同意" in consent.words


def test_whoever_is_a_customer_already_comes_to_their_manager_and_nobody_is_told(browser, people):
    group = group_of(people, "A1", manager=people.manager)
    ContactFactory(customer=group, phone="13800007777")

    page = browser.post(ASK, filled(people)).content.decode()

    made = Opportunity.objects.get()
    assert (made.customer, made.receiver) == (group, people.manager)
    for hidden in (group.name, group.number, people.manager.name):
        assert hidden not in page
    assert made.due_at is not None
    assert progress_of_opportunity(made.pk).due_at is None


def test_a_number_of_several_customers_or_of_another_city_leads_to_none(browser, people):
    for number in ("01G700001", "01G700002"):
        ContactFactory(customer=group_of(people, "A1", number=number), phone="13800007777")
    browser.post(ASK, filled(people))
    browser.post(ASK, filled(people, city=people.units.other_city.code), REMOTE_ADDR="10.0.0.9")

    assert list(Opportunity.objects.values_list("customer", flat=True)) == [None, None]


def test_of_a_form_that_comes_twice_at_once_the_database_keeps_one(browser, people):
    browser.post(ASK, filled(people))
    twin = Opportunity.objects.get()
    twin.pk = None

    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save(force_insert=True)

    assert Opportunity.objects.count() == 1


def test_one_place_is_told_to_wait(browser, people):
    answers = [browser.post(ASK, filled(people)).status_code for _each in range(12)]

    assert answers[:10] == [200] * 10
    assert answers[-1] == 429
    assert "秒后再试" in browser.post(ASK, filled(people)).content.decode()


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"consent": ""}, "consent"),
        ({"contact_phone": "电话"}, "contact_phone"),
        ({"company": ""}, "company"),
        ({"city": "99"}, "city"),
        ({"product": "HORSE"}, "product"),
        ({"text": "x" * 1001}, "text"),
    ],
)
def test_what_is_wrong_is_said_at_its_place_and_nothing_is_kept(browser, people, changed, field):
    answer = browser.post(ASK, filled(people, **changed))

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert not Opportunity.objects.exists()


def test_what_no_person_filled_in_is_dropped_in_silence(browser, people):
    answer = browser.post(ASK, filled(people, website="https://spam.example"))

    assert (answer.status_code, Opportunity.objects.count()) == (200, 0)


def test_a_partner_of_the_city_gets_it_and_the_form_speaks_english(browser, people):
    make_core(people.partner, people.units.city)
    browser.cookies["django_language"] = "en"

    page = browser.get(ASK).content.decode()
    browser.post(ASK, filled(people, product="", text=""))

    assert "Ask for an offer" in page
    made = Opportunity.objects.get()
    assert (made.kind, made.receiver) == ("LEAD", people.partner)


def test_a_link_shows_its_own_opportunity_without_people_and_another_shows_nothing(
    browser, people
):
    now = timezone.now()
    made = take_in(people.hotline_agent, at=now, area=people.units.district,
                   elements=prospect("山海食品厂"))  # fmt: skip
    other = take_in(people.hotline_agent, at=now, area=people.units.district,
                    elements=prospect("另一家"))  # fmt: skip
    token = token_of("opportunity", made.pk, on=timezone.localdate())

    page = browser.get(reverse("outbox:progress", args=[token])).content.decode()
    forged = token.replace("opportunity", "case") if "opportunity" in token else token[:-2] + "xx"
    wrong = browser.get(reverse("outbox:progress", args=[forged]))

    assert made.number in page
    for hidden in (other.number, "山海", "郑先生", "13500001111", "100M"):
        assert hidden not in page
    assert wrong.status_code == 404


def test_the_panel_offers_the_link(sign_in, people, settings):
    settings.PUBLIC_URL = "https://care.example.com"
    made = claimed(people, at=timezone.now())

    page = sign_in(people.manager).get(reverse("opportunities:link_panel", args=[made.pk]))

    assert "https://care.example.com/" in page.content.decode()


@pytest.fixture
def rated(people):
    """A partner who claimed three of four and won one, after which the customer complained."""
    make_core(people.partner, people.units.district)
    now = timezone.now()
    made = [
        take_in(people.hotline_agent, at=now, area=people.units.district,
                elements=prospect(f"厂{number}"))
        for number in range(4)
    ]  # fmt: skip
    known = {"by": people.partner, "at": now}
    for each in made[:3]:
        operations.claim(opportunity=each, **known)
    operations.give_back(opportunity=made[3], reason="BUSY", text="", **known)
    operations.give_up(opportunity=made[0], loss="PRICE", text="", **known)
    return made


def test_partners_are_compared_and_a_partner_sees_itself_alone(
    sign_in, people, rated, django_assert_max_num_queries
):
    url = reverse("opportunities:partner_list")
    boss = sign_in(people.supervisor)
    boss.get(url)
    with django_assert_max_num_queries(12):
        page = boss.get(url)
    line = partners_rated(people.supervisor, since=YEAR_AGO).get(pk=people.partner.pk)

    assert (line.offered, line.claimed, line.returned, line.lost) == (4, 3, 1, 1)
    assert people.partner.name in page.content.decode()
    assert list(partners_rated(people.partner, since=YEAR_AGO)) == [people.partner]
    nobody = sign_in(people.manager).get(url)
    assert (nobody.status_code, people.partner.name in nobody.content.decode()) == (200, False)


def test_complaints_after_the_claim_count(sign_in, people):
    make_core(people.partner, people.units.district)
    now = timezone.now()
    made = claimed(people, at=now)
    Opportunity.objects.filter(pk=made.pk).update(receiver=people.partner)
    make_case(people.hotline_agent, kind="COMPLAINT", customer=made.customer, at=now)

    line = partners_rated(people.supervisor, since=YEAR_AGO).get(pk=people.partner.pk)

    assert line.complaints == 1


def test_the_hand_over_on_screen_and_by_another_system(sign_in, people, client, home):
    now = timezone.now()
    made = claimed(people, at=now)
    signed(made, people, at=now)
    made.refresh_from_db()
    order = ordered(made, people, at=now)
    boss = sign_in(people.supervisor)
    panel = boss.get(reverse("opportunities:orders_panel", args=[made.pk])).content.decode()
    assert order.number in panel
    key = make_client(people, people.units.city, at=now, rights=frozenset({"orders.answer"}))[1]
    headers = {"authorization": f"Bearer {key}"}
    listed = client.get("/api/v1/orders", headers=headers).json()["orders"]
    assert [each["number"] for each in listed] == [order.number]
    url = f"/api/v1/orders/{order.number}"
    kind = {"content_type": "application/json", "headers": headers}

    bad = client.post(f"{url}/answer", {"rows": [{"row": 7, "state": "DONE"}]}, **kind)
    wrong = client.post(f"{url}/answer", {"rows": [{"row": 1, "state": "MAYBE"}]}, **kind)
    first = client.post(f"{url}/answer", {"rows": [{"row": 1, "state": "DONE"}]}, **kind)
    again = client.post(f"{url}/answer", {"rows": [{"row": 1, "state": "DONE"}]}, **kind)

    assert [each.status_code for each in (bad, wrong, first, again)] == [409, 422, 200, 200]
    assert first.json()["rows"][0]["state"] == "DONE"
    assert client.get("/api/v1/orders", headers=headers).json()["orders"] == []
    far = make_client(people, people.units.other_city, at=now, name="外市",
                      rights=frozenset({"orders.answer"}))[1]  # fmt: skip
    assert client.get(url, headers={"authorization": f"Bearer {far}"}).status_code == 404
    made.refresh_from_db()
    assert made.stage == "VISIT"
