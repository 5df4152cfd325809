"""The to-do that asks the owner of a case: opened, moved and finished with it (P7)."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.timezone import localdate

from dakehu.cases.choices import CASE, ORDER, OrderState, Priority
from dakehu.cases.models import Case, WorkOrder
from dakehu.cases.rules.wording import without_numbers
from dakehu.worklist.choices import Urgency
from dakehu.worklist.operations import ask_now, finish_todo
from dakehu.worklist.values import Ask

if TYPE_CHECKING:
    from dakehu.people.models import Staff

URGENCIES = {
    Priority.FIRST: Urgency.URGENT,
    Priority.SECOND: Urgency.HIGH,
    Priority.NORMAL: Urgency.NORMAL,
    Priority.LOW: Urgency.LOW,
}


def ask_owner(case: Case, *, by: "Staff", at: datetime) -> None:
    """Ask the owner of an open case; a case in the queue asks nobody by name."""
    if case.owner_id is None:
        done_asking(case, by=by, at=at)
        return
    ask_now(source=CASE, ask=ask_of(case), at=at)


def ask_of(case: Case) -> Ask:
    """Return what is asked of the owner of a case."""
    return Ask(
        source_id=case.pk,
        facts={"number": case.number, "kind": case.kind, "subject": without_numbers(case.subject)},
        customer_id=case.customer_id,
        owner_id=case.owner_id,
        unit_id=case.unit_id,
        urgency=URGENCIES[Priority(case.priority)],
        due_date=localdate(case.due_at) if case.due_at else None,
    )


def done_asking(case: Case, *, by: "Staff", at: datetime) -> None:
    """Finish the to-do of a case that is closed."""
    finish_todo(source=CASE, source_id=case.pk, by=by, at=at)


def ask_engineer(order: WorkOrder, *, at: datetime) -> None:
    """Ask the engineer of an order: to go, then for the record of the day, then the signature."""
    arrived = order.state in {OrderState.ON_SITE, OrderState.DONE}
    usual = URGENCIES[Priority(order.priority)]
    ask = Ask(
        source_id=order.pk,
        facts={
            "number": order.number,
            "subject": without_numbers(order.subject),
            "state": order.state if arrived else OrderState.ASSIGNED,
        },
        customer_id=order.customer_id,
        owner_id=order.engineer_id,
        unit_id=order.unit_id,
        urgency=min(usual, Urgency.HIGH) if arrived else usual,
        due_date=localdate(order.arrived_at or order.starts_at),
    )
    ask_now(source=ORDER, ask=ask, at=at)
