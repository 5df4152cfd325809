"""Cases follow what happens elsewhere: to-dos passed on, customers that change hands."""

from django.db import transaction

from dakehu.audit.operations import change_rows
from dakehu.cases.choices import CASE, ActKind, CaseState
from dakehu.cases.models import Case
from dakehu.cases.operations import promising
from dakehu.cases.operations.keeping import keep, locked, write_act
from dakehu.cases.policies import HANDLE
from dakehu.cases.values import Done
from dakehu.ownership.events import CustomersMoved
from dakehu.people.queries import staff_who_may
from dakehu.worklist.events import TodosHandedOver


@transaction.atomic
def follow_todos(handed: TodosHandedOver) -> None:
    """Let open cases follow their to-dos, which somebody passed on, to people who handle cases."""
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
def follow_customers(moved: CustomersMoved) -> None:
    """Show cases of customers that changed hands to whoever looks after them now."""
    for line in moved.lines:
        rows = Case.objects.filter(customer=line.customer_id).exclude(manager=line.to_id)
        change_rows(rows, values={"manager_id": line.to_id}, by=moved.by, at=moved.at)
