"""Cases follow what happens elsewhere: to-dos passed on, customers that change hands."""

from django.db import transaction

from dakehu.audit.operations import change_rows
from dakehu.cases.choices import CASE, ORDER, ActKind, CaseState
from dakehu.cases.errors import UnableToKeepCase
from dakehu.cases.models import Case, WorkOrder
from dakehu.cases.operations import promising
from dakehu.cases.operations.keeping import keep, locked, write_act
from dakehu.cases.operations.ordering import hand_order_over
from dakehu.cases.policies import HANDLE, SERVE, VIEW
from dakehu.cases.values import Done
from dakehu.ownership.events import CustomersMoved
from dakehu.people.queries import staff_who_may
from dakehu.worklist.events import TodosHandedOver


@transaction.atomic
def follow_todos(handed: TodosHandedOver) -> None:
    """Let cases and work orders follow their to-dos, which somebody passed on (R5).

    Open cases go to people who handle cases, orders to engineers.
    """
    follow_order_todos(handed)
    if handed.source != CASE:
        return
    people = staff_who_may(HANDLE).in_bulk([handed.owner_id, handed.by_id])
    owner, by = people.get(handed.owner_id), people.get(handed.by_id)
    if owner is None:
        return
    for case in Case.objects.open().filter(pk__in=handed.source_ids).order_by("pk"):
        stored = locked(case)
        state = CaseState.TAKEN if stored.state == CaseState.NEW else stored.state
        keep(stored, state, by=by, at=handed.at, owner=owner)
        facts = {"owner": str(owner), "unit": str(stored.unit)}
        write_act(stored, Done(ActKind.HANDED_OVER, facts=facts), by=by, at=handed.at)
        promising.hand_over(stored, by=by, at=handed.at)


@transaction.atomic
def follow_order_todos(handed: TodosHandedOver) -> None:
    """
    Let work orders follow their to-dos, which somebody passed on, to another engineer.

    An order for which somebody has set out, or at whose time the other one is busy or away, stays
    with its engineer: the desk decides.
    """
    if handed.source != ORDER:
        return
    engineer = staff_who_may(SERVE).filter(pk=handed.owner_id).first()
    by = staff_who_may(VIEW).filter(pk=handed.by_id).first()
    if engineer is None or by is None:
        return
    for order in WorkOrder.objects.under_way().filter(pk__in=handed.source_ids).order_by("pk"):
        try:
            hand_order_over(order, engineer, by=by, at=handed.at)
        except UnableToKeepCase:
            continue


@transaction.atomic
def follow_customers(moved: CustomersMoved) -> None:
    """Show cases of customers that changed hands to whoever looks after them now."""
    for line in moved.lines:
        rows = Case.objects.filter(customer=line.customer_id).exclude(manager=line.to_id)
        change_rows(rows, values={"manager_id": line.to_id}, by=moved.by, at=moved.at)
