"""What is given by need: no suspension (C24), joint business (C27), rewards (C28)."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.factories.alerts import AlertFactory
from tests.factories.customers import GroupFactory
from tests.factories.tiering import StandingFactory, level_of

from dakehu.obligations.models import Act, Provision, Reward
from dakehu.obligations.operations import ask_about_joint_business
from dakehu.worklist.models import Todo


def today():
    """Return today: a test may begin before midnight and end after it."""
    return timezone.localdate()


@pytest.fixture
def group(people):
    """An A2 group of the manager."""
    group = GroupFactory(manager=people.manager, unit=people.manager.unit)
    since = today() - timedelta(days=100)
    StandingFactory(customer=group, level=level_of("group-abc", 4), active_from=since)
    return group


def test_c24_who_approves_spares_a_group_and_its_members_warnings_say_so(people, sign_in, group):
    url = reverse("obligations:provide", args=[group.pk, "C24"])
    sent = {"starts_on": today().isoformat(), "note": "三年无欠费"}
    alert = AlertFactory(rule="W11", customer__manager=people.manager, customer__group=group)
    told = reverse("desk:alert_reasons", args=[alert.pk])

    assert sign_in(people.manager).post(url, sent).status_code == 403
    assert "C24" not in sign_in(people.manager).get(told).content.decode()
    leader = sign_in(people.supervisor)
    assert leader.post(url, sent | {"note": ""}).status_code == 422
    assert leader.post(url, sent).status_code == 302
    assert "已批准欠费不停机（C24）" in sign_in(people.manager).get(told).content.decode()

    kept = Provision.objects.get(customer=group)
    end = reverse("obligations:provision_end", args=[kept.pk])
    assert sign_in(people.manager).post(end).status_code == 403
    assert leader.post(end).status_code == 302
    assert "C24" not in sign_in(people.manager).get(told).content.decode()


def test_c24_is_refused_where_the_catalogue_does_not_allow_it(people, sign_in):
    small = GroupFactory(manager=people.manager, unit=people.manager.unit)
    StandingFactory(customer=small, level=level_of("group-abc", 1), active_from=today())
    url = reverse("obligations:provide", args=[small.pk, "C24"])

    page = sign_in(people.supervisor).post(url, {"starts_on": today().isoformat(), "note": "大户"})

    assert page.status_code == 422
    assert "不允许" in page.content.decode()


def test_c27_a_joint_target_is_due_asked_for_and_ended_with_what_was_reached(
    people, sign_in, group
):
    browser = sign_in(people.manager)
    url = reverse("obligations:provide", args=[group.pk, "C27"])
    sent = {"mode": "TARGET", "starts_on": today().isoformat(), "note": "专线与云业务共同推广"}

    assert "联合目标需要" in browser.post(url, sent).content.decode()
    sent |= {"goal_fen": "500000", "due_on": today().isoformat()}
    assert browser.post(url, sent).status_code == 302
    assert "先说明" in browser.post(url, sent).content.decode()
    kept = Provision.objects.get(customer=group)
    assert (kept.goal_fen, ask_about_joint_business(at=timezone.now())) == (50_000_000, 1)
    assert ask_about_joint_business(at=timezone.now()) == 0

    end = reverse("obligations:provision_end", args=[kept.pk])
    assert "完成了多少" in browser.post(end, {"outcome": "只签了一半"}).content.decode()
    done = {"outcome": "续做一年", "reached_fen": "420000"}
    assert browser.post(end, done).status_code == 302
    kept.refresh_from_db()
    assert (kept.reached_fen, kept.ends_on) == (42_000_000, today())
    assert Todo.objects.get(source="joint-business").state == "DONE"
    listed = browser.get(reverse("obligations:provisions"), {"service": "C27"}).content.decode()
    assert "联合销售目标" in listed


def test_c28_a_reward_is_proposed_approved_by_another_and_counts_once_handed_over(
    people, sign_in, group
):
    browser, leader = sign_in(people.manager), sign_in(people.supervisor)
    url = reverse("obligations:reward_propose", args=[group.pk])
    sent = {"occasion": "LOYALTY", "what": "图书卡", "worth_fen": "200", "reason": "合作十年"}
    assert browser.post(url, sent | {"worth_fen": "-1"}).status_code == 422
    assert browser.post(url, sent).status_code == 302
    reward = Reward.objects.get()
    decide = reverse("obligations:reward_decide", args=[reward.pk])
    hand = reverse("obligations:reward_hand", args=[reward.pk])
    received = {"on": today().isoformat(), "received_by": "王主任"}

    assert browser.post(decide, {"decision": "yes"}).status_code == 403
    assert "已批准的奖励" in browser.post(hand, received).content.decode()
    assert "请说明不批准的原因" in leader.post(decide, {"decision": "no"}).content.decode()
    assert leader.post(decide, {"decision": "yes"}).status_code == 302
    assert "已经审批过" in leader.post(decide, {"decision": "yes"}).content.decode()
    tomorrow = (today() + timedelta(days=1)).isoformat()
    assert browser.post(hand, received | {"on": tomorrow}).status_code == 422
    assert browser.post(hand, received).status_code == 302

    act = Act.objects.get(customer=group, service="C28")
    assert (act.evidence, act.evidence_id, act.happened_on) == ("reward", reward.pk, today())
    listed = browser.get(reverse("obligations:rewards"), {"state": "HANDED"}).content.decode()
    assert 'data-total="1"' in listed
    assert (
        sign_in(people.stranger).get(reverse("obligations:reward", args=[reward.pk])).status_code
        == 404
    )


def test_c28_nobody_decides_on_what_they_proposed_themselves(people, sign_in, group):
    browser = sign_in(people.supervisor)
    url = reverse("obligations:reward_propose", args=[group.pk])
    sent = {"occasion": "REFERRAL", "what": "纪念品", "worth_fen": "88", "reason": "推荐两家"}
    browser.post(url, sent)
    decide = reverse("obligations:reward_decide", args=[Reward.objects.get().pk])

    assert "由其他人审批" in browser.post(decide, {"decision": "yes"}).content.decode()
