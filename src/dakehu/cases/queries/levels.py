"""What a customer's levels are called, and how high they stand."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.timezone import localdate

from dakehu.tiering.choices import Grade
from dakehu.tiering.queries.held import best_grade, service_levels

if TYPE_CHECKING:
    from dakehu.customers.models import Customer

LONGEST = 60


def level_of(customer: "Customer | None", *, at: datetime) -> tuple[str, Grade]:
    """
    Return what a customer's levels are called, and the best grade among them.

    The credit standing is no level of service.
    """
    if customer is None:
        return "", Grade.NONE
    held = service_levels(customer.pk, on=localdate(at))
    words = " · ".join(level.name for level in held)[:LONGEST]
    return words, best_grade((level.rank, level.ranks) for level in held)
