"""When a warning fires, in one sentence with the numbers that hold (W1 to W14, promise 1)."""

from dataclasses import asdict
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dakehu.alerts.choices import LeavingKind
from dakehu.alerts.queries.evidence import events_in
from dakehu.alerts.queries.versions import book_on, place_words
from dakehu.alerts.values import NumberBook, WarningNumbers
from dakehu.ui.words import minutes, number

FIRES: dict[str, str | Promise] = {
    "W01": gettext_lazy(
        "Fires when the service hotline was called at least %(hotline_calls)s times in the last "
        "%(recent_days)s days."
    ),
    "W02": gettext_lazy(
        "Fires when at least %(forwarded_calls)s calls were forwarded to another network in the "
        "last %(recent_days)s days."
    ),
    "W03": gettext_lazy(
        "Fires when the payments of the last %(payment_days)s days are at most "
        "%(payment_percent)s %% of those of the %(payment_days)s days before, compared per "
        "delivered day; only with at least %(payments_before)s payments before, and for customers "
        "of more than %(payment_tenure_days)s days."
    ),
    "W04": gettext_lazy(
        "Fires when voice of the last %(recent_days)s days falls below %(fall_percent)s %% of "
        "that of the %(earlier_days)s days before, compared per delivered day; only with at least "
        "%(fall_voice)s minutes before, and for customers of more than %(fall_tenure_days)s days."
    ),
    "W05M": gettext_lazy(
        "Fires when voice of this month so far falls below %(last_month_percent)s %% of that of "
        "the same days of last month, compared per delivered day; only with at least "
        "%(last_month_voice)s minutes then, and for customers since before last month."
    ),
    "W05Y": gettext_lazy(
        "Fires when voice of this month so far falls below %(last_year_percent)s %% of that of "
        "the same days of last year, compared per delivered day; only with at least "
        "%(last_year_voice)s minutes then."
    ),
    "W06": gettext_lazy(
        "Fires when the share of other networks in voice of the last %(recent_days)s days is at "
        "least %(offnet_points)s percentage points above that of the %(earlier_days)s days "
        "before; only with at least %(offnet_recent)s and %(offnet_earlier)s minutes in these "
        "days, and for customers of more than %(fall_tenure_days)s days."
    ),
    "W07": gettext_lazy("Fires when the birthday is at most %(birthday_days)s days away."),
    "W08": gettext_lazy(
        "Fires when the promotion or contract ends within %(contract_days)s days."
    ),
    "W09": gettext_lazy(
        "Fires when an active number has no call yesterday, and had at least %(idle_calls)s calls "
        "in the %(idle_days)s days before."
    ),
    "W10": gettext_lazy(
        "Fires when the signs of leaving of an active number add up to at least "
        "%(leaving_score)s of %(leaving_cap)s points."
    ),
    "W11": gettext_lazy(
        "Fires when the money of an active number is used up, or lasts for fewer than "
        "%(funds_days)s days at the average charge of the last %(funds_charge_days)s days."
    ),
    "W12": gettext_lazy("Fires when yesterday's files report of a number: %(events)s."),
    "W14": gettext_lazy(
        "Fires within seconds when another system reports of a customer: %(kinds)s."
    ),
}

ALIVE = frozenset({"W01", "W02", "W03", "W04", "W05M", "W05Y", "W06", "W07", "W08"})
"""Warnings that look only at numbers in use."""


def fires_when(rule: str, numbers: WarningNumbers) -> str:
    """Return in one sentence when a warning fires with these numbers."""
    return str(FIRES[rule]) % {**_counted(numbers), **_said(numbers)}


def fires_on(rule: str, *, on: date) -> str:
    """Return when a warning fires with the numbers of the province that hold on a day."""
    return fires_when(rule, book_on(on).province)


def only_alive(rule: str, numbers: WarningNumbers) -> str:
    """Return what counts as a number in use, for a warning that looks only at those."""
    if rule not in ALIVE:
        return ""
    words = _(
        "Only numbers with usage in the last %(days)s days that are not pre-deregistered count."
    )
    return words % {"days": numbers.alive_days}


def fires_elsewhere(rule: str, book: NumberBook) -> list[tuple[str, str]]:
    """Return the places, in words, at which a warning fires otherwise than in the province."""
    usual = fires_when(rule, book.province)
    places = sorted(book.places(), key=lambda place: (place.city, place.level or 0))
    told = ((place, fires_when(rule, book.at_place(place))) for place in places)
    return [(place_words(place), words) for place, words in told if words != usual]


def _counted(numbers: WarningNumbers) -> dict[str, str]:
    return {name: number(value) for name, value in asdict(numbers).items()}


def _said(numbers: WarningNumbers) -> dict[str, str]:
    """Return what a sentence says in other units or in words: minutes, and what was reported."""
    return {
        "fall_voice": _minutes(numbers.fall_voice_s),
        "last_month_voice": _minutes(numbers.last_month_voice_s),
        "last_year_voice": _minutes(numbers.last_year_voice_s),
        "offnet_recent": _minutes(numbers.offnet_recent_s),
        "offnet_earlier": _minutes(numbers.offnet_earlier_s),
        "events": events_in(numbers.event_mask),
        "kinds": _(", ").join(str(kind.label) for kind in LeavingKind),
    }


def _minutes(seconds: int) -> str:
    return minutes(seconds).removesuffix(".0")
