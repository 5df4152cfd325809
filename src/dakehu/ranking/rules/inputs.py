"""
What a model knows about a subscriber on data day D, each input a whole number or missing.

The windows are fixed and do not follow the numbers of the warnings: an input must mean the same
on the day it was learned from and on the day it ranks.  ``w7`` are the last 7 days, ``b30`` the 30
before them, ``m1`` the last 30 days, ``m2`` the 30 before.  Averages are per *delivered* day, and
changes are in per mille of what was before, so a late city looks like nothing else.

Only figures that the warnings add up anyway are used, so ranking needs no snapshots of its own.
"""

from dataclasses import dataclass
from enum import StrEnum

from dakehu.facts import features as ft
from dakehu.facts.windows import DaysBack, last
from dakehu.rulekit.expressions import Choose, FirstKnown, Input, Literal, Number, all_of

SHEET = "ranking_inputs"
SCORE_SHEET = "rule_score"
SCORE = "score"
LEAVING = "W10"
ALIVE_DAYS = 7
PRE_DEREGISTERED = 4
PRE_DEREGISTRATION = 1
REPORTED = 14
"""Loss report, stop request, stopped for debt."""

MOST = 100_000
"""A change in per mille ends here: a hundred times as much says no more than that."""

TALK = ("voice_onnet_s", "voice_offnet_s")
VOICE = (*TALK, "voice_fixed_s")
CALLS = ("out_calls", "in_calls")
WINDOWS = {
    "d3": DaysBack(0, 2),
    "w7": last(7),
    "b30": DaysBack(7, 36),
    "m1": last(30),
    "m2": DaysBack(30, 59),
}
SUMS = {
    "voice": (VOICE, ("d3", "w7", "b30")),
    "talk": (TALK, ("w7", "b30")),
    "offnet": (("voice_offnet_s",), ("w7", "b30")),
    "calls": (CALLS, ("w7", "b30")),
    "data": (("data_kb",), ("w7", "b30")),
    "silent": (("zero_call_rows",), ("w7", "m1")),
    "hotline": (("hotline_calls",), ("w7", "m1")),
    "forwarded": (("fwd_offnet_calls",), ("w7", "m1")),
    "complained": (("complaints",), ("m1", "m2")),
    "paid": (("recharge_cnt",), ("m1", "m2")),
    "charged": (("charge_fen",), ("m1", "m2")),
}


class Unit(StrEnum):
    """In which unit an input is kept; screens say it in words."""

    SECONDS = "seconds"
    KB = "kb"
    FEN = "fen"
    COUNT = "count"
    DAYS = "days"
    CHANGE = "change"
    SHARE = "share"
    LEVEL = "level"
    YES_NO = "yes_no"


@dataclass(frozen=True)
class ModelInput:
    """One input of a model: its name, how it is worked out, and its unit."""

    name: str
    number: Number
    unit: Unit


def features() -> tuple[ft.Feature, ...]:
    """Everything the inputs are worked out from."""
    return (
        *(
            ft.UsageSum(f"{name}_{window}", columns, WINDOWS[window])
            for name, (columns, windows) in SUMS.items()
            for window in windows
        ),
        *(ft.DeliveredDays(f"days_{name}", window) for name, window in WINDOWS.items()),
        ft.TodayValue("rank_events", Input("event_mask")),
        ft.TodayValue("rank_balance", Input("balance_fen")),
        ft.TodayValue("rank_credit_used", Input("credit_used_fen")),
        ft.TodayValue("rank_arrears", Input("arrears_fen")),
        ft.NewestAge("rank_age", ALIVE_DAYS),
        ft.NewestStatus("rank_status", ALIVE_DAYS),
        ft.DaysSince("rank_tenure", "open_date"),
        ft.DaysUntil("rank_contract", "contract_end"),
        ft.MasterValue("rank_limit", "credit_limit_fen"),
        ft.MasterValue("rank_level", "level"),
        ft.MonthFigure("revenue_m", "revenue_fen", ft.Gather.SUM, 1),
        ft.MonthFigure("revenue_q", "revenue_fen", ft.Gather.SUM, 3),
        ft.MonthFigure("arrears_q", "arrears_days", ft.Gather.MAX, 3),
    )


def per_day(name: str, window: str) -> Number:
    """A sum per delivered day of its window."""
    return Input(f"{name}_{window}") // Input(f"days_{window}")


def change(name: str, now: str, then: str) -> Number:
    """What is left of a daily average, in per mille; missing where there was nothing before."""
    rate = (
        Input(f"{name}_{now}")
        * Input(f"days_{then}")
        * 1000
        // (Input(f"{name}_{then}") * Input(f"days_{now}"))
    )
    return Choose(((rate > MOST, Literal(MOST)),), rate)


