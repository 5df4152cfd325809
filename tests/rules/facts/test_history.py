"""The past of one subscriber for screens."""

from datetime import date, timedelta

import pytest
from tests.factories.facts import Facts, month_row, usage_row

from dakehu.facts.engine import EngineLimits
from dakehu.facts.history import History, MonthOfSubscriber, UsageDay

D = date(2026, 3, 20)


def ago(k):
    return D - timedelta(days=k)


@pytest.fixture
def facts(tmp_path):
    (tmp_path / "work").mkdir()
    return Facts(tmp_path)


def history(facts):
    return History(facts.store, EngineLimits(facts.home / "work", "256MB", 1))


def test_days_come_oldest_first_and_say_what_was_not_delivered(facts):
    row = usage_row(
        "a",
        ago(2),
        voice_onnet_s=60,
        voice_offnet_s=30,
        voice_fixed_s=None,
        out_calls=2,
        in_calls=1,
        data_kb=5,
        charge_fen=100,
        recharge_fen=50,
        hotline_calls=1,
        balance_fen=900,
    )
    facts.deliver_usage(ago(2), "01", [row], managed=["a"])
    facts.deliver_usage(D, "01", [usage_row("b", D)], managed=["b"])

    days = history(facts).days(facts.live.values(), sub_id="a", city="01", day=D, count=3)

    assert days == [
        UsageDay(ago(2), True, 90, 3, 5, 100, 50, 1, status=0, balance_fen=900),
        UsageDay(ago(1), is_delivered=False),
        UsageDay(D, is_delivered=True),
    ]


def test_days_before_somebody_was_managed_are_found(facts):
    facts.deliver_usage(ago(1), "01", [usage_row("a", ago(1), data_kb=1)], managed=[])
    facts.deliver_usage(D, "01", [usage_row("a", D, data_kb=2)], managed=["a"])

    days = history(facts).days(facts.live.values(), sub_id="a", city="01", day=D, count=2)

    assert [day.data_kb for day in days] == [1, 2]


def test_the_number_is_a_value_and_not_part_of_the_question(facts):
    facts.deliver_usage(D, "01", [usage_row("a", D, data_kb=2)], managed=["a"])

    days = history(facts).days(
        facts.live.values(), sub_id="' OR '1'='1", city="01", day=D, count=1
    )

    assert days == [UsageDay(D, is_delivered=True)]


def test_months_are_told_by_the_newest_delivery(facts):
    facts.deliver_months(
        ago(40), "01", [month_row("a", 202512, 1, 0), month_row("a", 202601, 2, 0)]
    )
    facts.deliver_months(
        ago(5), "01", [month_row("a", 202601, 3, None), month_row("a", 202602, 4, 9)]
    )
    facts.deliver_months(D + timedelta(days=1), "01", [month_row("a", 202602, 5, 0)])
    facts.deliver_months(D, "02", [month_row("a", 202603, 6, 0)])

    months = history(facts).months(facts.live.values(), sub_id="a", city="01", day=D, count=2)

    assert months == [MonthOfSubscriber(202601, 3, 0, 0), MonthOfSubscriber(202602, 4, 0, 9)]


def test_no_deliveries_mean_no_months_and_empty_days(facts):
    assert history(facts).months([], sub_id="a", city="01", day=D, count=12) == []
    assert history(facts).days([], sub_id="a", city="01", day=D, count=1) == [
        UsageDay(D, is_delivered=False)
    ]
