"""Counting how often links are opened from one place, so that nobody tries them out (CH7)."""

import hmac
from datetime import datetime, timedelta
from hashlib import sha256

from django.conf import settings
from django.db.models import Case, F, Value, When

from dakehu.outbox.errors import KnockedTooOften
from dakehu.outbox.models import Knock

A_MINUTE = 60
"""What a place may open in a minute."""
MISS = 6
"""How much a link counts that opens nothing."""
KEPT = timedelta(hours=1)


def count_knock(address: str, *, at: datetime, is_miss: bool = False) -> None:
    """
    Count that a link was opened from an address of the network.

    :raises KnockedTooOften: if that was often enough in this minute.
    """
    weight = MISS if is_miss else 1
    minute = at.replace(second=0, microsecond=0)
    who = hmac.new(settings.SECRET_KEY.encode(), address.encode(), sha256).hexdigest()
    Knock.objects.get_or_create(who=who, defaults={"minute": minute})
    counted = Knock.objects.filter(who=who).exclude(minute=minute, count__gte=A_MINUTE)
    again = Case(When(minute=minute, then=F("count") + weight), default=Value(weight))
    if not counted.update(count=again, minute=minute):
        left = minute + timedelta(minutes=1) - at
        raise KnockedTooOften(max(1, round(left.total_seconds())))


def forget_knocks(*, at: datetime) -> None:
    """Forget what is of no use any more."""
    Knock.objects.filter(minute__lt=at - KEPT).delete()
