"""
The leaving score of W10: parts that add up to at most 100, each shown to the user.

Every part looks at one sign of leaving and gives its points or none; the voice fall has three
grades, of which the deepest counts.
"""

from dataclasses import dataclass

from dakehu.alerts.rules import inputs as i
from dakehu.alerts.rules.conditions import (
    LONG_ENOUGH,
    OFFNET_GUARDS,
    PAYMENTS_FELL,
    VOICE_GUARDS,
    fell_below,
    offnet_rose,
    voice_fell,
)
from dakehu.rulekit.expressions import (
    Choose,
    Least,
    Literal,
    Number,
    Parameter,
    Predicate,
    Step,
    Total,
    all_of,
)

_p = Parameter


@dataclass(frozen=True)
class LeavingPart:
    """One sign of leaving: its name and its points."""

    name: str
    points: Number

    @property
    def conditions(self) -> tuple[Predicate, ...]:
        """What the points depend on; none where they grow with a count."""
        match self.points:
            case Step(_, Choose(cases, _)):
                return tuple(when for when, _ in cases)
        return ()


def _graded(name: str, *cases: tuple[Predicate, Number]) -> LeavingPart:
    return _part(name, Choose(cases, Literal(0)))


def _part(name: str, points: Number) -> LeavingPart:
    return LeavingPart(name, Step(f"points_{name}", points))


def voice_part() -> LeavingPart:
    """Voice fell below 30, 50 or 70 % of its earlier average (guards of W4)."""
    grades = ("deep", "strong", "mild")
    return _graded(
        "voice",
        *(
            (
                all_of(*VOICE_GUARDS, voice_fell(_p(f"leaving_fall_percent_{grade}"))),
                _p(f"leaving_fall_points_{grade}"),
            )
            for grade in grades
        ),
    )


def hotline_part() -> LeavingPart:
    """The service hotline was called."""
    called = i.hotline_recent >= _p("leaving_hotline_calls")
    return _graded("hotline", (called, _p("leaving_hotline_points")))


def forwarding_part() -> LeavingPart:
    """Calls were forwarded to another network."""
    forwarded = i.forwarded_recent >= _p("leaving_forwarded_calls")
    return _graded("forwarding", (forwarded, _p("leaving_forwarded_points")))


def offnet_part() -> LeavingPart:
    """The share of other networks rose by 10 points (guards of W6)."""
    rose = all_of(*OFFNET_GUARDS, offnet_rose(_p("leaving_offnet_rise")))
    return _graded("offnet", (rose, _p("leaving_offnet_points")))


def payments_part() -> LeavingPart:
    """Payments became less frequent (the condition of W3)."""
    return _graded("payments", (all_of(*PAYMENTS_FELL), _p("leaving_payment_points")))


def contract_part() -> LeavingPart:
    """The contract ended within the last 30 days or ends within the next 60."""
    left = i.days_to_contract_end
    near = all_of(
        left + _p("leaving_contract_days_past") >= 0, left <= _p("leaving_contract_days_ahead")
    )
    return _graded("contract", (near, _p("leaving_contract_points")))


def complaints_part() -> LeavingPart:
    """Complaints: 5 points each, at most 10."""
    points = i.complaints * _p("leaving_complaint_points_each")
    return _part("complaints", Least(points, _p("leaving_complaint_points")))


def new_customer_part() -> LeavingPart:
    """The subscriber has been here for less than half a year."""
    return _graded("new_customer", (i.tenure < _p("leaving_new_days"), _p("leaving_new_points")))


def data_part() -> LeavingPart:
    """Data traffic per delivered day fell below half."""
    fell = fell_below(
        i.data_recent,
        i.data_earlier,
        percent=_p("leaving_data_percent"),
        days_now=i.days_recent,
        days_then=i.days_earlier,
    )
    guarded = all_of(LONG_ENOUGH, i.data_earlier >= _p("leaving_data_kb"), fell)
    return _graded("data", (guarded, _p("leaving_data_points")))


def zero_call_part() -> LeavingPart:
    """Three or more of the last days had a row without any call."""
    silent = i.zero_call_rows >= _p("leaving_zero_call_rows")
    return _graded("zero_calls", (silent, _p("leaving_zero_call_points")))


LEAVING_PARTS: tuple[LeavingPart, ...] = (
    voice_part(),
    hotline_part(),
    forwarding_part(),
    offnet_part(),
    payments_part(),
    contract_part(),
    complaints_part(),
    new_customer_part(),
    data_part(),
    zero_call_part(),
)
"""The parts in the order they are shown."""


leaving_score: Number = Step(
    "leaving_score",
    Least(Total(tuple(part.points for part in LEAVING_PARTS)), _p("leaving_cap")),
)
"""The points of all parts together, capped."""
