"""The numbers of each warning that are in force, in words (W1 to W12)."""

from dataclasses import asdict, dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dakehu.alerts.choices import Rule
from dakehu.alerts.queries.versions import book_on

NAMES: dict[str, str | Promise] = {
    "alive_days": _("A number counts as alive with a row in so many days"),
    "recent_days": _("Days looked at"),
    "earlier_days": _("Days before them, to compare with"),
    "hotline_calls": _("Calls to the hotline from which on it fires"),
    "forwarded_calls": _("Forwarded calls from which on it fires"),
    "payment_days": _("Days looked at, and as many before them"),
    "payment_tenure_days": _("Only customers for more than so many days"),
    "payments_before": _("Payments before, at least"),
    "payment_percent": _("Fires at this share of the earlier payments, per cent"),
    "fall_tenure_days": _("Only customers for more than so many days"),
    "fall_voice_s": _("Voice before, at least, in seconds"),
    "fall_percent": _("Fires below this share of the earlier average, per cent"),
    "last_month_voice_s": _("Voice in the same days of last month, at least, in seconds"),
    "last_month_percent": _("Fires below this share of last month, per cent"),
    "last_year_voice_s": _("Voice in the same days of last year, at least, in seconds"),
    "last_year_percent": _("Fires below this share of last year, per cent"),
    "offnet_recent_s": _("Voice in the days looked at, at least, in seconds"),
    "offnet_earlier_s": _("Voice in the days before, at least, in seconds"),
    "offnet_points": _("Rise of the share of other networks, in percentage points"),
    "birthday_days": _("Days before the birthday"),
    "contract_days": _("Days before the end"),
    "idle_days": _("Days before yesterday"),
    "idle_calls": _("Calls in these days, at least"),
    "leaving_score": _("Score from which on it fires"),
    "leaving_cap": _("Highest score"),
    "leaving_fall_percent_deep": _("Deep fall of voice: below this share, per cent"),
    "leaving_fall_points_deep": _("Points for a deep fall of voice"),
    "leaving_fall_percent_strong": _("Strong fall of voice: below this share, per cent"),
    "leaving_fall_points_strong": _("Points for a strong fall of voice"),
    "leaving_fall_percent_mild": _("Mild fall of voice: below this share, per cent"),
    "leaving_fall_points_mild": _("Points for a mild fall of voice"),
    "leaving_hotline_calls": _("Calls to the hotline that count as a sign"),
    "leaving_hotline_points": _("Points for calls to the hotline"),
    "leaving_forwarded_calls": _("Forwarded calls that count as a sign"),
    "leaving_forwarded_points": _("Points for forwarded calls"),
    "leaving_offnet_rise": _("Rise of other networks that counts, in percentage points"),
    "leaving_offnet_points": _("Points for calling other networks more"),
    "leaving_payment_points": _("Points for paying less often"),
    "leaving_contract_days_past": _("Days after the end of a contract that count"),
    "leaving_contract_days_ahead": _("Days before the end of a contract that count"),
    "leaving_contract_points": _("Points for a contract that ends or has ended"),
    "leaving_complaint_days": _("Days whose complaints count"),
    "leaving_complaint_points_each": _("Points for each complaint"),
    "leaving_complaint_points": _("Points for complaints, at most"),
    "leaving_new_days": _("A customer counts as new for so many days"),
    "leaving_new_points": _("Points for a new customer"),
    "leaving_data_kb": _("Data traffic before, at least, in kB"),
    "leaving_data_percent": _("Fall of data traffic: below this share, per cent"),
    "leaving_data_points": _("Points for a fall of data traffic"),
    "leaving_zero_call_rows": _("Days without any call that count as a sign"),
    "leaving_zero_call_points": _("Points for days without any call"),
    "funds_days": _("Money for fewer days than this"),
    "funds_charge_days": _("Days whose charges are averaged"),
    "event_mask": _("Events watched, as a sum of bits"),
}

OF_RULE: dict[str, tuple[str, ...]] = {
    "W01": ("recent_days", "hotline_calls"),
    "W02": ("recent_days", "forwarded_calls"),
    "W03": ("payment_days", "payment_tenure_days", "payments_before", "payment_percent"),
    "W04": ("recent_days", "earlier_days", "fall_tenure_days", "fall_voice_s", "fall_percent"),
    "W05M": ("last_month_voice_s", "last_month_percent"),
    "W05Y": ("last_year_voice_s", "last_year_percent"),
    "W06": (
        "recent_days",
        "earlier_days",
        "fall_tenure_days",
        "offnet_recent_s",
        "offnet_earlier_s",
        "offnet_points",
    ),
    "W07": ("birthday_days",),
    "W08": ("contract_days",),
    "W09": ("idle_days", "idle_calls"),
    "W10": (
        "leaving_score",
        "leaving_cap",
        *(
            name
            for name in NAMES
            if name.startswith("leaving_") and name not in {"leaving_score", "leaving_cap"}
        ),
    ),
    "W11": ("funds_days", "funds_charge_days"),
    "W12": ("event_mask",),
    "W14": (),
}

SHARED = ("alive_days", "recent_days", "earlier_days", "fall_tenure_days")
"""Numbers that several warnings read; they stand once in the grid, before the warnings."""


@dataclass(frozen=True)
class NumberGroup:
    """The numbers of one warning as the grid shows them; ``rule`` is empty for the shared ones."""

    rule: str
    title: str
    names: tuple[str, ...]


def number_groups() -> list[NumberGroup]:
    """Return all numbers, each once: what warnings share, then warning by warning."""
    shared = NumberGroup("", gettext("Read by several warnings"), SHARED)
    return [
        shared,
        *(
            NumberGroup(
                rule,
                str(Rule(rule).label),
                tuple(name for name in names if name not in SHARED),
            )
            for rule, names in OF_RULE.items()
            if names
        ),
    ]


def unit_of(name: str) -> str:
    """Return the unit of a number in words; nothing for a plain count."""
    if name.endswith("_points") or name in POINTS:
        return gettext("points")
    if "_percent" in name:
        return gettext("%")
    if name in {"offnet_points", "leaving_offnet_rise"}:
        return gettext("percentage points")
    units = {"_days": gettext("days"), "_s": gettext("seconds"), "_kb": gettext("kB")}
    ending = next((each for each in units if name.endswith(each)), "")
    if ending:
        return units[ending]
    return gettext("days") if name.startswith("leaving_contract_days") else ""


POINTS = frozenset(
    {
        "leaving_score",
        "leaving_cap",
        "leaving_complaint_points_each",
        "leaving_fall_points_deep",
        "leaving_fall_points_strong",
        "leaving_fall_points_mild",
    }
)


def numbers_in_force(rule: str, *, on: date) -> tuple[int, list[tuple[str, int]]]:
    """Return the version of a warning's numbers, and each number in words with its value."""
    numbers = book_on(on).province
    values = asdict(numbers)
    shown = [
        name for name in OF_RULE[rule] if rule != "W10" or name in {"leaving_score", "leaving_cap"}
    ]
    return numbers.version, [(str(NAMES[name]), values[name]) for name in shown]
