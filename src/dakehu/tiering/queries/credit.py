"""
Credit standing: what those who act on arrears ask before they act (V6, C24).

A customer of the highest credit standing is not to be suspended for arrears.  Whatever suspends,
duns or warns of a suspension asks :func:`credit_of` and says so.
"""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from dakehu.tiering.models import Level, Standing
from dakehu.tiering.queries.moves import holding

if TYPE_CHECKING:
    from dakehu.customers.models import Customer

CREDIT = "credit"


@dataclass(frozen=True)
class Credit:
    """The credit standing of a customer: level, since when, and whether it spares suspension."""

    level: Level
    since: date
    is_spared: bool


def credit_of(customer: "Customer", *, on: date) -> Credit | None:
    """Return the credit standing on a day; nothing before one is decided. From a query."""
    held = Standing.objects.filter(holding(on), customer=customer, scheme__code=CREDIT)
    standing = held.select_related("level").first()
    if standing is None:
        return None
    top = Level.objects.filter(scheme=standing.scheme_id, removed_at__isnull=True)
    highest = top.order_by("-rank").values_list("rank", flat=True).first()
    return Credit(standing.level, standing.active_from, standing.level.rank == highest)
