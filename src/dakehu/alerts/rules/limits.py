"""
Which numbers a warning can have: how small and how large, and which must fit each other (W1-W12).

Whoever edits numbers is refused by these, naming the number and the cure.
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from itertools import pairwise
from types import MappingProxyType

from dakehu.alerts.values import PROVINCE, NumberBook, Place, WarningNumbers

DAY_S = 86_400
LONGEST_RECENT = 31
LONGEST_EARLIER = 92
LONGEST_HALF = 62

LIMITS: Mapping[str, tuple[int, int]] = MappingProxyType(
    {
        "alive_days": (1, LONGEST_RECENT),
        "recent_days": (1, LONGEST_RECENT),
        "earlier_days": (1, LONGEST_EARLIER),
        "payment_days": (1, LONGEST_HALF),
        "idle_days": (1, LONGEST_RECENT),
        "birthday_days": (0, LONGEST_RECENT),
        "contract_days": (0, 366),
        "funds_days": (1, 366),
        "funds_charge_days": (1, LONGEST_HALF),
        "leaving_complaint_days": (1, LONGEST_EARLIER),
        "leaving_contract_days_past": (0, 366),
        "leaving_contract_days_ahead": (0, 366),
        "event_mask": (1, 15),
    }
)
"""Limits of single numbers; all others follow from what their name ends in."""

BY_ENDING: tuple[tuple[str, tuple[int, int]], ...] = (
    ("_percent", (1, 100)),
    ("_percent_deep", (1, 100)),
    ("_percent_strong", (1, 100)),
    ("_percent_mild", (1, 100)),
    ("offnet_points", (1, 100)),
    ("_rise", (1, 100)),
    ("_tenure_days", (0, 3_660)),
    ("_new_days", (0, 3_660)),
    ("_s", (0, 100 * DAY_S)),
    ("_kb", (0, 10**9)),
    ("_score", (1, 1_000)),
    ("_cap", (1, 1_000)),
)
OTHERS = (0, 1_000)
COUNTS = (1, 1_000)

GROWING = ("leaving_fall_percent_deep", "leaving_fall_percent_strong", "leaving_fall_percent_mild")


@dataclass(frozen=True)
class Misfit:
    """A number that cannot be: its place and name, what it must not pass, or what it must fit."""

    place: Place
    name: str
    low: int = 0
    high: int = 0
    other: str = ""


def limits_of(name: str) -> tuple[int, int]:
    """The smallest and the largest value that a number may have."""
    if name in LIMITS:
        return LIMITS[name]
    for ending, limits in BY_ENDING:
        if name.endswith(ending):
            return limits
    return COUNTS if name.endswith(("_calls", "_rows", "_before")) else OTHERS


def misfits(book: NumberBook) -> list[Misfit]:
    """
    What is wrong with a version: values out of their limits, and values that contradict others.

    Contradictions are looked for where the numbers hold: at every place that differs.
    """
    found = list(_out_of_limits(PROVINCE, asdict(book.province)))
    for override in book.overrides:
        found += _out_of_limits(override.place, override.numbers)
    for place in (PROVINCE, *book.places()):
        found += _contradictions(place, book.at_place(place))
    return list(dict.fromkeys(found))


def _out_of_limits(place: Place, numbers: Mapping[str, int]) -> Iterator[Misfit]:
    for name, value in numbers.items():
        low, high = limits_of(name)
        if name != "version" and not low <= value <= high:
            yield Misfit(place, name, low, high)


def _contradictions(place: Place, numbers: WarningNumbers) -> Iterator[Misfit]:
    values = asdict(numbers)
    for smaller, larger in pairwise(GROWING):
        if values[smaller] > values[larger]:
            yield Misfit(place, smaller, other=larger)
    if numbers.leaving_score > numbers.leaving_cap:
        yield Misfit(place, "leaving_score", other="leaving_cap")
    if numbers.fall_tenure_days < numbers.recent_days + numbers.earlier_days:
        yield Misfit(place, "fall_tenure_days", other="earlier_days")
    if numbers.payment_tenure_days < 2 * numbers.payment_days:
        yield Misfit(place, "payment_tenure_days", other="payment_days")
