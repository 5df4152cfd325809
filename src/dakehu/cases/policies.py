"""Who may do what with cases."""

from typing import TYPE_CHECKING

from dakehu.cases.choices import CaseKind
from dakehu.people.policies import may

if TYPE_CHECKING:
    from dakehu.cases.models import Case
    from dakehu.people.models import Staff

VIEW = "cases.view"
CREATE = "cases.create"
HANDLE = "cases.handle"
ASSIGN = "cases.assign"
EXPORT = "cases.export"
PUBLISH = "cases.publish"


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
