"""Answering a case by message, templates, and the page that customers see of it (K1, G5, CH7)."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.factories.cases import close, make_case
from tests.factories.customers import GroupFactory
from tests.factories.outbox import PHONE, refuse

from dakehu.cases import operations
from dakehu.cases.models import ReplyTemplate
from dakehu.outbox.models import Knock, Message
from dakehu.outbox.queries import token_of

BASE = "https://service.example.com"


@pytest.fixture(autouse=True)
def _reached(settings):
    settings.PUBLIC_URL = BASE


@pytest.fixture
def case(people, customers):
    """A complaint of the manager's customer, just taken by the hotline."""
    return make_case(
        people.hotline_agent,
        kind="COMPLAINT",
        customer=customers.own,
        text="13612345678 这个号码多扣费",
        caller_phone="13800009999",
        at=timezone.now() - timedelta(minutes=5),
    )


def page_of(case, **options):
    token = token_of("case", case.pk, on=timezone.localdate(), **options)
    return reverse("outbox:progress", args=[token])


def test_an_answer_by_message_leaves_is_an_act_and_stands_in_the_history(
    sign_in, people, case, django_assert_max_num_queries
):
    client = sign_in(people.manager)
    typed = {"to": "caller", "text": "{number}已受理，进度：{link}", "is_initial": "on"}

    answer = client.post(reverse("cases:reply", args=[case.pk]), typed)

    assert answer.status_code == 302
    message = Message.objects.get()
    case.refresh_from_db()
    assert message.phone.plain == "13800009999"
    assert message.text.startswith(f"{case.number}已受理，进度：{BASE}/messages/s/case-")
    assert (message.source, message.source_id, message.purpose) == ("case", case.pk, "SERVICE")
    assert case.answered_at is not None
    with django_assert_max_num_queries(42):
        page = client.get(reverse("cases:detail", args=[case.pk])).content.decode()
    assert reverse("outbox:message", args=[message.pk]) in page
    assert "138****9999" in page
    assert "13800009999" not in page


@pytest.mark.parametrize(
    ("text", "words"),
    [("您好{nummer}", "{nummer}"), ("{due}前答复", "{due}"), ("您好{", "“{”")],
)
def test_a_place_that_stands_for_nothing_is_named_and_nothing_is_sent(
    sign_in, people, case, text, words
):
    typed = {"to": "caller", "text": text}

    answer = sign_in(people.manager).post(reverse("cases:reply", args=[case.pk]), typed)

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Message.objects.exists()
    assert not case.acts.filter(kind="MESSAGE").exists()


def test_who_refused_gets_nothing_and_a_link_needs_an_address_of_the_installation(
    sign_in, people, case, settings
):
    client, url = sign_in(people.manager), reverse("cases:reply", args=[case.pk])
    settings.PUBLIC_URL = ""
    without = client.post(url, {"to": "caller", "text": "{link}"})
    refuse(people.manager, at=timezone.now(), to=PHONE)
    refused = client.post(url, {"to": "other", "other": PHONE, "text": "您好"})

    assert "DAKEHU_PUBLIC_URL" in without.content.decode()
    assert "已拒收此类消息" in refused.content.decode()
    assert not Message.objects.exists()


def test_a_template_is_kept_inserted_filled_and_removed(sign_in, people, case):
    boss, client = sign_in(people.supervisor), sign_in(people.manager)
    wrong = boss.post(reverse("cases:template_add"), {"name": "a", "text": "{x}", "version": 1})
    add = reverse("cases:template_add")
    typed = {"name": "致歉", "kind": "COMPLAINT", "text": "{number}：抱歉", "version": 1}
    boss.post(add, {**typed, "text_en": "Sorry: {number}"})
    kept = ReplyTemplate.objects.get(name="致歉")
    twice = boss.post(add, typed)

    url = reverse("cases:reply_text", args=[case.pk])
    chinese = client.get(url, {"template": f"{kept.pk}-zh"}).content.decode()
    english = client.get(url, {"template": f"{kept.pk}-en"}).content.decode()

    assert (wrong.status_code, twice.status_code) == (422, 422)
    assert f"{case.number}：抱歉" in chinese
    assert f"Sorry: {case.number}" in english
    boss.post(reverse("cases:template_drop", args=[kept.pk]))
    assert client.get(url, {"template": f"{kept.pk}-zh"}).status_code == 404


def test_customers_see_steps_and_what_they_were_told_but_nobodys_name_or_number(
    people, case, django_assert_max_num_queries
):
    close(case, people.supervisor, at=timezone.now(), answer="已退费，回访电话13612345678。")

    with django_assert_max_num_queries(10):
        answer = Client().get(page_of(case))

    page = answer.content.decode()
    assert answer.status_code == 200
    assert (
        answer["Cache-Control"] == "max-age=0, private, no-store"
        or "no-store" in answer["Cache-Control"]
    )
    assert answer["Referrer-Policy"] == "no-referrer"
    assert case.number in page
    assert "已退费" in page
    for hidden in ("13612345678", "13800009999", str(people.supervisor), str(case.customer)):
        assert hidden not in page


def test_a_link_that_ran_out_was_guessed_or_is_of_something_else_opens_nothing(case):
    browser, good = Client(), page_of(case)
    mended = good.replace("/case-", "/survey-")
    other = good.replace("-", "-1", 1)

    assert browser.get(page_of(case, days=-1)).status_code == 410
    assert [browser.get(url).status_code for url in (mended, other, good[:-2] + "/")] == [404] * 3
    assert browser.get(good).status_code == 200


def test_who_tries_links_out_has_to_wait_and_is_not_remembered(case):
    browser, wrong = Client(), reverse("outbox:progress", args=["case-1-1-guess"])

    answers = [browser.get(wrong).status_code for _turn in range(12)]

    assert answers == [404] * 10 + [429] * 2
    assert browser.get(page_of(case)).status_code == 429
    assert Client(REMOTE_ADDR="203.0.113.9").get(page_of(case)).status_code == 200
    assert "127.0.0.1" not in Knock.objects.first().who


def test_a_link_sent_to_a_customer_named_wrongly_opens_nothing_afterwards(client, people, case):
    before = page_of(case)
    operations.name_customer(
        case=case, version=None, customer=None, reason="另一家的来电",
        by=people.hotline_agent, at=timezone.now(),
    )  # fmt: skip
    taken_back = page_of(case)
    operations.name_customer(
        case=case, version=None, customer=GroupFactory(unit=case.unit), reason="回拨核实",
        by=people.hotline_agent, at=timezone.now(),
    )  # fmt: skip

    assert client.get(before).status_code == 404
    assert client.get(taken_back).status_code == 200
