"""Who may do what with cases."""

from typing import TYPE_CHECKING

from dakehu.cases.choices import CaseKind
from dakehu.people.policies import may
from dakehu.people.queries import covered_now

if TYPE_CHECKING:
    from dakehu.cases.models import Case, WorkOrder
    from dakehu.people.models import Staff

VIEW = "cases.view"
CREATE = "cases.create"
HANDLE = "cases.handle"
ASSIGN = "cases.assign"
EXPORT = "cases.export"
PUBLISH = "cases.publish"
DISPATCH = "cases.dispatch"
SERVE = "cases.serve"
RULES = "cases.rules"


def may_work_on(actor: "Staff", case: "Case") -> bool:
    """
    Tell whether an actor may settle a case within reach: wait, go on, close.

    Its owner, whoever hands out work, and of a complaint the first taker, who stays answerable
    for it (CH13). What nobody owns anybody who handles cases may settle.
    """
    if not may(actor, HANDLE):
        return False
    if case.owner_id in {None, actor.pk} or may(actor, ASSIGN):
        return True
    return case.kind == CaseKind.COMPLAINT and case.first_taker_id == actor.pk


def may_serve(actor: "Staff", order: "WorkOrder") -> bool:
    """
    Tell whether an actor may say how far a work order is: its engineer, who stands in for the
    engineer at this moment, and the dispatch desk.
    """
    if order.engineer_id is None:
        return False
    if may(actor, DISPATCH):
        return True
    is_theirs = order.engineer_id == actor.pk or order.engineer_id in covered_now(actor)
    return may(actor, SERVE) and is_theirs


def may_plan(actor: "Staff", order: "WorkOrder") -> bool:
    """Tell whether an actor may change or withdraw a work order: who entered it, and the desk."""
    return may(actor, DISPATCH) or (order.entered_by_id == actor.pk and may(actor, HANDLE))
