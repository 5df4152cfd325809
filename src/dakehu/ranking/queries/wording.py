"""What a model and its reasons say in words: inputs, their values, what they did (promise 1)."""

from math import exp

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from dakehu.customers.choices import CardLevel
from dakehu.ranking.rules.inputs import UNITS, Unit
from dakehu.ranking.values import Push
from dakehu.ui.words import number, yuan

KB_PER_MB = 1024
MINUTE = 60

INPUT_WORDS: dict[str, str | Promise] = {
    "voice_day": gettext_lazy("Voice per day, last 7 days"),
    "voice_change": gettext_lazy("Voice of 7 days against the 30 before"),
    "voice_change_now": gettext_lazy("Voice of 3 days against the 30 before"),
    "calls_day": gettext_lazy("Calls per day, before"),
    "calls_change": gettext_lazy("Calls of 7 days against the 30 before"),
    "data_day": gettext_lazy("Data per day, last 7 days"),
    "data_change": gettext_lazy("Data of 7 days against the 30 before"),
    "offnet_share": gettext_lazy("Share of other networks in the talk time"),
    "offnet_rise": gettext_lazy("Rise of the share of other networks"),
    "silent_week": gettext_lazy("Days without a call in 7 days"),
    "silent_month": gettext_lazy("Days without a call in 30 days"),
    "hotline_week": gettext_lazy("Calls to the hotline in 7 days"),
    "hotline_month": gettext_lazy("Calls to the hotline in 30 days"),
    "forwarded_week": gettext_lazy("Calls forwarded to other networks in 7 days"),
    "forwarded_month": gettext_lazy("Calls forwarded to other networks in 30 days"),
    "complaints_month": gettext_lazy("Complaints in 30 days"),
    "complaints_before": gettext_lazy("Complaints in the 30 days before"),
    "payments_month": gettext_lazy("Payments in 30 days"),
    "payments_change": gettext_lazy("Payments of 30 days against the 30 before"),
    "charge_month": gettext_lazy("Charges in 30 days"),
    "charge_change": gettext_lazy("Charges of 30 days against the 30 before"),
    "available": gettext_lazy("Money available"),
    "is_stopped": gettext_lazy("Stopped or reported lost"),
    "has_reported": gettext_lazy("Loss, stop or debt reported on the day"),
    "days_unseen": gettext_lazy("Days since the last row"),
    "tenure": gettext_lazy("Customer for"),
    "contract_left": gettext_lazy("Contract still runs for"),
    "level": gettext_lazy("Card level"),
    "revenue_month": gettext_lazy("Revenue of the last month"),
    "revenue_change": gettext_lazy("Revenue of the last month against the quarter"),
    "arrears_days": gettext_lazy("Longest arrears of the quarter"),
}


def input_words(name: str) -> str:
    """Return what an input is; one of another release speaks for itself."""
    return str(INPUT_WORDS.get(name, name))


def value_words(push: Push) -> str:
    """Return the value of an input with its unit; "unknown" where it is missing."""
    if push.value is None:
        return pgettext("value", "unknown")
    value = round(push.value)
    match UNITS.get(push.name):
        case Unit.SECONDS:
            return _("%(minutes)s min") % {"minutes": f"{value / MINUTE:,.1f}"}
        case Unit.KB:
            return f"{value / KB_PER_MB:,.1f} MB"
        case Unit.FEN:
            return f"¥{yuan(value)}"
        case Unit.DAYS:
            return _("%(days)s days") % {"days": number(value)}
        case Unit.CHANGE | Unit.SHARE:
            return f"{value / 10:.0f} %"
        case Unit.YES_NO:
            return _("Yes") if value else _("No")
        case Unit.LEVEL if value in CardLevel.values:
            return str(CardLevel(value).label)
    return number(value)


def odds_words(push: Push) -> str:
    """Return what an input does to the odds of leaving: "×1.8" or "÷1.3"."""
    factor = exp(abs(push.push))
    return f"{'×' if push.push > 0 else '÷'}{factor:.2f}"


def percent_words(share: float) -> str:
    """Return a share or probability in per cent, with one place where it is small."""
    percent = 100 * share
    if 0 < percent < 0.1:
        return "< 0.1 %"
    return f"{percent:.1f} %" if percent < 10 else f"{percent:.0f} %"
