"""
Conditions that several warnings and the leaving score share.

Guards keep small or new customers from being compared: a fall from almost nothing is no fall.
"""

from dakehu.alerts.rules import inputs as i
from dakehu.rulekit.expressions import Number, Parameter, Predicate

ALIVE = i.newest_age.is_known() & ~i.newest_status.equals(i.PRE_DEREGISTERED)
"""A row exists within the last days, and the newest one is not of a pre-deregistered number."""

ACTIVE_TODAY = i.today_status.equals(i.ACTIVE)
"""The row of D exists and its status is active."""

LONG_ENOUGH = i.tenure > Parameter("fall_tenure_days")
"""The subscriber was there during all of the earlier days."""

VOICE_GUARDS: tuple[Predicate, ...] = (
    LONG_ENOUGH,
    i.voice_earlier >= Parameter("fall_voice_s"),
)

OFFNET_GUARDS: tuple[Predicate, ...] = (
    LONG_ENOUGH,
    i.talk_recent >= Parameter("offnet_recent_s"),
    i.talk_earlier >= Parameter("offnet_earlier_s"),
)

PAYMENTS_FELL: tuple[Predicate, ...] = (
    i.tenure > Parameter("payment_tenure_days"),
    i.payments_before >= Parameter("payments_before"),
    i.payments * i.days_payments_before * 100
    <= i.payments_before * i.days_payments * Parameter("payment_percent"),
)
"""Payments per delivered day are at most half of what they were."""


def fell_below(
    now: Number, then: Number, *, percent: Number, days_now: Number, days_then: Number
) -> Predicate:
    """``now`` per delivered day is less than ``percent`` of ``then`` per delivered day."""
    return now * days_then * 100 < then * days_now * percent


def voice_fell(percent: Number) -> Predicate:
    """Recent voice per delivered day is less than ``percent`` of the earlier."""
    return fell_below(
        i.voice_recent,
        i.voice_earlier,
        percent=percent,
        days_now=i.days_recent,
        days_then=i.days_earlier,
    )


def offnet_rose(points: Number) -> Predicate:
    """The share of other networks in the talk time rose by at least ``points`` per cent."""
    rise = i.offnet_recent * i.talk_earlier - i.offnet_earlier * i.talk_recent
    return rise * 100 >= points * i.talk_recent * i.talk_earlier
