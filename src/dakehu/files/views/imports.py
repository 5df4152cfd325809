"""Screens of imports: the list, the upload, the columns, the result, and the steps after it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dakehu.common.events import announce
from dakehu.files import policies
from dakehu.files.errors import UnableToImportFile
from dakehu.files.filters.imports import ImportFilter
from dakehu.files.forms.imports import AssignForm, UploadForm, initial_choices
from dakehu.files.jobs import imports as jobs
from dakehu.files.operations import importing
from dakehu.files.pages import imports as pages
from dakehu.files.queries import imports as queries
from dakehu.files.tables.imports import ImportTable
from dakehu.files.values import Head
from dakehu.ui import imports, lists
from dakehu.ui.events import RowsExported
from dakehu.ui.imports import ImportScreen, workbooks
from dakehu.ui.lists.addresses import whole_number
from dakehu.ui.responses import render_page


def run_url(run: Any) -> str:
    """Return the address of an import's page."""
    return reverse("files:import", args=[run.pk])


IMPORTS = lists.ListScreen(
    name="files:import_list",
    title=_("Imports"),
    permission="imports.run",
    rows=queries.runs_visible_to,
    table=ImportTable,
    filterset=ImportFilter,
    sorts={"at": ("at",), "rows": ("rows",)},
    default_sort="-at",
    icon="table-import",
    help_text=_("Spreadsheets that were brought in: how they were checked, applied and undone."),
    empty_title=_("No imports yet"),
    empty_text=_("The lists of customers, contacts and staff have a button “Import”."),
    row_url=run_url,
)


@require_GET
def import_list(request: HttpRequest) -> HttpResponseBase:
    """The imports of the people within the person's reach."""
    return lists.show(request, IMPORTS)


def screen_for(request: HttpRequest, name: str) -> ImportScreen:
    """
    Return a registered import that the person may use.

    :raises Http404: if there is none of that name.
    :raises PermissionDenied: if the person may not use it.
    """
    screen = imports.screen_of(name)
    if screen is None and request.user.may(policies.RUN_IMPORTS):
        raise Http404
    return policies.require_import(request.user, screen)


@require_http_methods(["GET", "HEAD", "POST"])
def import_start(request: HttpRequest, name: str) -> HttpResponse:
    """Choose the file of an import, or download its template."""
    screen = screen_for(request, name)
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if form.is_valid():
        file = form.cleaned_data["file"]
        upload = importing.Upload(file.name, file.size, file.chunks())
        try:
            run = importing.start_import(screen, upload=upload, by=request.user, at=timezone.now())
        except UnableToImportFile as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect("files:import", run.pk)
    context = {"page": pages.start_page(request.user, screen), "form": form}
    return render(request, "files/import_start.html", context, status=422 if form.errors else 200)


@require_GET
def import_template(request: HttpRequest, name: str) -> FileResponse:
    """The workbook to fill in."""
    screen = screen_for(request, name)
    return FileResponse(
        workbooks.template_of(screen), as_attachment=True, filename=f"{screen.title}.xlsx"
    )


@require_GET
def import_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One import: its columns, its progress or its result."""
    policies.require(request.user, policies.RUN_IMPORTS)
    page = pages.import_page(
        request.user,
        pk,
        verdict=request.GET.get("verdict", ""),
        after=whole_number(request.GET.get("after", "")) or 0,
    )
    form = None
    if page.wants_columns:
        initial = initial_choices(page.head, page.run.mapping, page.run.mode)
        form = AssignForm(page.head, page.screen, initial=initial)
    context = {"page": page, "form": form}
    return render_page(request, "files/import.html", "files/_import_body.html", context)


@require_POST
def import_columns(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which column means what; the dry run begins."""
    policies.require(request.user, policies.RUN_IMPORTS)
    run = queries.get_run(request.user, pk)
    screen = screen_for(request, run.name)
    form = AssignForm(Head.of(run.head), screen, data=request.POST)
    if form.is_valid():
        mode = form.cleaned_data.get("mode") or run.mode
        try:
            jobs.check_columns(
                run, mapping=form.mapping(), mode=mode, by=request.user, at=timezone.now()
            )
        except UnableToImportFile as refusal:
            form.add_error(None, str(refusal))
        else:
            return HttpResponseRedirect(run_url(run))
    context = {"page": pages.import_page(request.user, pk), "form": form}
    return render(request, "files/import.html", context, status=422)


@require_POST
def import_apply(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm a checked import."""
    return stepped(request, pk, jobs.start_applying)


@require_POST
def import_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an applied import back."""
    return stepped(request, pk, jobs.start_undoing)


@require_POST
def import_continue(request: HttpRequest, pk: int) -> HttpResponse:
    """Go on with work that has ended before its time."""
    return stepped(request, pk, jobs.go_on)


@require_POST
def import_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Let go of an import that was not applied."""
    return stepped(request, pk, importing.drop_import)


@require_POST
def import_reassign(request: HttpRequest, pk: int) -> HttpResponse:
    """Go back from the result of the dry run to the columns."""
    return stepped(request, pk, importing.reopen_columns)


def stepped(request: HttpRequest, pk: int, step: Callable[..., None]) -> HttpResponse:
    """Take one step with an import, and show how it stands then; a refusal is said in words."""
    policies.require(request.user, policies.RUN_IMPORTS)
    run = queries.get_run(request.user, pk)
    try:
        step(run, by=request.user, at=timezone.now())
    except UnableToImportFile as refusal:
        messages.error(request, str(refusal))
    return HttpResponseRedirect(run_url(run))


@require_GET
def import_rejected(request: HttpRequest, pk: int) -> FileResponse:
    """The rejected rows with what is wrong, for the person who brought them in."""
    policies.require(request.user, policies.RUN_IMPORTS)
    run = queries.get_run(request.user, pk)
    if not policies.may_see_plain(request.user, run):
        raise Http404
    name, content, count = pages.rejected_book(request.user, pk)
    chosen = {"import": str(pk)}
    announce(RowsExported(request.user, "files:import_rejected", count, chosen, timezone.now()))
    return FileResponse(content, as_attachment=True, filename=name)
