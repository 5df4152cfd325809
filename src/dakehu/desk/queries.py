"""To whom somebody returned in a period, by whatever floor knows of it (O10)."""

from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.utils.timezone import make_aware
from django.utils.translation import gettext_lazy as _

from dakehu.alerts.queries import customers_spoken_to
from dakehu.care.queries.visits import customers_returned_to
from dakehu.cases.queries import customers_asked_after_closing

PERIODS = {"month": _("This month"), "quarter": _("This quarter"), "year": _("This year")}
MONTHS = {"month": 1, "quarter": 3, "year": 12}


def first_day(period: str, on: date) -> date:
    """Return the first day of the month, quarter or year that a day lies in."""
    months = MONTHS[period]
    return date(on.year, (on.month - 1) // months * months + 1, 1)


def returned_to(*, since: date, on: date) -> Q:
    """
    Return the condition that the customer of a stay was returned to from a day to another.

    Spoken to about an alert, met at a return visit, or reached after a request was closed.
    """
    within = {"since": midnight(since), "until": midnight(on + timedelta(days=1))}
    return (
        Q(customer__in=customers_spoken_to(**within))
        | Q(customer__in=customers_returned_to(**within))
        | Q(customer__in=customers_asked_after_closing(**within))
    )


def midnight(day: date) -> datetime:
    """Return the instant at which a day begins."""
    return make_aware(datetime.combine(day, time.min))
