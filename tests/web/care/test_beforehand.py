"""Visits are entered beforehand (R7), and what a customer plans leads to a second sale (R11)."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.factories.care import make_visit, unsaved_visit

from dakehu.care.errors import UnableToVisit
from dakehu.care.models import Visit
from dakehu.care.operations import visits
from dakehu.opportunities.models import Opportunity

PLAN = {"purpose": "FEE_TALK", "about": "资费洽谈", "minutes": "60", "version": "0"}


def test_r7_what_has_begun_is_entered_with_a_reason_only_and_marked(people, sign_in, customers):
    browser = sign_in(people.manager)
    url = f"{reverse('care:visit_new')}?customer={customers.own.pk}"
    yesterday = (timezone.localdate() - timedelta(days=1)).isoformat()

    refused = browser.post(url, PLAN | {"day": yesterday})
    kept = browser.post(url, PLAN | {"day": yesterday, "afterwards": "客户临时约见"})

    assert refused.status_code == 422
    assert "该时间已过" in refused.content.decode()
    assert kept.status_code == 302
    page = browser.get(kept.url).content.decode()
    assert "事后补登" in page
    assert "客户临时约见" in page
    for picked, count in (("yes", 1), ("no", 0)):
        listed = browser.get(reverse("care:visit_list"), {"afterwards": picked}).content.decode()
        assert f'data-total="{count}"' in listed


@pytest.mark.parametrize(
    ("days", "clock", "is_late"),
    [(0, None, False), (0, -1, True), (0, 1, False), (1, None, False), (-1, None, True)],
)
def test_r7_a_visit_is_beforehand_until_it_begins_or_its_day_ends(
    people, customers, at, days, clock, is_late
):
    now = timezone.localtime(at)
    plan = unsaved_visit(
        customers.own,
        at=at,
        day=now.date() + timedelta(days=days),
        time=None if clock is None else (now + timedelta(minutes=clock)).time(),
        afterwards="",
    )
    if is_late:
        with pytest.raises(UnableToVisit) as refusal:
            visits.plan_visit(visit=plan, by=people.manager, at=at)
        assert refusal.value.field == "afterwards"
        plan.afterwards = "漏登记"

    kept = visits.plan_visit(visit=plan, by=people.manager, at=at)

    assert Visit.objects.get(pk=kept.pk).was_entered_late is is_late


def test_r11_what_a_customer_runs_and_plans_is_recorded_and_taken_in_as_an_opportunity(
    people, sign_in, customers
):
    browser, now = sign_in(people.manager), timezone.now()
    visit = make_visit(customers.own, people.manager, at=now - timedelta(hours=1))
    told = {
        "happened_at": timezone.localtime(now).strftime("%Y-%m-%dT%H:%M"),
        "minutes": "30", "place": "客户机房", "result": "REACHED", "report": "例行走访",
        "running_state": "专线忙时占用八成", "plans": "明年新建分厂，需要专线",
    }  # fmt: skip

    assert browser.post(reverse("care:visit_record", args=[visit.pk]), told).status_code == 302
    page = browser.get(reverse("care:visit", args=[visit.pk])).content.decode()
    assert "明年新建分厂，需要专线" in page
    panel = reverse("opportunities:visit_panel", args=[visit.pk])
    assert panel in page
    intake = f"{reverse('opportunities:intake')}?customer={customers.own.pk}&amp;visit={visit.pk}"
    assert intake in browser.get(panel).content.decode()

    form = browser.get(intake.replace("&amp;", "&")).content.decode()
    assert "专线忙时占用八成\n明年新建分厂，需要专线" in form
    sent = {
        "channel": "MANAGER", "who": customers.own.number, "text": "明年新建分厂，需要专线",
        "is_willing": "on", "request_id": "11111111-1111-4111-8111-111111111111",
    }  # fmt: skip
    assert browser.post(reverse("opportunities:intake"), sent).status_code == 302
    made = Opportunity.objects.get(customer=customers.own)
    assert made.number in browser.get(panel).content.decode()
    assert sign_in(people.stranger).get(panel).status_code == 404
