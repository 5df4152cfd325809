"""The numbers of each warning that are in force, in words (W1 to W12)."""

from dataclasses import asdict

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dakehu.alerts.values import WarningNumbers

NAMES: dict[str, str | Promise] = {
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
    "W10": ("leaving_score", "leaving_cap"),
    "W11": ("funds_days", "funds_charge_days"),
    "W12": ("event_mask",),
    "W14": (),
}


def numbers_in_force(rule: str) -> tuple[int, list[tuple[str, int]]]:
    """Return the version of a warning's numbers, and each number in words with its value."""
    numbers = WarningNumbers()
    values = asdict(numbers)
    return numbers.version, [(str(NAMES[name]), values[name]) for name in OF_RULE[rule]]