def share(part: str, whole: str) -> Number:
    """A share in per mille; missing where there is nothing to share."""
    return Input(part) * 1000 // Input(whole)


def flag(holds: object) -> Number:
    """One where a condition holds, else zero."""
    return Choose(((holds, Literal(1)),), Literal(0))  # type: ignore[arg-type]


AVAILABLE = (
    Input("rank_balance")
    - FirstKnown((Input("rank_credit_used"), Literal(0)))
    - FirstKnown((Input("rank_arrears"), Literal(0)))
    + FirstKnown((Input("rank_limit"), Literal(0)))
)

INPUTS: tuple[ModelInput, ...] = (
    ModelInput("voice_day", per_day("voice", "w7"), Unit.SECONDS),
    ModelInput("voice_change", change("voice", "w7", "b30"), Unit.CHANGE),
    ModelInput("voice_change_now", change("voice", "d3", "b30"), Unit.CHANGE),
    ModelInput("calls_day", per_day("calls", "b30"), Unit.COUNT),
    ModelInput("calls_change", change("calls", "w7", "b30"), Unit.CHANGE),
    ModelInput("data_day", per_day("data", "w7"), Unit.KB),
    ModelInput("data_change", change("data", "w7", "b30"), Unit.CHANGE),
    ModelInput("offnet_share", share("offnet_w7", "talk_w7"), Unit.SHARE),
    ModelInput(
        "offnet_rise",
        share("offnet_w7", "talk_w7") - share("offnet_b30", "talk_b30"),
        Unit.SHARE,
    ),
    ModelInput("silent_week", Input("silent_w7"), Unit.DAYS),
    ModelInput("silent_month", Input("silent_m1"), Unit.DAYS),
    ModelInput("hotline_week", Input("hotline_w7"), Unit.COUNT),
    ModelInput("hotline_month", Input("hotline_m1"), Unit.COUNT),
    ModelInput("forwarded_week", Input("forwarded_w7"), Unit.COUNT),
    ModelInput("forwarded_month", Input("forwarded_m1"), Unit.COUNT),
    ModelInput("complaints_month", Input("complained_m1"), Unit.COUNT),
    ModelInput("complaints_before", Input("complained_m2"), Unit.COUNT),
    ModelInput("payments_month", Input("paid_m1"), Unit.COUNT),
    ModelInput("payments_change", change("paid", "m1", "m2"), Unit.CHANGE),
    ModelInput("charge_month", Input("charged_m1"), Unit.FEN),
    ModelInput("charge_change", change("charged", "m1", "m2"), Unit.CHANGE),
    ModelInput("available", AVAILABLE, Unit.FEN),
    ModelInput("is_stopped", flag(~Input("rank_status").equals(0)), Unit.YES_NO),
    ModelInput("has_reported", flag(Input("rank_events").has_bits(REPORTED)), Unit.YES_NO),
    ModelInput("days_unseen", Input("rank_age"), Unit.DAYS),
    ModelInput("tenure", Input("rank_tenure"), Unit.DAYS),
    ModelInput("contract_left", Input("rank_contract"), Unit.DAYS),
    ModelInput("level", Input("rank_level"), Unit.LEVEL),
    ModelInput("revenue_month", Input("revenue_m"), Unit.FEN),
    ModelInput("revenue_change", Input("revenue_m") * 3000 // Input("revenue_q"), Unit.CHANGE),
    ModelInput("arrears_days", Input("arrears_q"), Unit.DAYS),
)
"""The inputs in the order in which a model reads them; a change raises ``LAYOUT``."""

NAMES = tuple(each.name for each in INPUTS)
UNITS = {each.name: each.unit for each in INPUTS}

STILL_HERE = all_of(
    Input("rank_age").is_known(),
    ~Input("rank_status").equals(PRE_DEREGISTERED),
    ~Input("rank_events").has_bits(PRE_DEREGISTRATION),
)
"""Whom a model speaks about: seen lately, and not on the way out already."""


def inputs_program() -> ft.Program:
    """Everybody whom a model speaks about, with all inputs, as the sheet ``ranking_inputs``."""
    columns = tuple((each.name, each.number) for each in INPUTS)
    return ft.Program(features=features(), sheets=(ft.Sheet(SHEET, STILL_HERE, columns),))


def score_program(warnings: ft.Program, code: str = LEAVING) -> ft.Program:
    """
    The points that the rule of ``code`` gives everybody, whether or not it fires (W10).

    They are the baseline a model is held against.  Whoever the rule cannot judge gets none.

    :raises KeyError: if the program has no such rule.
    """
    rule = {signal.code: signal for signal in warnings.signals}[code]
    score = FirstKnown((rule.a, Literal(0)))
    return ft.Program(
        features=warnings.features,
        sheets=(ft.Sheet(SCORE_SHEET, all_of(), ((SCORE, score),)),),
        parameters=warnings.parameters,
    )
