"""Why a warning fired: every comparison with the values it saw (promise 1).

The inputs are those kept with the signal when the night evaluated it, and the rules are the very
ones the night used, so what stands here is what was decided.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dakehu.alerts.queries.evidence import PARTS
from dakehu.alerts.queries.numbers import NAMES
from dakehu.alerts.rules import explain
from dakehu.alerts.values import WarningNumbers
from dakehu.rulekit.explanation import Finding, Seen, Sort
from dakehu.ui.words import minutes, number, yuan

# A comparison of a whole score sees every input; those stand with the parts of the score.
MOST_SEEN = 8
KB_PER_MB = 1024

INPUTS: dict[str, str | Promise] = {
    "newest_age": _("Days since the newest row of usage"),
    "newest_status": _("Status in the newest row"),
    "tenure": _("Days as a customer"),
    "hotline_recent": _("Calls to the hotline, last days"),
    "forwarded_recent": _("Calls forwarded to other networks, last days"),
    "payments": _("Payments, last days"),
    "payments_before": _("Payments, days before"),
    "days_payments": _("Delivered days of these last days"),
    "days_payments_before": _("Delivered days of the days before"),
    "voice_recent": _("Voice, last days"),
    "voice_earlier": _("Voice, days before"),
    "days_recent": _("Delivered days of the last days"),
    "days_earlier": _("Delivered days of the days before"),
    "voice_month": _("Voice, this month so far"),
    "voice_last_month": _("Voice, same days of last month"),
    "voice_last_year": _("Voice, same days of last year"),
    "days_month": _("Delivered days of this month"),
    "days_last_month": _("Delivered days of last month"),
    "days_last_year": _("Delivered days of last year"),
    "since_last_month_began": _("Days since last month began"),
    "talk_recent": _("Voice with mobile networks, last days"),
    "talk_earlier": _("Voice with mobile networks, days before"),
    "offnet_recent": _("Voice with other networks, last days"),
    "offnet_earlier": _("Voice with other networks, days before"),
    "days_to_birthday": _("Days to the birthday"),
    "days_to_contract_end": _("Days to the end of the contract"),
    "calls_before_yesterday": _("Calls in the days before yesterday"),
    "complaints": _("Complaints, last days"),
    "data_recent": _("Data traffic, last days"),
    "data_earlier": _("Data traffic, days before"),
    "zero_call_rows": _("Days without any call, last days"),
    "charge": _("Charges, last days"),
    "days_charge": _("Delivered days of these charges"),
    "today_status": _("Status of the data day"),
    "today_calls": _("Calls of the data day"),
    "today_events": _("Events of the data day, as a sum of bits"),
    "today_balance": _("Balance"),
    "today_credit_used": _("Credit used"),
    "today_arrears": _("Arrears"),
    "credit_limit": _("Credit limit"),
}
MONEY = frozenset(
    {"charge", "today_balance", "today_credit_used", "today_arrears", "credit_limit"}
)


@dataclass(frozen=True)
class Reason:
    """One comparison: whether it held, what it saw, and the numbers of the rule it used.

    ``compared`` are the two sides where the inputs themselves would say too much.
    """

    held: bool
    seen: tuple[tuple[str, str], ...]
    numbers: tuple[tuple[str, str], ...]
    compared: str = ""


@dataclass(frozen=True)
class PartReason:
    """One part of a score: its words, its points, and what it saw."""

    words: str
    points: int
    seen: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Reasons:
    """Why a warning fired, with the version of the numbers that judged it."""

    version: int
    comparisons: tuple[Reason, ...]
    parts: tuple[PartReason, ...]


def reasons_for(rule: str, inputs: Mapping[str, int | None]) -> Reasons:
    """Return why a warning fires for the inputs that were kept with it."""
    told = explain(rule, inputs=inputs, numbers=WarningNumbers())
    return Reasons(
        version=told.version,
        comparisons=tuple(_reason(leaf) for leaf in _leaves(told.finding)),
        parts=tuple(
            PartReason(str(PARTS[part.name]), part.points, _inputs(_told_apart(part.seen)[0]))
            for part in told.parts
        ),
    )


def _leaves(finding: Finding) -> Iterator[Finding]:
    if finding.sort in {Sort.ALL, Sort.ANY}:
        for part in finding.parts:
            yield from _leaves(part)
    elif finding.sort is Sort.NOT:
        for leaf in _leaves(finding.parts[0]):
            yield Finding(leaf.sort, not leaf.held, seen=leaf.seen)
    else:
        yield finding


def _reason(leaf: Finding) -> Reason:
    if len(leaf.seen) > MOST_SEEN:
        compared = f"{leaf.left} {leaf.operator} {leaf.right}"
        return Reason(leaf.held, seen=(), numbers=(), compared=compared)
    inputs, numbers = _told_apart(leaf.seen)
    return Reason(
        leaf.held,
        seen=_inputs(inputs),
        numbers=tuple((str(NAMES[each.name]), number(each.value)) for each in numbers),
    )


def _told_apart(seen: tuple[Seen, ...]) -> tuple[list[Seen], list[Seen]]:
    """Tell inputs from numbers of the rule; one name may be both, and then the input is first."""
    inputs: dict[str, Seen] = {}
    numbers: list[Seen] = []
    for each in seen:
        if each.name in INPUTS and each.name not in inputs:
            inputs[each.name] = each
        elif each.name in NAMES:
            numbers.append(each)
    return list(inputs.values()), numbers


def _inputs(seen: Iterable[Seen]) -> tuple[tuple[str, str], ...]:
    return tuple((str(INPUTS[each.name]), _value(each)) for each in seen)


def _value(seen: Seen) -> str:
    """Return a value with its unit: minutes, megabytes or yuan; a dash where it is unknown."""
    if seen.value is None:
        return "–"
    if seen.name.startswith(("voice_", "talk_", "offnet_")):
        return f"{minutes(seen.value)} min"
    if seen.name.startswith("data_"):
        return f"{seen.value / KB_PER_MB:,.1f} MB"
    return f"¥{yuan(seen.value)}" if seen.name in MONEY else number(seen.value)
