"""The warnings' record, and the daily sheets (W13)."""

from contextlib import closing
from datetime import UTC, date, datetime

import pytest
import time_machine
from tests.conftest import AT
from tests.factories.alerts import DAY, AlertFactory, HandlingFactory

from dakehu.alerts.models import NumberSet, Trial
from dakehu.alerts.queries import rule_record

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def morning():
    """The morning of 2 March 2026."""
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def handled(customers):
    """Four contacts on the leaving warning: two right, one wrong, one that judged nothing."""
    for place, outcome in enumerate(("KEPT", "LEAVING", "FALSE_ALARM", "NO_ANSWER")):
        alert = AlertFactory(
            customer=customers.own,
            rule="W10",
            a=65,
            opened_day=date(2026, 2, 1 + 3 * place),
            cleared_day=date(2026, 2, 2 + 3 * place),
        )
        HandlingFactory(alert=alert, outcome=outcome)


def test_precision_counts_only_contacts_that_judged_the_warning(people, handled):
    record = rule_record(people.supervisor, "W10", at=AT)

    assert record.precision == 66
    assert record.outcomes["NO_ANSWER"] == 1
    assert (record.opened, record.going_on) == (4, 0)


def test_recall_asks_which_lost_customers_were_named_before(people, customers, handled):
    for lost in (customers.own, customers.colleagues):
        lost.status = 4
        lost.save()

    record = rule_record(people.supervisor, "W10", at=AT)

    assert (record.lost_customers, record.lost_with_alert, record.recall) == (2, 1, 50)


def test_without_contacts_there_is_nothing_to_judge(people):
    record = rule_record(people.supervisor, "W10", at=AT)

    assert (record.precision, record.recall) == (None, None)


def test_old_contacts_no_longer_count(people, customers):
    alert = AlertFactory(customer=customers.own, rule="W10")
    HandlingFactory(alert=alert, at=datetime(2025, 11, 1, tzinfo=UTC))

    assert rule_record(people.supervisor, "W10", at=AT).outcomes["KEPT"] == 0


def test_the_page_of_a_warning_shows_record_and_numbers(sign_in, people, handled):
    text = sign_in(people.supervisor).get("/alerts/warnings/W10/").content.decode()

    for words in ("66 %", "准确率", "现行参数", "触发得分", "建议措施"):
        assert words in text


def test_a_birthday_is_neither_right_nor_wrong(sign_in, people):
    text = sign_in(people.supervisor).get("/alerts/warnings/W07/").content.decode()

    assert "准确率" not in text


def test_an_unknown_warning_is_not_found(sign_in, people):
    assert sign_in(people.supervisor).get("/alerts/warnings/W99/").status_code == 404


def test_the_overview_counts_what_holds(sign_in, people, customers):
    AlertFactory(customer=customers.own, rule="W02")

    text = sign_in(people.supervisor).get("/alerts/warnings/").content.decode()

    assert "/alerts/?active=true&amp;rule=W02" in text
    assert text.count("tile-figure") == 14


def test_the_abnormal_sheet_opens_on_the_newest_day(sign_in, people, customers):
    AlertFactory(customer=customers.own)

    response = sign_in(people.supervisor).get("/alerts/sheets/abnormal/")

    assert response.url == "/alerts/sheets/abnormal/?day=2026-03-01"


def test_the_abnormal_sheet_has_who_had_a_warning_on_the_day(sign_in, people, customers):
    AlertFactory(customer=customers.own, rule="W04", last_day=date(2026, 3, 3))
    AlertFactory(customer=customers.colleagues, rule="W04", opened_day=date(2026, 3, 3))
    AlertFactory(customer=customers.unowned, rule="W07", last_day=date(2026, 3, 3))
    client = sign_in(people.supervisor)

    on_day = client.get("/alerts/sheets/abnormal/?day=2026-03-02").content.decode()
    fresh = client.get("/alerts/sheets/abnormal/?day=2026-03-03&fresh=true").content.decode()
    held = client.get("/alerts/sheets/abnormal/?day=2026-03-03&fresh=false").content.decode()

    assert customers.own.number in on_day
    assert customers.colleagues.number not in on_day
    assert customers.unowned.number not in on_day  # a birthday is nothing abnormal
    assert customers.colleagues.number in fresh
    assert customers.own.number not in fresh
    assert customers.own.number in held


def test_the_visit_sheet_has_the_contacts_of_the_day(sign_in, people, customers):
    early = datetime(2026, 2, 28, 16, 30, tzinfo=UTC)  # half past midnight of 1 March in China
    HandlingFactory(alert=AlertFactory(customer=customers.own), at=early, note="凌晨回访")
    HandlingFactory(alert=AlertFactory(customer=customers.colleagues), note="次日回访")
    client = sign_in(people.supervisor)

    text = client.get("/alerts/sheets/visits/?day=2026-03-01").content.decode()

    assert "凌晨回访" in text
    assert "次日回访" not in text
    assert client.get("/alerts/sheets/visits/").url.endswith("?day=2026-03-02")


@pytest.mark.parametrize("sheet", ["abnormal", "visits"])
def test_a_sheet_can_be_printed_and_exported(sign_in, people, customers, sheet):
    HandlingFactory(alert=AlertFactory(customer=customers.own), at=AT)
    client = sign_in(people.supervisor)
    address = f"/alerts/sheets/{sheet}/?day={DAY}"

    assert "data-print" in client.get(address).content.decode()
    with closing(client.get(f"{address}&export=xlsx")) as workbook:
        assert workbook["Content-Type"].startswith("application/vnd")


def test_a_warning_says_when_it_fires_and_leads_to_its_record(sign_in, people):
    text = sign_in(people.supervisor).get("/alerts/warnings/W04/").content.decode()

    assert "近7天日均通话低于此前30天的70%" in text
    assert "/alerts/record/?rule=W04" in text


def test_a_warning_leads_to_the_newest_back_test_of_its_numbers(sign_in, people):
    asked = {"number": 1, "province": {}, "first_day": DAY, "last_day": DAY, "asked_at": AT}
    done = Trial.objects.create(kind="BACKTEST", state="DONE", **asked)
    Trial.objects.create(kind="BACKTEST", state="FAILED", **asked)

    text = sign_in(people.province_analyst).get("/alerts/warnings/W04/").content.decode()

    assert f"/alerts/trials/{done.pk}/?rule=W04" in text


def test_the_numbers_of_a_city_are_told_on_the_page_of_the_warning(sign_in, people):
    NumberSet.objects.create(
        number=2,
        province={},
        overrides=[{"city": "02", "level": None, "numbers": {"fall_percent": 55}}],
        active_from=DAY,
        drafted_by=people.supervisor,
        drafted_at=AT,
        proposed_by=people.supervisor,
        proposed_at=AT,
        published_by=people.manager,
        published_at=AT,
    )

    text = sign_in(people.supervisor).get("/alerts/warnings/W04/").content.decode()

    assert "低于此前30天的70%" in text
    assert "低于此前30天的55%" in text


def test_a_list_of_one_warning_says_when_it_fires(sign_in, people):
    client = sign_in(people.supervisor)

    text = client.get("/alerts/?rule=W02").content.decode()

    assert "W02 近7天呼转外网达到3次时触发" in text
    assert "list-remark" not in client.get("/alerts/?rule=W99").content.decode()
