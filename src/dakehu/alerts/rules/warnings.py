"""
The twelve warnings, each written once: when it fires, and the two numbers of its evidence.

All comparisons are between whole numbers, multiplied across instead of divided, and averages are
per *delivered* day, so a city whose files are late does not look like a city that falls silent.
"""

from dakehu.alerts.rules import inputs as i
from dakehu.alerts.rules.conditions import (
    ACTIVE_TODAY,
    ALIVE,
    OFFNET_GUARDS,
    PAYMENTS_FELL,
    VOICE_GUARDS,
    fell_below,
    offnet_rose,
    voice_fell,
)
from dakehu.alerts.rules.leaving import leaving_score
from dakehu.facts.features import SignalRule
from dakehu.rulekit.expressions import Literal, Parameter, all_of, any_of

_p = Parameter


def hotline() -> SignalRule:
    """W1: the subscriber calls the service hotline again and again."""
    threshold = _p("hotline_calls")
    fires = all_of(ALIVE, i.hotline_recent >= threshold)
    return SignalRule("W01", fires, i.hotline_recent, threshold)


def forwarding() -> SignalRule:
    """W2: calls are forwarded to another network."""
    threshold = _p("forwarded_calls")
    fires = all_of(ALIVE, i.forwarded_recent >= threshold)
    return SignalRule("W02", fires, i.forwarded_recent, threshold)


def payments() -> SignalRule:
    """W3: payments come at most half as often as in the days before."""
    return SignalRule("W03", all_of(ALIVE, *PAYMENTS_FELL), i.payments, i.payments_before)


def voice_falling() -> SignalRule:
    """W4: daily voice is below 70 % of its earlier average."""
    fell = voice_fell(_p("fall_percent"))
    return SignalRule("W04", all_of(ALIVE, *VOICE_GUARDS, fell), i.voice_recent, i.voice_earlier)


def below_last_month() -> SignalRule:
    """W5: voice of the month to date is below 70 % of the same days of last month."""
    fell = fell_below(
        i.voice_month,
        i.voice_last_month,
        percent=_p("last_month_percent"),
        days_now=i.days_month,
        days_then=i.days_last_month,
    )
    fires = all_of(
        ALIVE,
        i.tenure > i.since_last_month_began,
        i.voice_last_month >= _p("last_month_voice_s"),
        fell,
    )
    return SignalRule("W05M", fires, i.voice_month, i.voice_last_month)


def below_last_year() -> SignalRule:
    """W5: voice of the month to date is below 60 % of the same days last year."""
    fell = fell_below(
        i.voice_month,
        i.voice_last_year,
        percent=_p("last_year_percent"),
        days_now=i.days_month,
        days_then=i.days_last_year,
    )
    fires = all_of(ALIVE, i.voice_last_year >= _p("last_year_voice_s"), fell)
    return SignalRule("W05Y", fires, i.voice_month, i.voice_last_year)


def offnet_rising() -> SignalRule:
    """W6: the share of other networks in the talk time rose by 15 points; shares in per mille."""
    fires = all_of(ALIVE, *OFFNET_GUARDS, offnet_rose(_p("offnet_points")))
    return SignalRule(
        "W06",
        fires,
        i.offnet_recent * 1000 // i.talk_recent,
        i.offnet_earlier * 1000 // i.talk_earlier,
    )


def birthday() -> SignalRule:
    """W7: the birthday comes within a week."""
    within = _p("birthday_days")
    return SignalRule(
        "W07", all_of(ALIVE, i.days_to_birthday <= within), i.days_to_birthday, within
    )


def contract_ending() -> SignalRule:
    """W8: the promotion or contract ends within 30 days."""
    within = _p("contract_days")
    left = i.days_to_contract_end
    return SignalRule("W08", all_of(ALIVE, left >= 0, left <= within), left, within)


def silent_yesterday() -> SignalRule:
    """W9: no call on D, although the number is active and was used in the week before."""
    fires = all_of(
        ACTIVE_TODAY, i.today_calls.equals(0), i.calls_before_yesterday >= _p("idle_calls")
    )
    return SignalRule("W09", fires, Literal(0), i.calls_before_yesterday)


def leaving() -> SignalRule:
    """W10: the parts of the leaving score add up to 50 or more."""
    score, threshold = leaving_score, _p("leaving_score")
    return SignalRule("W10", all_of(ACTIVE_TODAY, score >= threshold), score, threshold)


def funds_ending() -> SignalRule:
    """W11: the available amount lasts for fewer than 3 days of the average charge; in fen."""
    available = i.today_balance - i.today_credit_used - i.today_arrears + i.credit_limit
    short = any_of(
        available <= 0,
        available * i.days_charge < i.charge * _p("funds_days"),
    )
    return SignalRule("W11", all_of(ACTIVE_TODAY, short), available, i.charge)


def event_yesterday() -> SignalRule:
    """W12: pre-cancellation, loss report, stop request or stop for debt on D."""
    return SignalRule(
        "W12", i.today_events.has_bits(_p("event_mask")), i.today_events, i.today_status
    )


WARNINGS: tuple[SignalRule, ...] = (
    hotline(),
    forwarding(),
    payments(),
    voice_falling(),
    below_last_month(),
    below_last_year(),
    offnet_rising(),
    birthday(),
    contract_ending(),
    silent_yesterday(),
    leaving(),
    funds_ending(),
    event_yesterday(),
)
"""All warnings, in the order of their codes."""
