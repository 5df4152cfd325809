"""
Exports of personal data: asked for, released by a second person, built, taken, gone (promise 3).

Every step moves the export from a state in which that step makes sense; if somebody was quicker,
it is refused. Rights are asked for again when the file is built and whenever it is taken.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import translation
from django.utils.translation import gettext as _

from dakehu.audit.choices import AccessVerb, ChangeVerb
from dakehu.audit.operations import record_access, record_change
from dakehu.common.events import announce
from dakehu.files.choices import ExportState
from dakehu.files.errors import UnableToExport
from dakehu.files.events import (
    ExportBuilt,
    ExportDecided,
    ExportEnded,
    ExportLost,
    ExportReleased,
    ExportRequested,
    ExportTaken,
)
from dakehu.files.models import ExportRequest
from dakehu.files.operations import keeping
from dakehu.files.policies import require_approval, trouble_with_export
from dakehu.files.queries.exports import expired, releaser_for, undecided
from dakehu.files.values import BuiltFile, ExportOrder
from dakehu.people.policies import require
from dakehu.ui.lists import releases

if TYPE_CHECKING:
    from dakehu.people.models import Staff

WITHDRAWABLE = (
    ExportState.WAITING,
    ExportState.APPROVED,
    ExportState.BUILDING,
    ExportState.READY,
)
ERROR_LENGTH = 300


@transaction.atomic
def request_export(*, order: ExportOrder, by: "Staff", at: datetime) -> ExportRequest:
    """
    Ask for a personal list as a file; somebody else has to release it.

    :raises PermissionDenied: if ``by`` may not ask for exports.
    :raises UnableToExport: if ``by`` may not have this list, or it has no rows.
    """
    require(by, "exports.request")
    screen = releases.personal_list(order.screen)
    if trouble := trouble_with_export(by, screen, plain=order.is_plain):
        raise UnableToExport(trouble)
    if not order.rows:
        raise UnableToExport(_("The list is empty; there is nothing to export."))
    export = ExportRequest.objects.create(
        screen=order.screen,
        query=order.query,
        columns=list(order.columns),
        language=order.language,
        is_plain=order.is_plain,
        purpose=order.purpose,
        requested_by=by,
        requested_at=at,
        rows_expected=order.rows,
    )
    fields = {"screen": ("", order.screen), "purpose": ("", order.purpose)}
    record_change(verb=ChangeVerb.CREATED, subject=export, fields=fields, by=by, at=at)
    asked = ExportRequested(
        export_id=export.pk,
        screen=order.screen,
        rows=order.rows,
        requester=str(by),
        unit_id=by.unit_id,
        releaser_id=releaser_for(by),
        at=at,
    )
    transaction.on_commit(partial(announce, asked))
    return export


@transaction.atomic
def decide_export(
    *, export: ExportRequest, release: bool, note: str, by: "Staff", at: datetime
) -> None:
    """
    Release an export, or refuse it with a reason; what is released is built by a worker.

    :raises PermissionDenied: if ``by`` may not release exports, or asked for this one.
    :raises UnableToExport: if a refusal has no reason, or the export waits no more.
    """
    require_approval(by, export)
    if not release and not note:
        raise UnableToExport(_("Say why the export is refused."))
    to = ExportState.APPROVED if release else ExportState.REFUSED
    values = {"decided_by": by, "decided_at": at, "decision_note": note}
    move(export, before=(ExportState.WAITING,), to=to, **values)
    record_state(export, to, by=by, at=at, reason=note)
    if release:
        announce(ExportReleased(export.pk))
    else:
        tell_loss(export, to, at=at)
    transaction.on_commit(partial(announce, ExportDecided(export.pk, by, at)))


@transaction.atomic
def withdraw_export(*, export: ExportRequest, by: "Staff", at: datetime) -> None:
    """
    Take a request back, whatever has come of it; a file that was built is removed.

    :raises UnableToExport: if somebody else asked for it, or it is over already.
    """
    if export.requested_by_id != by.pk:
        raise UnableToExport(_("Only the person who asked for an export can withdraw it."))
    move(export, before=WITHDRAWABLE, to=ExportState.WITHDRAWN, path="")
    record_state(export, ExportState.WITHDRAWN, by=by, at=at)
    transaction.on_commit(partial(keeping.remove, export.path))
    transaction.on_commit(partial(announce, ExportEnded(export.pk, at)))


def begin_export(*, export: ExportRequest) -> bool:
    """Mark a released export as being built; return whether it is still wanted.

    One that is being built already belongs to a worker that was killed.
    """
    found = ExportRequest.objects.filter(
        pk=export.pk, state__in=(ExportState.APPROVED, ExportState.BUILDING)
    )
    is_wanted = bool(found.update(state=ExportState.BUILDING, rows_done=0))
    if is_wanted:
        export.state = ExportState.BUILDING
    return is_wanted


def note_progress(*, export: ExportRequest, rows: int) -> bool:
    """Record how many rows are written; return whether the export is still wanted."""
    found = ExportRequest.objects.filter(pk=export.pk, state=ExportState.BUILDING)
    return bool(found.update(rows_done=rows))


@transaction.atomic
def finish_export(*, export: ExportRequest, built: BuiltFile, at: datetime) -> bool:
    """Let the built file count; return whether it was still wanted."""
    expires_at = at + timedelta(hours=settings.EXPORT_HOURS)
    found = ExportRequest.objects.filter(pk=export.pk, state=ExportState.BUILDING)
    is_wanted = found.update(
        state=ExportState.READY,
        path=built.path,
        size=built.size,
        sha256=built.sha256,
        rows_done=built.rows,
        expires_at=expires_at,
    )
    if is_wanted:
        record_state(export, ExportState.READY, by=None, at=at)
        ready = ExportBuilt(
            export_id=export.pk,
            screen=export.screen,
            requester_id=export.requested_by_id,
            unit_id=export.requested_by.unit_id,
            expires_at=expires_at,
            at=at,
        )
        transaction.on_commit(partial(announce, ready))
    return bool(is_wanted)


@transaction.atomic
def fail_export(*, export: ExportRequest, words: str, at: datetime) -> None:
    """Record in words why a released export could not be built."""
    found = ExportRequest.objects.filter(
        pk=export.pk, state__in=(ExportState.APPROVED, ExportState.BUILDING)
    )
    if found.update(state=ExportState.FAILED, error=words[:ERROR_LENGTH]):
        record_state(export, ExportState.FAILED, by=None, at=at, reason=words)
        tell_loss(export, ExportState.FAILED, at=at)


@transaction.atomic
def take_export(*, export: ExportRequest, by: "Staff", at: datetime) -> Path:
    """
    Return the file of an export for its download, and record who took it.

    :raises UnableToExport: if it is not there, or the right to it was withdrawn meanwhile.
    """
    if trouble := trouble_with_taking(export, by=by, at=at):
        raise UnableToExport(trouble)
    ExportRequest.objects.filter(pk=export.pk).update(downloads=F("downloads") + 1)
    record_access(
        verb=AccessVerb.EXPORTED,
        by=by,
        at=at,
        subject=export,
        detail=f"{export.screen} {export.rows_done}",
        purpose=export.purpose,
    )
    transaction.on_commit(partial(announce, ExportTaken(export.pk, by, at)))
    return keeping.full_path(export.path)


def trouble_with_taking(export: ExportRequest, *, by: "Staff", at: datetime) -> str:
    """Say why a file cannot be taken now; nothing if it can."""
    if export.requested_by_id != by.pk:
        return _("Only the person who asked for an export can download it.")
    if export.state != ExportState.READY or (export.expires_at and export.expires_at <= at):
        return _("The file is not there, or no longer. Ask for the export again.")
    screen = releases.personal_list(export.screen)
    if trouble := trouble_with_export(by, screen, plain=export.is_plain):
        return trouble
    if not keeping.full_path(export.path).is_file():
        return _("The file is not there, or no longer. Ask for the export again.")
    return ""


def end_exports(*, at: datetime) -> int:
    """End the files that have had their time, and what nobody decided; return how many."""
    return expire_exports(at=at) + lapse_requests(at=at)


@transaction.atomic
def lapse_requests(*, at: datetime) -> int:
    """
    End the requests that waited too long for somebody to decide; return how many.

    Purpose and filter were those of another day; who still needs the list asks again.
    """
    before = at - timedelta(days=settings.EXPORT_REQUEST_DAYS)
    ending = list(undecided(before).select_for_update(of=("self",)))
    for export in ending:
        with translation.override(export.language):
            words = _("Nobody decided within %(days)s days. Ask again if you still need it.")
            error = words % {"days": settings.EXPORT_REQUEST_DAYS}
        move(export, before=(ExportState.WAITING,), to=ExportState.EXPIRED, error=error)
        record_state(export, ExportState.EXPIRED, by=None, at=at, reason=error)
        transaction.on_commit(partial(announce, ExportEnded(export.pk, at)))
        tell_loss(export, ExportState.EXPIRED, at=at)
    return len(ending)


@transaction.atomic
def expire_exports(*, at: datetime) -> int:
    """End the exports that have had their time and remove their files; return how many."""
    ending = list(expired(at).select_for_update())
    for export in ending:
        move(export, before=(ExportState.READY,), to=ExportState.EXPIRED, path="")
        record_state(export, ExportState.EXPIRED, by=None, at=at)
        transaction.on_commit(partial(keeping.remove, export.path))
        transaction.on_commit(partial(announce, ExportEnded(export.pk, at)))
    return len(ending)


def move(
    export: ExportRequest, *, before: Collection[str], to: ExportState, **values: Any
) -> None:
    """Bring an export from one of the states ``before`` into another.

    :raises UnableToExport: if it is in none of them any more.
    """
    found = ExportRequest.objects.filter(pk=export.pk, state__in=before)
    if not found.update(state=to, **values):
        raise UnableToExport(_("Somebody was quicker: look at what has become of the export."))


def tell_loss(export: ExportRequest, state: ExportState, *, at: datetime) -> None:
    """Let the person who asked for an export hear that no file will come, and why."""
    lost = ExportLost(
        export_id=export.pk,
        screen=export.screen,
        state=str(state),
        requester_id=export.requested_by_id,
        unit_id=export.requested_by.unit_id,
        at=at,
    )
    transaction.on_commit(partial(announce, lost))


def record_state(
    export: ExportRequest,
    to: ExportState,
    *,
    by: "Staff | None",
    at: datetime,
    reason: str = "",
) -> None:
    """Record that an export moved on."""
    record_change(
        verb=ChangeVerb.CHANGED,
        subject=export,
        fields={"state": (export.state, str(to))},
        by=by,
        at=at,
        reason=reason,
    )
