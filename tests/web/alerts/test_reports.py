"""What other systems reported, for the administrator and on the page of the alert (W14)."""

import pytest
from django.utils import timezone
from tests.factories.alerts import AlertFactory
from tests.factories.reports import make_client

from dakehu.alerts.models import Alert
from dakehu.alerts.operations import take_report
from dakehu.alerts.values import NewReport


@pytest.fixture
def reports(people, customers):
    """One event of the manager's customer, and one of somebody unknown."""
    now = timezone.now()
    crm, _key = make_client(people, people.units.city, at=now)
    for number, sub_id in (("E-1", "01S00000101"), ("E-2", "01S77777777")):
        event = NewReport(number, sub_id, "", "port_out", now, "营业厅", "资费太高")
        take_report(event, client=crm, at=now)


def test_the_administrator_sees_every_event_with_its_verdict(sign_in, administrator, reports):
    page = sign_in(administrator).get("/alerts/reports/").content.decode()

    for words in ("张伟", "01S77777777", "已生成预警", "号码不存在", "CRM", "携号转出"):
        assert words in page


@pytest.mark.parametrize(
    ("query", "found"),
    [("verdict=UNKNOWN", 1), ("words=E-1", 1), ("words=01S00000101", 1), ("kind=loss_report", 0)],
)
def test_events_are_found(sign_in, administrator, reports, query, found):
    page = sign_in(administrator).get(f"/alerts/reports/?{query}").content.decode()

    assert page.count("营业厅") == found


def test_the_owner_reads_on_the_alert_what_was_reported(sign_in, people, reports):
    alert = Alert.objects.get()

    page = sign_in(people.manager).get(f"/alerts/{alert.pk}/").content.decode()

    for words in ("其他系统上报：携号转出", "营业厅", "资费太高", "CRM", "请在一小时内联系"):
        assert words in page
    # The facts of the night knew nothing of it.
    assert "/facts/" not in page


def test_the_warning_has_a_page_without_numbers(sign_in, people):
    page = sign_in(people.manager).get("/alerts/warnings/W14/").content.decode()

    assert "要求离网" in page
    assert "由其他系统在日间上报" in page


def test_the_daily_sheet_opens_on_the_newest_data_day_all_the_same(sign_in, people, reports):
    AlertFactory(customer__manager=people.manager)

    answer = sign_in(people.manager).get("/alerts/sheets/abnormal/")

    assert "day=2026-03-01" in answer.url
