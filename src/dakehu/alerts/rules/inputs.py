"""
What the warnings know about a subscriber, by name, and where each number comes from.

D is the last data day, R = D + 1 the day of the run, ``recent`` the last 7 days and ``earlier``
the 30 before them (both lengths are numbers of the rules).  Voice is on-net, off-net and
fixed-line seconds; calls are made and received.
"""

from datetime import date, timedelta

from dakehu.alerts.rules.birthdays import birthdays_ahead
from dakehu.alerts.values import WarningNumbers
from dakehu.facts import features as ft
from dakehu.facts.windows import (
    DaysBack,
    LastMonthSameDays,
    LastYearSameDays,
    MonthToDate,
    last,
)
from dakehu.rulekit.expressions import Input

TALK = ("voice_onnet_s", "voice_offnet_s")
VOICE = (*TALK, "voice_fixed_s")
CALLS = ("out_calls", "in_calls")

ACTIVE = 0
PRE_DEREGISTERED = 4

newest_age = Input("newest_age")
newest_status = Input("newest_status")
tenure = Input("tenure")
hotline_recent = Input("hotline_recent")
forwarded_recent = Input("forwarded_recent")
payments = Input("payments")
payments_before = Input("payments_before")
days_payments = Input("days_payments")
days_payments_before = Input("days_payments_before")
voice_recent = Input("voice_recent")
voice_earlier = Input("voice_earlier")
days_recent = Input("days_recent")
days_earlier = Input("days_earlier")
voice_month = Input("voice_month")
voice_last_month = Input("voice_last_month")
voice_last_year = Input("voice_last_year")
days_month = Input("days_month")
days_last_month = Input("days_last_month")
days_last_year = Input("days_last_year")
since_last_month_began = Input("since_last_month_began")
talk_recent = Input("talk_recent")
talk_earlier = Input("talk_earlier")
offnet_recent = Input("offnet_recent")
offnet_earlier = Input("offnet_earlier")
days_to_birthday = Input("days_to_birthday")
days_to_contract_end = Input("days_to_contract_end")
calls_before_yesterday = Input("calls_before_yesterday")
complaints = Input("complaints")
data_recent = Input("data_recent")
data_earlier = Input("data_earlier")
zero_call_rows = Input("zero_call_rows")
charge = Input("charge")
days_charge = Input("days_charge")
today_status = Input("today_status")
today_calls = Input("today_calls")
today_events = Input("today_events")
today_balance = Input("today_balance")
today_credit_used = Input("today_credit_used")
today_arrears = Input("today_arrears")
credit_limit = Input("credit_limit")


def features_for(day: date, numbers: WarningNumbers) -> tuple[ft.Feature, ...]:
    """Every feature the warnings of data day ``day`` read."""
    return (*_usage(numbers), *_deliveries(numbers), *_today(), *_person(day, numbers))


def _usage(n: WarningNumbers) -> tuple[ft.Feature, ...]:
    recent = last(n.recent_days)
    earlier = DaysBack(n.recent_days, n.recent_days + n.earlier_days - 1)
    before = DaysBack(n.payment_days, 2 * n.payment_days - 1)
    complained = last(n.leaving_complaint_days)
    return (
        ft.UsageSum("hotline_recent", ("hotline_calls",), recent),
        ft.UsageSum("forwarded_recent", ("fwd_offnet_calls",), recent),
        ft.UsageSum("payments", ("recharge_cnt",), last(n.payment_days)),
        ft.UsageSum("payments_before", ("recharge_cnt",), before),
        ft.UsageSum("voice_recent", VOICE, recent),
        ft.UsageSum("voice_earlier", VOICE, earlier),
        ft.UsageSum("voice_month", VOICE, MonthToDate()),
        ft.UsageSum("voice_last_month", VOICE, LastMonthSameDays()),
        ft.UsageSum("voice_last_year", VOICE, LastYearSameDays()),
        ft.UsageSum("talk_recent", TALK, recent),
        ft.UsageSum("talk_earlier", TALK, earlier),
        ft.UsageSum("offnet_recent", ("voice_offnet_s",), recent),
        ft.UsageSum("offnet_earlier", ("voice_offnet_s",), earlier),
        ft.UsageSum("calls_before_yesterday", CALLS, DaysBack(1, n.idle_days)),
        ft.UsageSum("complaints", ("complaints",), complained),
        ft.UsageSum("data_recent", ("data_kb",), recent),
        ft.UsageSum("data_earlier", ("data_kb",), earlier),
        ft.UsageSum("zero_call_rows", ("zero_call_rows",), recent),
        ft.UsageSum("charge", ("charge_fen",), last(n.funds_charge_days)),
    )


def _deliveries(n: WarningNumbers) -> tuple[ft.Feature, ...]:
    earlier = DaysBack(n.recent_days, n.recent_days + n.earlier_days - 1)
    before = DaysBack(n.payment_days, 2 * n.payment_days - 1)
    return (
        ft.DeliveredDays("days_recent", last(n.recent_days)),
        ft.DeliveredDays("days_earlier", earlier),
        ft.DeliveredDays("days_payments", last(n.payment_days)),
        ft.DeliveredDays("days_payments_before", before),
        ft.DeliveredDays("days_month", MonthToDate()),
        ft.DeliveredDays("days_last_month", LastMonthSameDays()),
        ft.DeliveredDays("days_last_year", LastYearSameDays()),
        ft.DeliveredDays("days_charge", last(n.funds_charge_days)),
    )


def _today() -> tuple[ft.Feature, ...]:
    return (
        ft.TodayValue("today_status", Input("status")),
        ft.TodayValue("today_calls", ft.CALLS),
        ft.TodayValue("today_events", Input("event_mask")),
        ft.TodayValue("today_balance", Input("balance_fen")),
        ft.TodayValue("today_credit_used", Input("credit_used_fen")),
        ft.TodayValue("today_arrears", Input("arrears_fen")),
    )


def _person(day: date, n: WarningNumbers) -> tuple[ft.Feature, ...]:
    ahead = birthdays_ahead(day + timedelta(days=1), days=n.birthday_days)
    return (
        ft.NewestAge("newest_age", n.alive_days),
        ft.NewestStatus("newest_status", n.alive_days),
        ft.DaysSince("tenure", "open_date"),
        ft.DaysSinceWindowBegan("since_last_month_began", LastMonthSameDays()),
        ft.DaysUntil("days_to_contract_end", "contract_end"),
        ft.MasterValue("credit_limit", "credit_limit_fen"),
        ft.DaysToBirthday("days_to_birthday", ahead),
    )
