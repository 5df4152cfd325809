"""Serious faults: one wording for all channels, and the analysis afterwards (CH12)."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from dakehu.audit.operations import create_record, save_record
from dakehu.cases.choices import ActKind, CaseKind
from dakehu.cases.errors import UnableToKeepCase
from dakehu.cases.models import Case, FaultNotice
from dakehu.cases.operations.keeping import locked, write_act
from dakehu.cases.policies import PUBLISH
from dakehu.cases.values import Done
from dakehu.people.policies import require

if TYPE_CHECKING:
    from dakehu.people.models import Staff


@transaction.atomic
def announce_fault(
    *, case: Case, wording: str, back_at: datetime | None, by: "Staff", at: datetime
) -> FaultNotice:
    """
    Tell every channel what to say of a serious fault; telling again replaces the words.

    :raises PermissionDenied: if the role may not.
    :raises UnableToKeepCase: if the case is no open fault, or there is nothing to say.
    """
    require(by, PUBLISH)
    stored = locked(case)
    if stored.kind != CaseKind.FAULT or not stored.is_open or stored.parent_id is not None:
        raise UnableToKeepCase(_("Only an open fault that belongs to no other is announced."))
    if not wording.strip():
        raise UnableToKeepCase(_("Write what every channel says."), "wording")
    notice = FaultNotice.objects.filter(case=stored).first() or FaultNotice(case=stored)
    notice.wording, notice.back_at = wording, back_at
    notice.published_at, notice.published_by, notice.ended_at = at, by, None
    if notice.pk:
        save_record(notice, by=by, at=at)
    else:
        create_record(notice, by=by, at=at)
    write_act(stored, Done(ActKind.CHANGED, wording, facts={"notice": True}), by=by, at=at)
    return notice


@transaction.atomic
def end_notice(*, case: Case, by: "Staff", at: datetime) -> None:
    """
    Stop telling the channels what to say of a fault.

    :raises PermissionDenied: if the role may not.
    """
    require(by, PUBLISH)
    for notice in FaultNotice.objects.filter(case=case, ended_at__isnull=True):
        notice.ended_at = at
        save_record(notice, by=by, at=at)


@transaction.atomic
def report_fault(*, case: Case, report: str, by: "Staff", at: datetime) -> FaultNotice:
    """
    Keep the fault analysis report: what happened, why, what was done, what will be.

    :raises PermissionDenied: if the role may not.
    :raises UnableToKeepCase: if the fault was not announced, or the report is empty.
    """
    require(by, PUBLISH)
    notice: FaultNotice | None = FaultNotice.objects.filter(case=case).first()
    if notice is None:
        raise UnableToKeepCase(_("Announce the fault first."))
    if not report.strip():
        raise UnableToKeepCase(_("Write the report."), "report")
    notice.analysis = report
    save_record(notice, by=by, at=at)
    return notice
