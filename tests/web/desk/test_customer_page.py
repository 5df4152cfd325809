"""The page of one customer: header, panels, usage from facts, timeline."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from tests.factories.alerts import AlertFactory, HandlingFactory
from tests.factories.customers import MonthFactory, ServiceLogFactory
from tests.factories.tiering import StandingFactory

from dakehu.audit.choices import AccessVerb, ChangeVerb
from dakehu.audit.models import Access
from dakehu.audit.operations import record_change

pytestmark = pytest.mark.django_db

MORE = re.compile(r'hx-get="([^"]*after=[^"]*)"')


@pytest.fixture
def customer(customers):
    customers.own.phone = "13812345678"
    customers.own.group = customers.group
    customers.own.save()
    return customers.own


def test_the_header_says_who_it_is(sign_in, manager, customer):
    StandingFactory(customer=customer, rank=3)

    text = sign_in(manager).get(f"/customer/{customer.pk}/").content.decode()

    for words in ("张伟", customer.number, "138****5678", "王芳", "东城", "滨海港务集团", "金卡"):
        assert words in text
    assert "13812345678" not in text


def test_each_panel_fetches_its_own_content(sign_in, manager, customer):
    client = sign_in(manager)
    text = client.get(f"/customer/{customer.pk}/").content.decode()

    addresses = re.findall(r'hx-get="(/[^"]+)"', text.partition('id="main"')[2])

    assert len(addresses) >= 8
    for address in addresses:
        assert client.get(address).status_code == 200


def test_opening_a_customer_is_recorded(sign_in, manager, customer):
    sign_in(manager).get(f"/customer/{customer.pk}/")

    access = Access.objects.get(verb=AccessVerb.VIEWED)
    assert (access.subject_id, access.actor_id) == (customer.pk, manager.pk)


def test_the_page_itself_costs_few_queries(
    sign_in, manager, customer, django_assert_max_num_queries
):
    StandingFactory(customer=customer, rank=3)
    client = sign_in(manager)

    with django_assert_max_num_queries(9):
        client.get(f"/customer/{customer.pk}/")


def test_alerts_that_hold_are_told_with_their_evidence(sign_in, manager, customer):
    AlertFactory(customer=customer, rule="W10", a=65)
    AlertFactory(customer=customer, rule="W01", cleared_day=date(2026, 3, 2))

    text = sign_in(manager).get(f"/customer/{customer.pk}/alerts/").content.decode()

    assert "离网倾向得分65（满分100）" in text
    assert text.count('class="line"') == 1


def test_without_alerts_the_panel_says_so(sign_in, manager, customer):
    text = sign_in(manager).get(f"/customer/{customer.pk}/alerts/").content.decode()

    assert "该客户目前一切正常" in text


def test_a_group_has_no_usage_of_its_own(sign_in, manager, customers):
    text = sign_in(manager).get(f"/customer/{customers.group.pk}/usage/").content.decode()

    assert "没有使用量数据" in text


@pytest.fixture
def eventful(customer, manager, colleague):
    """A customer with something of every kind on the timeline."""
    alert = AlertFactory(
        customer=customer,
        rule="W01",
        a=4,
        opened_day=date(2026, 2, 10),
        cleared_day=date(2026, 2, 20),
    )
    HandlingFactory(alert=alert, at=datetime(2026, 2, 11, 2, tzinfo=UTC), note="已解释")
    ServiceLogFactory(customer=customer, at=datetime(2026, 2, 12, 2, tzinfo=UTC))
    StandingFactory(customer=customer, rank=3, active_from=date(2026, 2, 5))
    MonthFactory(customer=customer, ym=202512, revenue_fen=12_345, arrears_fen=500, arrears_days=9)
    record_change(
        verb=ChangeVerb.CHANGED,
        subject=customer,
        fields={"manager": ("王芳", "李强")},
        by=None,
        at=datetime(2026, 2, 15, 2, tzinfo=UTC),
    )
    return customer


def titles(text):
    return re.findall(
        r"(解除：\S+?|预警：\S+?|客户经理：[^<]+|卡级：\S+?|\S+账单：[^<]+|已挽留|回访)<", text
    )


def test_the_timeline_tells_everything_newest_first(sign_in, manager, eventful):
    text = sign_in(manager).get(f"/customer/{eventful.pk}/timeline/").content.decode()

    order = [
        text.index(words)
        for words in (
            "解除：拨打10086",
            "客户经理：王芳 → 李强",
            "电话回访，客户满意",
            "已解释",
            "近7天拨打10086共4次",
            "卡级：金卡",
            "2025-12账单：123.45元",
        )
    ]
    assert order == sorted(order)
    assert "5.00元，已9天" in text


@pytest.mark.parametrize(
    ("kind", "count"),
    [("alert", 2), ("contact", 1), ("log", 1), ("level", 1), ("manager", 1), ("bill", 1)],
)
def test_the_timeline_can_be_narrowed_to_a_kind(sign_in, manager, eventful, kind, count):
    text = sign_in(manager).get(f"/customer/{eventful.pk}/timeline/?kind={kind}").content.decode()

    assert text.count("timeline-when") == count


def test_paging_the_timeline_neither_skips_nor_repeats(sign_in, manager, customer):
    at = datetime(2026, 2, 1, 2, tzinfo=UTC)
    for place in range(55):
        # Many at one instant, and some later ones.
        ServiceLogFactory(
            customer=customer, at=at + timedelta(hours=place // 30), content=f"act-{place:02d}."
        )
    client = sign_in(manager)

    address, seen = f"/customer/{customer.pk}/timeline/?kind=log", []
    while address:
        text = client.get(address).content.decode()
        seen += re.findall(r"act-(\d\d)\.", text)
        following = MORE.search(text)
        address = following and following[1].replace("&amp;", "&")

    assert sorted(seen) == [f"{place:02d}" for place in range(55)]


def test_earlier_entries_of_every_kind_follow_a_place(sign_in, manager, eventful):
    place = {"after": "2026-02-11T12:00:00+08:00~z"}

    text = sign_in(manager).get(f"/customer/{eventful.pk}/timeline/", place).content.decode()

    assert text.count("timeline-when") == 4  # contact, alert, level, bill
    assert "解除" not in text
    assert "客户经理" not in text


@pytest.mark.parametrize("after", ["nonsense", "2026-01-01~x", "~", "2026-13-01T00:00:00+00:00~k"])
def test_a_broken_place_begins_at_the_top(sign_in, manager, eventful, after):
    response = sign_in(manager).get(f"/customer/{eventful.pk}/timeline/", {"after": after})

    assert response.content.decode().count("timeline-when") == 7
