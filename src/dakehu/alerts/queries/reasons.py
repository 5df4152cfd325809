"""Why a warning fired: every comparison with the values it saw (promise 1).

The inputs are those kept with the signal when the night evaluated it, and the rules are the very
ones the night used, so what stands here is what was decided.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dakehu.alerts.queries.evidence import PARTS
from dakehu.alerts.queries.numbers import NAMES
from dakehu.alerts.queries.versions import book_of_version, place_words
from dakehu.alerts.rules import explain
from dakehu.customers.choices import CustomerStatus
from dakehu.facts.places import VARIANT
from dakehu.rulekit.explanation import Finding, Seen, Sort
from dakehu.ui.words import minutes, number, yuan

if TYPE_CHECKING:
    from dakehu.alerts.models import Alert

# A comparison of a whole score sees every input; those stand with the parts of the score.
MOST_SEEN = 8
KB_PER_MB = 1024

INPUTS: dict[str, str | Promise] = {
    "newest_age": gettext_lazy("Days since the newest row of usage"),
    "newest_status": gettext_lazy("Status in the newest row"),
    "tenure": gettext_lazy("Days as a customer"),
    "hotline_recent": gettext_lazy("Calls to the hotline, last days"),
    "forwarded_recent": gettext_lazy("Calls forwarded to other networks, last days"),
    "payments": gettext_lazy("Payments, last days"),
    "payments_before": gettext_lazy("Payments, days before"),
    "days_payments": gettext_lazy("Delivered days of these last days"),
    "days_payments_before": gettext_lazy("Delivered days of the days before"),
    "voice_recent": gettext_lazy("Voice, last days"),
    "voice_earlier": gettext_lazy("Voice, days before"),
    "days_recent": gettext_lazy("Delivered days of the last days"),
    "days_earlier": gettext_lazy("Delivered days of the days before"),
    "voice_month": gettext_lazy("Voice, this month so far"),
    "voice_last_month": gettext_lazy("Voice, same days of last month"),
    "voice_last_year": gettext_lazy("Voice, same days of last year"),
    "days_month": gettext_lazy("Delivered days of this month"),
    "days_last_month": gettext_lazy("Delivered days of last month"),
    "days_last_year": gettext_lazy("Delivered days of last year"),
    "since_last_month_began": gettext_lazy("Days since last month began"),
    "talk_recent": gettext_lazy("Voice with mobile networks, last days"),
    "talk_earlier": gettext_lazy("Voice with mobile networks, days before"),
    "offnet_recent": gettext_lazy("Voice with other networks, last days"),
    "offnet_earlier": gettext_lazy("Voice with other networks, days before"),
    "days_to_birthday": gettext_lazy("Days to the birthday"),
    "days_to_contract_end": gettext_lazy("Days to the end of the contract"),
    "calls_before_yesterday": gettext_lazy("Calls in the days before yesterday"),
    "complaints": gettext_lazy("Complaints, last days"),
    "data_recent": gettext_lazy("Data traffic, last days"),
    "data_earlier": gettext_lazy("Data traffic, days before"),
    "zero_call_rows": gettext_lazy("Days without any call, last days"),
    "charge": gettext_lazy("Charges, last days"),
    "days_charge": gettext_lazy("Delivered days of these charges"),
    "today_status": gettext_lazy("Status of the data day"),
    "today_calls": gettext_lazy("Calls of the data day"),
    "today_events": gettext_lazy("Events of the data day, as a sum of bits"),
    "today_balance": gettext_lazy("Balance"),
    "today_credit_used": gettext_lazy("Credit used"),
    "today_arrears": gettext_lazy("Arrears"),
    "credit_limit": gettext_lazy("Credit limit"),
}
MONEY = frozenset(
    {"charge", "today_balance", "today_credit_used", "today_arrears", "credit_limit"}
)

STATES = frozenset({"newest_status", "today_status"})


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
    """Why a warning fired, with the version and the place of the numbers that judged it."""

    version: int
    place: str
    comparisons: tuple[Reason, ...]
    parts: tuple[PartReason, ...]


def reasons_for(alert: "Alert", inputs: Mapping[str, int | None]) -> Reasons:
    """Return why an alert's warning fires for the inputs that were kept with it."""
    book = book_of_version(alert.numbers_version)
    place, numbers = book.of_variant(inputs.get(VARIANT) or 0)
    told = explain(alert.rule, inputs=inputs, numbers=numbers)
    return Reasons(
        version=told.version,
        place=place_words(place) if book.overrides else "",
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
        return _("%(minutes)s min") % {"minutes": minutes(seen.value)}
    if seen.name in STATES and seen.value in CustomerStatus.values:
        return str(CustomerStatus(seen.value).label)
    if seen.name.startswith("data_"):
        return f"{seen.value / KB_PER_MB:,.1f} MB"
    return f"¥{yuan(seen.value)}" if seen.name in MONEY else number(seen.value)
