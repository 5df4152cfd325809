"""What has been taken from whom: the questions that a run asks before it takes more.

They take no actor: the run acts on nobody's behalf.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from dakehu.exchange.models import Delivery


@dataclass(frozen=True)
class KnownDelivery:
    """A delivery that was seen before: its content, and whether any of it was taken."""

    city: str
    day: date
    scope: str
    send: int
    fingerprint: str
    state: str


@dataclass(frozen=True)
class OwedReceipt:
    """A receipt that still has to reach the outbox."""

    delivery_id: int
    city: str
    day: date
    send: int
    receipt: dict[str, Any]


def known_deliveries(first: date | None, last: date) -> list[KnownDelivery]:
    """Return every delivery seen for the data days up to ``last``, from ``first`` if given."""
    found = Delivery.objects.filter(day__lte=last)
    if first is not None:
        found = found.filter(day__gte=first)
    rows = found.order_by("day", "city_code", "send", "pk")
    columns = ("city_code", "day", "scope", "send", "fingerprint", "state")
    return [KnownDelivery(*row) for row in rows.values_list(*columns)]


def owed_receipts() -> Iterator[OwedReceipt]:
    """Yield the receipts that still have to be sent, the oldest first."""
    rows = Delivery.objects.filter(receipt_at__isnull=True).order_by("pk")
    for row in rows.values_list("pk", "city_code", "day", "send", "receipt"):
        yield OwedReceipt(*row)
