"""
Giving customers another manager: the one place that does, beside the loader of the files (M3).

The loader keeps an assignment made here until the city names somebody else than it did before.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from dakehu.audit.operations import change_rows
from dakehu.common.batches import batched
from dakehu.customers.models import Customer

if TYPE_CHECKING:
    from dakehu.people.models import Staff

BATCH = 2_000


def hold_owners(numbers: Iterable[int]) -> dict[int, int | None]:
    """
    Return, by customer, the number of the manager, held against others until the transaction ends.

    Customers that are removed, merged or in the retained archive are not among them. Call it
    inside a transaction; rows are held in the order of their numbers, so two callers never wait
    for each other in a circle.
    """
    held: dict[int, int | None] = {}
    for batch in batched(sorted(numbers), BATCH):
        found = Customer.objects.current().filter(pk__in=batch).order_by("pk")
        held.update(found.select_for_update().values_list("pk", "manager_id"))
    return held


@transaction.atomic
def set_managers(
    customers: Iterable[int],
    *,
    manager: "Staff | None",
    by: "Staff | None",
    at: datetime,
    reason: str,
) -> int:
    """
    Make ``manager`` look after the customers with these numbers; nobody puts them into the pool.

    ``by`` is None for what the night does. Every change is logged with its reason (P8). Returns
    how many customers changed hands; who is theirs already stays as it is.
    """
    return sum(
        change_rows(
            Customer.objects.filter(pk__in=batch),
            values={"manager": manager},
            by=by,
            at=at,
            reason=reason,
        )
        for batch in batched(sorted(customers), BATCH)
    )
