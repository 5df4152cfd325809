"""Campaigns on screen: drafted, released by a second person, called one after another."""

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.factories.campaigns import (
    call,
    give_phones,
    make_campaign,
    make_draft,
    make_proposed,
    row_of,
)
from tests.factories.customers import CustomerFactory

from dakehu.audit.models import Access
from dakehu.campaigns.models import Campaign
from dakehu.opportunities.models import Opportunity


@pytest.fixture
def both(customers):
    give_phones(customers.own, customers.group)
    return customers.own, customers.group


def form_of(people, **values):
    today = timezone.localdate().isoformat()
    return {
        "name": "提速",
        "form": "CALL",
        "unit": people.supervisor.unit_id,
        "first_day": today,
        "last_day": today,
        "source": "LIST",
        "spread": "OWNER",
        "script": "您好",
        "sms_fen": "0.05",
        "call_fen": "2",
        "version": 1,
        **values,
    }


def at(name, *args):
    return reverse(f"campaigns:{name}", args=args)


def test_a_campaign_is_drafted_filled_from_a_list_proposed_and_released(sign_in, people, both):
    boss, second = sign_in(people.supervisor), sign_in(people.administrator)
    refused = boss.post(at("add"), form_of(people, script=""))
    boss.post(at("add"), form_of(people))
    campaign = Campaign.objects.get()
    chosen = {"screen": "customers:list", "ids": [each.pk for each in both]}

    early = boss.post(at("propose", campaign.pk), follow=True).content.decode()
    asked = boss.post(at("pick"), chosen).content.decode()
    boss.post(at("pick"), chosen | {"campaign": campaign.pk})
    preview = boss.get(at("preview", campaign.pk)).content.decode()
    boss.post(at("propose", campaign.pk))
    own = boss.post(at("release", campaign.pk), follow=True).content.decode()
    second.post(at("release", campaign.pk))
    twice = second.post(at("release", campaign.pk), follow=True).content.decode()

    campaign.refresh_from_db()
    assert refused.status_code == 422
    assert "名单为空" in early
    assert "提速" in asked
    assert "4.00" in preview
    assert "须由第二人发布" in own
    assert "没有重复操作" in twice
    assert (campaign.state, campaign.call_fen, campaign.rows.count()) == ("RUNNING", 200, 2)


def test_the_manager_calls_one_after_another_and_takes_in_an_opportunity(sign_in, people, both):
    campaign = make_campaign(people, *both, at=timezone.now())
    client = sign_in(people.manager)
    first = client.post(at("next"), {"campaign": campaign.pk})
    row = row_of(campaign, both[0])
    page = client.get(first.url).content.decode()
    missing = client.post(at("record", row.pk), {})
    lacking = client.post(at("record", row.pk), {"result": "AGAIN"})

    to_intake = client.post(at("record", row.pk), {"result": "INTERESTED", "reply": "价格太高"})
    intake = client.get(to_intake.url).content.decode()
    typed = {"who": f"{both[0].name} ({both[0].number})", "channel": "MANAGER", "text": "提速"}
    done = client.post(to_intake.url, typed | {"request_id": "1"})
    second = client.post(at("next"), {"campaign": campaign.pk})
    on_to_list = client.post(at("record", row_of(campaign, both[1]).pk), {"result": "REACHED"})

    assert first.url == at("row", row.pk)
    assert "您好，专线可以免费提速一个月。" in page
    assert "136****0101" in page
    assert "13612340101" not in page
    assert (missing.status_code, lacking.status_code) == (422, 422)
    assert "专线提速" in intake
    assert "价格太高" in intake
    assert done.url == at("calls")
    row.refresh_from_db()
    assert row.opportunity == Opportunity.objects.get()
    assert second.url == at("row", row_of(campaign, both[1]).pk)
    assert on_to_list.url == at("calls")


def test_the_number_is_shown_in_plain_on_the_record_to_whoever_calls(sign_in, people, both):
    campaign = make_campaign(people, both[0], at=timezone.now(), spread="TEAM")
    row = row_of(campaign, both[0])
    address = reverse("people:reveal", args=["campaigns.campaignrow", row.pk])
    asked = {"value": "phone", "purpose": "CONTACT"}

    caller = sign_in(row.staff).post(address, asked)
    stranger = sign_in(people.stranger).post(address, asked)

    assert row.staff.role == "TELEPHONE_MANAGER"
    assert "13612340101" in caller.content.decode()
    assert stranger.status_code == 404
    assert Access.objects.filter(verb="REVEALED", purpose="CONTACT").count() == 1


def test_drafts_and_their_lists_are_not_shown_to_those_who_only_call(sign_in, people, both):
    now = timezone.now()
    draft = make_draft(people.supervisor, *both, at=now)
    proposed = make_proposed(people, *both, at=now)
    client = sign_in(people.manager)

    assert client.get(at("campaign", draft.pk)).status_code == 404
    assert client.get(at("row", row_of(proposed, both[0]).pk)).status_code == 404
    assert both[0].name not in client.get(at("rows")).content.decode()


def test_pages_cost_the_same_for_many(sign_in, people, both, django_assert_max_num_queries):
    now = timezone.now()
    many = [
        CustomerFactory(manager=people.manager, unit=both[0].unit, phone=f"1361235{number:04d}")
        for number in range(12)
    ]
    campaign = make_campaign(people, *both, *many, at=now)
    for place, each in enumerate(many):
        call(row_of(campaign, each), people.manager, ("REACHED", "DECLINED")[place % 2], at=now)
    draft = make_draft(people.supervisor, *both, *many, at=now)
    client = sign_in(people.supervisor)

    for most, address in (
        (30, at("campaign", campaign.pk)),
        (26, at("list")),
        (24, at("rows")),
        (26, at("preview", draft.pk)),
        (32, at("row", row_of(campaign, many[0]).pk)),
        (16, at("customer_panel", both[0].pk)),
    ):
        with django_assert_max_num_queries(most):
            assert client.get(address).status_code == 200
    manager = sign_in(people.manager)
    with django_assert_max_num_queries(24):
        manager.get(at("calls"))


def test_campaigns_stand_side_by_side_and_on_the_customers_page(sign_in, people, both):
    now = timezone.now()
    campaign = make_campaign(people, *both, at=now)
    call(row_of(campaign, both[0]), people.manager, "DECLINED", at=now, note="嫌贵")
    client = sign_in(people.supervisor)

    beside = client.post(at("compare"), {"ids": [campaign.pk]}).content.decode()
    line = client.get(reverse("desk:customer_timeline", args=[both[0].pk])).content.decode()
    panel = client.get(at("customer_panel", both[0].pk)).content.decode()

    assert campaign.name in beside
    assert "嫌贵" in line
    assert "不感兴趣" in panel
