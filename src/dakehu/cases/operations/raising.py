"""Raising a case on the ladder hotline, remote, on site, headquarters support (R5)."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from dakehu.cases.choices import ActKind, Move, Rung
from dakehu.cases.errors import UnableToKeepCase
from dakehu.cases.models import Case, CaseRung
from dakehu.cases.operations.keeping import held, require_work_on, write_act
from dakehu.cases.operations.working import give_case
from dakehu.cases.policies import HANDLE
from dakehu.cases.queries.ladder import rung_of
from dakehu.cases.rules.ladder import rungs_above
from dakehu.cases.values import Done, Passing
from dakehu.people.policies import require

if TYPE_CHECKING:
    from dakehu.people.models import Staff


@transaction.atomic
def raise_case(  # noqa: PLR0913 - to which rung, what was done, why that was not enough, to whom
    *,
    case: Case,
    version: int | None,
    rung: str,
    record: str,
    reason: str,
    unit: Any = None,
    by: "Staff",
    at: datetime,
) -> CaseRung:
    """
    Raise a case to a higher rung, with the record of the one before; into the queue of a team
    if one is named.

    :raises PermissionDenied: if somebody else works on it.
    :raises UnableToKeepCase: without record or reason, or if it stands there or higher already.
    """
    require(by, HANDLE)
    stored, _state = held(case, Move.TALK, version=version)
    require_work_on(by, stored)
    now = rung_of(stored)
    if rung not in rungs_above(now):
        words = _("The case stands at “%(rung)s” already; it can only be raised.")
        raise UnableToKeepCase(words % {"rung": Rung(now).label}, "rung")
    if not record.strip():
        raise UnableToKeepCase(_("Write what was done so far."), "record")
    if not reason.strip():
        raise UnableToKeepCase(_("Say why that is not enough."), "reason")
    raised: CaseRung = CaseRung.objects.create(
        case=stored,
        rung=rung,
        unit=unit or stored.unit,
        record=record.strip(),
        reason=reason.strip(),
        at=at,
        by=by,
    )
    facts = {"rung": rung, "unit": str(raised.unit)}
    write_act(stored, Done(ActKind.RAISED, reason, facts=facts), by=by, at=at)
    if unit is not None and unit.pk != stored.unit_id:
        give_case(case=stored, version=None, to=Passing(unit=unit, reason=reason), by=by, at=at)
    return raised
