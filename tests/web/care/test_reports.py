"""Service reports on screen: asked for in one click, seen while they are built, reviewed, sent."""

from django.urls import reverse
from django.utils import timezone
from tests.factories.care import make_report

from dakehu.care.models import Report


def test_a_report_is_asked_for_and_its_page_looks_again_while_it_is_built(
    sign_in, people, customers, home
):
    client = sign_in(people.manager)
    whom = client.post(reverse("care:report_new"), {"number": customers.group.number})
    sent = {"cycle": "QUARTER", "which": "ended", "open_points": "", "next_plan": ""}

    answer = client.post(whom.headers["Location"], sent, follow=True)

    assert 'hx-trigger="every 2s"' in answer.content.decode()
    report = Report.objects.get()
    assert (report.state, report.staff) == ("BUILDING", people.manager)
    panel = client.get(reverse("care:report_panel", args=[customers.group.pk]))
    assert "季度服务报告" in panel.content.decode()


def test_a_draft_is_reviewed_by_another_and_sent(sign_in, people, customers):
    report = make_report(customers.group, people.manager, at=timezone.now())
    Report.objects.filter(pk=report.pk).update(state="DRAFT")
    theirs, boss = sign_in(people.manager), sign_in(people.supervisor)
    page = reverse("care:report", args=[report.pk])
    assert "须由他人审核" in theirs.get(page).content.decode()

    boss.post(reverse("care:report_review", args=[report.pk]))
    again = boss.post(reverse("care:report_review", args=[report.pk]), follow=True)
    sent = theirs.post(
        reverse("care:report_send", args=[report.pk]), {"how": "MAIL", "note": ""}, follow=True
    )

    assert "只审核一次" in again.content.decode()
    assert "已送达" in sent.content.decode()
