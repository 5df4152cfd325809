"""What the evidence of an alert says, in words (W1 to W12).

The two numbers of every rule are defined in the warnings' specification; the windows they span
are the numbers of the rules.
"""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from dakehu.alerts.choices import Rule
from dakehu.alerts.queries.versions import Books
from dakehu.alerts.rules.duties import DUTIES, HIGH, OCCASIONS, URGENT, occasion_of
from dakehu.alerts.values import WarningNumbers
from dakehu.ui.words import minutes, yuan

if TYPE_CHECKING:
    from dakehu.alerts.models import Alert

SENTENCES: dict[str, str | Promise] = {
    "W01": gettext_lazy("%(a)s calls to the service hotline in the last %(recent)s days"),
    "W02": gettext_lazy("%(a)s calls forwarded to another network in the last %(recent)s days"),
    "W03": gettext_lazy(
        "%(a)s payments in the last %(payment)s days, %(b)s in the %(payment)s days before"
    ),
    "W04": gettext_lazy(
        "%(a_minutes)s minutes of voice in the last %(recent)s days, "
        "%(b_minutes)s in the %(earlier)s days before (compared per delivered day)"
    ),
    "W05M": gettext_lazy(
        "%(a_minutes)s minutes of voice this month, %(b_minutes)s in the same days of last month"
    ),
    "W05Y": gettext_lazy(
        "%(a_minutes)s minutes of voice this month, %(b_minutes)s in the same days of last year"
    ),
    "W06": gettext_lazy(
        "%(a_share)s %% of voice with other networks in the last %(recent)s days, "
        "%(b_share)s %% before"
    ),
    "W07": gettext_lazy("Birthday on %(date)s"),
    "W08": gettext_lazy("Promotion or contract ends on %(date)s"),
    "W09": gettext_lazy("No call yesterday, %(b)s calls in the %(idle)s days before"),
    "W10": gettext_lazy("Leaving score %(a)s of 100"),
    "W11": gettext_lazy(
        "%(a_yuan)s yuan available, %(b_yuan)s yuan charged in the last %(funds)s days"
    ),
    "W12": gettext_lazy("Reported yesterday: %(events)s"),
    "W14": gettext_lazy("%(events)s, as another system reports"),
}

EVENTS = (
    (1, pgettext_lazy("event", "pre-deregistration")),
    (2, pgettext_lazy("event", "loss report")),
    (4, pgettext_lazy("event", "stop request")),
    (8, pgettext_lazy("event", "stopped for debt")),
    (16, pgettext_lazy("event", "leave request")),
    (32, pgettext_lazy("event", "port-out")),
)

PARTS: dict[str, str | Promise] = {
    "voice": gettext_lazy("Voice fell"),
    "hotline": gettext_lazy("Called the service hotline"),
    "forwarding": gettext_lazy("Forwards calls to another network"),
    "offnet": gettext_lazy("Calls other networks more"),
    "payments": gettext_lazy("Pays less often"),
    "contract": gettext_lazy("Contract ends or has ended"),
    "complaints": gettext_lazy("Complained"),
    "new_customer": gettext_lazy("Customer for less than half a year"),
    "data": gettext_lazy("Data traffic fell"),
    "zero_calls": gettext_lazy("Days without any call"),
}


def evidence_words(alert: "Alert", books: Books | None = None) -> str:
    """
    Return what an alert's newest evidence says, as one sentence.

    ``books`` spares reading the same versions again for every alert of a list.
    """
    day = occasion_of(last=alert.last_day, a=alert.a) if alert.rule in OCCASIONS else None
    numbers = (books or Books()).of(alert)
    return sentence(alert.rule, a=alert.a, b=alert.b, day=day, windows=windows_of(numbers))


def windows_of(numbers: WarningNumbers) -> dict[str, int]:
    """Return the lengths in days that sentences speak of."""
    return {
        "recent": numbers.recent_days,
        "earlier": numbers.earlier_days,
        "payment": numbers.payment_days,
        "idle": numbers.idle_days,
        "funds": numbers.funds_charge_days,
    }


def other_windows(numbers: WarningNumbers) -> dict[str, int]:
    """Return the lengths that differ from those shipped."""
    shipped = windows_of(WarningNumbers())
    return {name: days for name, days in windows_of(numbers).items() if days != shipped[name]}


def alert_facts(alert: "Alert", books: Books) -> dict[str, int | str]:
    """
    Return what the wording of a to-do needs; an occasion needs its day, which stays the same.

    Lengths in days are told where the numbers that judged the alert have others than shipped.
    """
    if alert.rule in OCCASIONS:
        day = occasion_of(last=alert.last_day, a=alert.a)
        return {"rule": alert.rule, "date": day.isoformat()}
    windows = other_windows(books.of(alert))
    return {"rule": alert.rule, "a": alert.a, "b": alert.b, **windows}


def alert_words(facts: Mapping[str, Any]) -> str:
    """Return the wording of an alert's to-do: the warning, where it needs naming, and evidence."""
    rule = facts["rule"]
    day = date.fromisoformat(facts["date"]) if "date" in facts else None
    shipped = windows_of(WarningNumbers())
    windows = {name: facts.get(name, days) for name, days in shipped.items()}
    said = sentence(rule, a=facts.get("a", 0), b=facts.get("b", 0), day=day, windows=windows)
    if rule not in NAMES_ITSELF:
        said = _("%(warning)s: %(evidence)s") % {"warning": Rule(rule).label, "evidence": said}
    if facts.get("also"):
        others = _(", ").join(str(Rule(other).label) for other in facts["also"].split(","))
        said = _("%(evidence)s; also: %(others)s") % {"evidence": said, "others": others}
    return said


def sentence(rule: str, *, a: int, b: int, day: date | None, windows: Mapping[str, int]) -> str:
    """Return the sentence of one warning for its two numbers and, where it has one, its day."""
    return str(SENTENCES[rule]) % {
        "a": a,
        "b": b,
        "a_minutes": minutes(a),
        "b_minutes": minutes(b),
        "a_yuan": yuan(a),
        "b_yuan": yuan(b),
        "a_share": f"{a / 10:.1f}",
        "b_share": f"{b / 10:.1f}",
        "date": date_format(day, "Y-m-d") if day else "",
        "events": events_in(a),
        **windows,
    }


NAMES_ITSELF = frozenset({"W01", "W02", "W07", "W08", "W09", "W10", "W14"})
"""Warnings whose sentence leaves no doubt which one it is."""


def events_in(mask: int) -> str:
    """Return the events whose bits are set, joined."""
    return _(", ").join(str(words) for bit, words in EVENTS if mask & bit)


def score_parts(alert: "Alert") -> list[tuple[str, int]]:
    """Return the parts of a score that gave points, in words, the heaviest first."""
    known = ((str(PARTS[name]), points) for name, points in alert.parts.items() if name in PARTS)
    return sorted((part for part in known if part[1] > 0), key=lambda part: -part[1])


def rule_tone(rule: str) -> str:
    """Return the tone of a warning's badge by its urgency."""
    return {URGENT: "danger", HIGH: "warning"}.get(DUTIES[rule][0], "info")
