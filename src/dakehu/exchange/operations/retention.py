"""How long facts are kept (13 months unless set otherwise)."""

import calendar
from datetime import date

from django.db import transaction

from dakehu.exchange.models import EvaluatedDay, LivePartition

KEPT_FOR_EVER = ("subscriber",)
"""A subscriber who never changed was delivered once, however long ago; that row still counts."""


def first_day_kept(day: date, *, months: int) -> date:
    """Return the first data day that is kept when ``day`` is the newest one.

    One day more than the months, so that a comparison with the month of last year is whole.
    """
    years, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    last = calendar.monthrange(years, month + 1)[1]
    return date(years, month + 1, min(day.day, last))


@transaction.atomic
def forget_before(day: date) -> int:
    """Forget the live facts and the evaluations of days before ``day``; return how many facts.

    Deliveries stay in the book: what was taken once is never taken again.
    """
    old = LivePartition.objects.filter(day__lt=day).exclude(interface__in=KEPT_FOR_EVER)
    forgotten, _by_model = old.delete()
    EvaluatedDay.objects.filter(day__lt=day).delete()
    return forgotten
