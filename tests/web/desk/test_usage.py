"""Charts and small lines drawn from the facts at rest (V1, W13)."""

import json
import re
from datetime import date, timedelta
from html import unescape

import pytest
from tests.factories.alerts import AlertFactory
from tests.factories.facts import Facts, usage_row
from tests.web.desk.test_data_state import deliver, night, run  # noqa: F401 - fixtures

from dakehu.exchange.models import LivePartition

pytestmark = pytest.mark.django_db

DAY = date(2026, 3, 1)
OPTION = re.compile(r'data-chart="([^"]*)"')


@pytest.fixture
def used(home, customers, run):  # noqa: F811
    """Ten days of ten minutes and then two of one minute; the day before yesterday is missing."""
    facts = Facts(home)
    for ago in range(12):
        if ago == 2:
            continue
        day, seconds = DAY - timedelta(days=ago), 60 if ago < 2 else 600
        row = usage_row(
            customers.own.number,
            day,
            voice_onnet_s=seconds,
            data_kb=2048,
            hotline_calls=1,
            recharge_fen=5000,
            balance_fen=1234,
            out_calls=3,
            status=0,
        )
        part = facts.deliver_usage(day, "01", [row], managed={customers.own.number})
        deliver(run, "01", day)
        LivePartition.objects.filter(day=day).update(version=part.version)
    (home / "work").mkdir(exist_ok=True)
    return customers.own


def option_of(response):
    return json.loads(unescape(OPTION.search(response.content.decode())[1]))


def test_usage_is_drawn_with_gaps_where_the_city_was_late(sign_in, manager, used):
    AlertFactory(customer=used, opened_day=DAY - timedelta(days=1))

    option = option_of(sign_in(manager).get(f"/customer/{used.pk}/usage/"))

    voice, data = (series["data"] for series in option["series"])
    assert voice[-4:] == [10.0, None, 1.0, 1.0]
    assert data[-1] == 2.0
    assert len(voice) == 60
    assert [mark["xAxis"] for mark in option["series"][0]["markLine"]["data"]] == ["02-28"]


def test_an_alert_draws_the_stretches_it_compares(sign_in, manager, used):
    alert = AlertFactory(customer=used, rule="W04")

    option = option_of(sign_in(manager).get(f"/alert/{alert.pk}/facts/"))

    areas = option["series"][0]["markArea"]["data"]
    assert [(a["xAxis"], b["xAxis"]) for a, b in areas] == [
        ("01-24", "02-22"),
        ("02-23", "03-01"),
    ]


@pytest.mark.parametrize(
    ("rule", "last"), [("W01", 1), ("W03", 50.0), ("W09", 3), ("W11", 12.34), ("W10", 1.0)]
)
def test_each_warning_draws_the_figure_it_rests_on(sign_in, manager, used, rule, last):
    alert = AlertFactory(customer=used, rule=rule)

    option = option_of(sign_in(manager).get(f"/alert/{alert.pk}/facts/"))

    assert option["series"][0]["data"][-1] == last


def test_a_birthday_rests_on_no_figure(sign_in, manager, used):
    alert = AlertFactory(customer=used, rule="W07")

    text = sign_in(manager).get(f"/alert/{alert.pk}/facts/").content.decode()

    assert "不依据每日数据" in text


def test_alerts_on_the_customers_page_have_a_small_line(sign_in, manager, used):
    AlertFactory(customer=used, rule="W04")

    text = sign_in(manager).get(f"/customer/{used.pk}/alerts/").content.decode()

    assert text.count("<polyline") == 2  # broken by the missing day
