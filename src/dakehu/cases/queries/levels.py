"""What a customer's levels are called, and how high they stand."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.timezone import localdate

from dakehu.cases.choices import Grade
from dakehu.cases.rules.priorities import grade_of
from dakehu.tiering.queries.credit import CREDIT
from dakehu.tiering.queries.held import held_levels

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
    found = held_levels(customer.pk, on=localdate(at))
    held = [level for level in found if level.rank and level.scheme != CREDIT]
    grades = [grade_of(level.rank, level.ranks) for level in held]
    words = " · ".join(level.name for level in held)[:LONGEST]
    return words, min(grades, key=list(Grade).index, default=Grade.NONE)
