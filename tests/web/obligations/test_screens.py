"""The board and its lists agree; forms refuse in words; the customer's page shows the share."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.factories.customers import GroupFactory
from tests.factories.tiering import StandingFactory, level_of

from dakehu.catalogue.queries import coverage_targets
from dakehu.obligations.models import Launch, Obligation, Provision, Trial
from dakehu.obligations.operations import record_act, refresh
from dakehu.obligations.queries import boards

BOARD = reverse("obligations:board")
SINCE = date(2020, 1, 1)


def stand(manager, rank, *, kind="enterprise", has=""):
    """Let a group of a manager stand at a level, perhaps with a service."""
    group = GroupFactory(manager=manager, unit=manager.unit)
    group.profile.org_kind = kind
    group.profile.save()
    StandingFactory(customer=group, level=level_of("group-abc", rank), active_from=SINCE)
    if has:
        Provision.objects.create(customer=group, service=has, staff=manager, starts_on=SINCE)
    return group


@pytest.fixture
def groups(people):
    """Seven other A customers, five with a representative; a government one without."""
    for number in range(7):
        stand(people.manager, 4, has="C4" if number < 5 else "")
    return stand(people.manager, 5, kind="government")


def figures(page):
    return [
        (url.replace("&amp;", "&"), int(count))
        for url, count in re.findall(r'href="([^"]+)" data-figure="(\d+)"', page)
    ]


def test_every_figure_of_the_board_is_its_list(
    groups, people, sign_in, django_assert_max_num_queries
):
    refresh(at=timezone.now())
    browser = sign_in(people.supervisor)
    browser.get(BOARD)
    with django_assert_max_num_queries(44):
        page = browser.get(BOARD).content.decode()

    assert "5&nbsp;/&nbsp;6" in page  # 80 % of 7 are 5.6, that is 6.
    assert "0&nbsp;/&nbsp;1" in page
    found = figures(page)
    assert len(found) > 5
    for url, count in found:
        assert f'data-total="{count}"' in browser.get(url).content.decode(), url


def test_the_board_by_manager_counts_each_managers_customers(groups, people, sign_in):
    stand(people.stranger, 3)

    for by in ("manager", "level"):
        page = sign_in(people.supervisor).get(BOARD, {"by": by}).content.decode()

        found = [(url, count) for url, count in figures(page) if "missing" in url]
        assert found
        for url, count in found:
            assert f"{by}=" in url
            listed = sign_in(people.supervisor).get(url).content.decode()
            assert f'data-total="{count}"' in listed, url


def test_c8_whoever_was_at_a_lecture_this_year_has_personalised_service(groups, people, sign_in):
    now = timezone.now()
    record_act(
        customer=groups, service_code="C8", happened_at=now, evidence="invitation",
        evidence_id=1, by=people.manager, at=now,
    )  # fmt: skip
    target = next(each for each in coverage_targets(on=now.date()) if each.service == "C8")
    browser = sign_in(people.supervisor)
    missing = {"target": boards.name_of_target(target)}
    listed = browser.get(reverse("obligations:missing"), missing).content.decode()

    assert 'data-total="7"' in listed
    assert groups.number not in listed


def test_a_month_of_planned_days_is_shown_and_a_day_moved(
    groups, people, sign_in, django_assert_max_num_queries
):
    refresh(at=timezone.now())
    row = Obligation.objects.filter(customer=groups).order_by("-ends_on").first()
    was, last = row.planned[0], (row.ends_on - timedelta(days=1)).isoformat()
    browser = sign_in(people.manager)
    address = reverse("obligations:calendar")
    asked = {"month": was[:7]}
    browser.get(address, asked)
    with django_assert_max_num_queries(30):
        page = browser.get(address, asked).content.decode()
    assert groups.name in page
    move = reverse("obligations:move", args=[row.pk])
    assert f'data-plan="{move}" data-plan-was="{was}"' in page

    assert "已经过去" in browser.post(move, {"was": was, "day": "2020-01-01"}).content.decode()
    assert browser.post(move, {"was": "2020-01-01", "day": last}).status_code == 422
    assert browser.post(move, {"was": was, "day": last}).status_code == 302
    row.refresh_from_db()
    assert last in row.planned
    assert sign_in(people.stranger).post(move, {"was": last, "day": was}).status_code == 404
    assert groups.name not in sign_in(people.stranger).get(address, asked).content.decode()


def test_a_customers_page_shows_how_much_is_done(groups, people, sign_in):
    refresh(at=timezone.now())
    panel = reverse("obligations:customer_panel", args=[groups.pk])

    page = sign_in(people.manager).get(panel).content.decode()
    assert "0/1" in page
    assert "上门" in page
    assert sign_in(people.stranger).get(panel).status_code == 404


def test_c4_a_representative_is_named_on_the_customers_page_and_covers_on_the_board(
    groups, people, sign_in
):
    url = reverse("obligations:provide", args=[groups.pk, "C4"])
    browser = sign_in(people.manager)

    unnamed = browser.post(url, {"starts_on": "2026-03-02"})
    named = browser.post(url, {"starts_on": "2026-03-02", "staff": people.supervisor.staff_no})
    assert unnamed.status_code == 422
    assert named.status_code == 302
    assert Provision.objects.get(customer=groups).staff == people.supervisor
    listed = browser.get(reverse("obligations:provisions"), {"held": "now"}).content.decode()
    assert 'data-total="6"' in listed
    assert "1&nbsp;/&nbsp;1" in sign_in(people.supervisor).get(BOARD).content.decode()


def test_c5_a_station_is_set_up_in_one_of_two_modes_and_stands_on_the_board(
    groups, people, sign_in
):
    url = reverse("obligations:provide", args=[groups.pk, "C5"])
    browser = sign_in(people.manager)
    sent = {"starts_on": "2026-03-02", "note": "每周二上午"}

    assert browser.post(url, sent | {"mode": "TARGET"}).status_code == 422
    assert browser.post(url, sent | {"mode": "PERIODIC"}).status_code == 302
    page = browser.get(reverse("obligations:customer_panel", args=[groups.pk])).content.decode()
    assert "驻地服务" in page
    asked = {"service": "C5", "held": "now"}
    listed = browser.get(reverse("obligations:provisions"), asked).content.decode()
    assert "定期派驻" in listed
    supervisor = sign_in(people.supervisor)
    told = [each for each in figures(supervisor.get(BOARD).content.decode()) if "C5" in each[0]]
    assert told == [(f"{reverse('obligations:provisions')}?service=C5&held=now", 1)]


def test_o12_a_trial_that_is_too_long_is_refused_in_words(groups, people, sign_in):
    url = reverse("obligations:trial_start", args=[groups.pk])
    browser = sign_in(people.manager)
    sent = {"product": "云视讯", "starts_on": "2026-03-02", "ends_on": "2026-06-02"}

    refused = browser.post(url, sent)
    assert refused.status_code == 422
    assert "最长 3 个月" in refused.content.decode()
    assert browser.post(url, sent | {"ends_on": "2026-06-01"}).status_code == 302
    trial = Trial.objects.get()
    for url, count in figures(sign_in(people.supervisor).get(BOARD).content.decode()):
        if "trials" in url:
            listed = sign_in(people.supervisor).get(url).content.decode()
            assert (f'data-total="{count}"' in listed, "open=late" in url) == (True, True)
    close = reverse("obligations:trial_close", args=[trial.pk])
    assert browser.post(close, {"outcome": "转为正式订购"}).status_code == 302
    assert "已填写" in browser.post(close, {"outcome": "再次"}).content.decode()


def test_a_leader_waives_and_a_manager_cannot(groups, people, sign_in):
    refresh(at=timezone.now())
    row = Obligation.objects.filter(customer=groups).first()
    url = reverse("obligations:detail", args=[row.pk])

    shown = sign_in(people.manager).get(url).content.decode()
    assert f"{row.starts_on} – {row.ends_on - timedelta(days=1)}" in shown
    assert "免除" not in shown
    assert "免除" in sign_in(people.supervisor).get(url).content.decode()
    url += "waive/"
    assert sign_in(people.manager).post(url, {"reason": "停业"}).status_code == 403
    assert sign_in(people.supervisor).post(url, {"reason": ""}).status_code == 422
    assert sign_in(people.supervisor).post(url, {"reason": "停业"}).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.waived_by) == ("WAIVED", people.supervisor)


def test_a_launch_is_entered_told_and_trained(people, sign_in):
    browser = sign_in(people.supervisor)
    day = timezone.localdate().isoformat()
    entered = {"title": "5G 专网优惠", "launches_on": "2099-05-01"}
    browser.post(reverse("obligations:launch_enter"), entered)
    launch = Launch.objects.get()
    assert (launch.days_before, launch.needs_training) == (3, True)

    page = browser.get(reverse("obligations:launches")).content.decode()
    assert "渠道最迟 2099-04-28 告知" in page
    for step in ("told", "trained"):
        browser.post(reverse("obligations:launch_mark", args=[launch.pk, step]), {"on": day})
    assert "渠道已告知并就绪" in browser.get(reverse("obligations:launches")).content.decode()
    past = browser.post(
        reverse("obligations:launch_enter"), {"title": "旧", "launches_on": "2020-01-01"}
    )
    assert past.status_code == 422
