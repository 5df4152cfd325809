"""What has been taken from whom: the questions that the nightly run asks before it takes more."""

from datetime import date

from dakehu.exchange.choices import DeliveryState
from dakehu.exchange.models import Delivery


def taken_sends(first: date | None, last: date) -> dict[tuple[str, date], dict[int, str]]:
    """Return what was taken per city and data day: the fingerprint of each send number."""
    return fingerprints(
        Delivery.objects.exclude(state=DeliveryState.REFUSED), first=first, last=last
    )


def refused_contents(first: date | None, last: date) -> set[str]:
    """Return the fingerprints of deliveries that were refused whole, so that each is told once."""
    found = Delivery.objects.filter(state=DeliveryState.REFUSED, day__lte=last)
    if first is not None:
        found = found.filter(day__gte=first)
    return set(found.values_list("fingerprint", flat=True))
