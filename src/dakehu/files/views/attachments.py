"""Files attached to a record: the panel, uploading, downloading, removing, restoring (V2)."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from dakehu.files.errors import UnableToAttach
from dakehu.files.operations import attachments as operations
from dakehu.files.pages import attachments as pages
from dakehu.files.policies import ATTACH_FILES, seen_subject, subject_named
from dakehu.files.queries import attachments as queries
from dakehu.files.views.sending import attachment as sent
from dakehu.people.policies import require
from dakehu.ui.responses import wants_fragment

PANEL = "files/_attachments_panel.html"


def answer(
    request: HttpRequest, record: Any, *, troubles: tuple[str, ...] = (), status: int = 200
) -> HttpResponse:
    """Show the panel again, or go back to the record's page with what went wrong as messages."""
    if wants_fragment(request):
        panel = pages.attachments_panel(request.user, record, troubles=troubles)
        return render(request, PANEL, {"panel": panel}, status=status)
    for trouble in troubles:
        messages.error(request, trouble)
    return redirect(subject_named(record._meta.label_lower).url(record.pk))


@require_GET
def attachments_panel(request: HttpRequest, label: str, pk: int) -> HttpResponse:
    """The files of one record."""
    record = seen_subject(request.user, label, pk)
    panel = pages.attachments_panel(request.user, record)
    return render(request, PANEL, {"panel": panel})


@require_POST
def attachment_upload(request: HttpRequest, label: str, pk: int) -> HttpResponse:
    """Attach files to a record; each that is fit is kept, whatever the others are."""
    require(request.user, ATTACH_FILES)
    record = seen_subject(request.user, label, pk)
    uploads = request.FILES.getlist("files")
    troubles: list[str] = [] if uploads else [_("Choose a file first.")]
    for upload in uploads:
        try:
            operations.attach_file(
                record=record, upload=upload, by=request.user, at=timezone.now()
            )
        except UnableToAttach as refusal:
            troubles.append(str(refusal))
    kept = max(len(uploads) - len(troubles), 0)
    if kept:
        words = ngettext("%(count)s file attached.", "%(count)s files attached.", kept)
        messages.success(request, words % {"count": kept})
    return answer(request, record, troubles=tuple(troubles), status=200 if kept else 422)


@require_GET
def attachment_download(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One attached file, to be saved; who looked is recorded."""
    found, record = queries.get_attachment(request.user, pk)
    path = operations.take_attachment(
        attachment=found, record=record, by=request.user, at=timezone.now()
    )
    return sent(path, name=found.name, content_type=found.content_type)


@require_POST
def attachment_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a file away from its record."""
    require(request.user, ATTACH_FILES)
    found, record = queries.get_attachment(request.user, pk)
    try:
        operations.remove_attachment(attachment=found, by=request.user, at=timezone.now())
    except UnableToAttach as refusal:
        return answer(request, record, troubles=(str(refusal),), status=422)
    messages.success(request, _("“%(name)s” was removed.") % {"name": found.name})
    return answer(request, record)


@require_POST
def attachment_restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring a removed file back."""
    require(request.user, ATTACH_FILES)
    found, record = queries.get_attachment(request.user, pk)
    try:
        operations.restore_attachment(attachment=found, by=request.user, at=timezone.now())
    except UnableToAttach as refusal:
        return answer(request, record, troubles=(str(refusal),), status=422)
    messages.success(request, _("“%(name)s” is back.") % {"name": found.name})
    return answer(request, record)
