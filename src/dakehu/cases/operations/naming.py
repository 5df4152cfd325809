"""
Whose a case is: an unknown caller named later, or a customer who was named wrongly (CH3).

What follows from the customer is taken anew as if the case had been theirs from the first word:
priority, level and manager by the day on which it was opened, and the promised times from the
instant at which it was. Whoever works on it keeps it; while nobody does, it goes into the queue
that a case of this customer would have gone into. The number stays, because the caller knows it.
"""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from dakehu.audit.operations import save_records
from dakehu.cases.choices import ActKind, Bond, Move
from dakehu.cases.errors import UnableToKeepCase
from dakehu.cases.models import Case
from dakehu.cases.operations import promising
from dakehu.cases.operations.asking import ask_owner
from dakehu.cases.operations.keeping import held, keep, locked, require_work_on, turned, write_act
from dakehu.cases.policies import HANDLE
from dakehu.cases.queries.levels import level_of
from dakehu.cases.queries.routing import queue_for
from dakehu.cases.rules.priorities import priority_for
from dakehu.cases.values import Done
from dakehu.people.policies import require

if TYPE_CHECKING:
    from dakehu.customers.models import Customer
    from dakehu.people.models import Staff

WITHIN = (Bond.PART, Bond.SUPPORT)
"""What belongs to a case as a part of it has its customer; who reports a fault has their own."""


@transaction.atomic
def name_customer(
    *,
    case: Case,
    version: int | None,
    customer: "Customer | None",
    reason: str,
    by: "Staff",
    at: datetime,
) -> Case:
    """
    Say whose an open case is; None takes a customer back who was named wrongly.

    :raises PermissionDenied: if somebody else works on it.
    :raises UnableToKeepCase: if the case is not open, is a part of another one, or is theirs.
    """
    require(by, HANDLE)
    stored, _state = held(case, Move.TALK, version=version)
    require_work_on(by, stored)
    if stored.bond in WITHIN:
        raise UnableToKeepCase(_("Name the customer on the case that this one belongs to."))
    if stored.customer_id == (customer.pk if customer else None):
        raise UnableToKeepCase(_("The case is of this customer already."), "who")
    take_over(stored, customer, reason=reason, by=by, at=at)
    for part in stored.children.open().filter(bond__in=WITHIN).order_by("pk"):
        take_over(locked(part), customer, reason=reason, by=by, at=at)
    return stored


def take_over(
    case: Case, customer: "Customer | None", *, reason: str, by: "Staff", at: datetime
) -> None:
    """Give a case to a customer, with everything that follows from it."""
    was = case.customer
    case.tier, case.grade = level_of(customer, at=case.opened_at)
    case.customer, case.manager = customer, customer.manager if customer else None
    case.priority = priority_for(case.kind, case.grade)
    if customer is not None and case.owner_id is None:
        case.unit = queue_for(case.kind, customer.unit)
    keep(turned(case), case.state, by=by, at=at, reason=reason)
    facts = {"was": was.number if was else "", "customer": customer.number if customer else ""}
    write_act(case, Done(ActKind.CHANGED, reason, facts=facts), by=by, at=at)
    orders = list(case.orders.open())
    for order in orders:
        order.customer = customer
    if orders:
        save_records(orders, by=by, at=at, reason=reason)
    promising.give_to_customer(case, reason=reason, by=by, at=at)
    ask_owner(case, by=by, at=at)
