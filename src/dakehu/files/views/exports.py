"""Exports of personal data: asked for, released by a second person, downloaded (promise 3)."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dakehu.files.errors import UnableToExport
from dakehu.files.filters.exports import ExportFilter
from dakehu.files.forms.exports import DecisionForm, ExportForm
from dakehu.files.operations import exports as operations
from dakehu.files.pages import exports as pages
from dakehu.files.queries import exports as queries
from dakehu.files.tables.exports import ExportTable
from dakehu.files.values import ExportOrder
from dakehu.files.views.sending import attachment
from dakehu.people.policies import may, require
from dakehu.ui import lists
from dakehu.ui.lists import releases
from dakehu.ui.queries import default_view
from dakehu.ui.responses import back, render_page, wants_fragment

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WAITING_FIRST = "?state=WAITING"
SORTS = {
    "number": ("pk",),
    "requested_at": ("requested_at",),
    "rows": ("rows_expected",),
    "expires_at": ("expires_at",),
}


def export_url(export: Any) -> str:
    """Return the address of an export's page."""
    return reverse("files:export", args=[export.pk])


MY_EXPORTS = lists.ListScreen(
    name="files:export_list",
    title=gettext_lazy("My exports"),
    permission="exports.request",
    rows=queries.exports_of,
    table=ExportTable,
    filterset=ExportFilter,
    sorts=SORTS,
    default_sort="-requested_at",
    icon="file-export",
    help_text=gettext_lazy(
        "Lists with personal data that you asked for. A second person releases them; the file "
        "is there for a limited time."
    ),
    empty_title=gettext_lazy("No exports yet"),
    empty_text=gettext_lazy("Open a list, narrow it, and choose “Ask for an export”."),
    row_url=export_url,
)
RELEASES = lists.ListScreen(
    name="files:release_list",
    title=gettext_lazy("Exports to release"),
    permission="exports.approve",
    rows=queries.exports_to_release,
    table=ExportTable,
    filterset=ExportFilter,
    sorts=SORTS,
    default_sort="-requested_at",
    icon="file-certificate",
    help_text=gettext_lazy(
        "What people of your units want to take away. Nobody releases what they asked for."
    ),
    empty_title=gettext_lazy("Nothing waits for release"),
    empty_text=gettext_lazy("You get a to-do as soon as somebody asks."),
    row_url=export_url,
    row_drawer=True,
)


@require_GET
def export_list(request: HttpRequest) -> HttpResponseBase:
    """What the person asked for."""
    return lists.show(request, MY_EXPORTS)


@require_GET
def release_list(request: HttpRequest) -> HttpResponseBase:
    """What others asked for; at first what waits, or the person's own view."""
    if not request.GET and not default_view(request.user, RELEASES.name):
        require(request.user, RELEASES.permission)
        return redirect(reverse(RELEASES.name) + WAITING_FIRST)
    return lists.show(request, RELEASES)


@require_http_methods(["GET", "POST"])
def export_request(request: HttpRequest) -> HttpResponse:
    """Ask for a personal list as a file."""
    require(request.user, "exports.request")
    given = request.POST if request.method == "POST" else request.GET
    name, query = given.get("screen", ""), given.get("query", "")
    page = pages.asking_page(request.user, name=name, query=query)
    form = ExportForm(
        request.POST if request.method == "POST" else None,
        columns=page.columns,
        may_plain=page.may_plain,
        initial={"screen": name, "query": query, "columns": page.chosen},
    )
    if form.is_bound and form.is_valid() and not page.trouble:
        try:
            export = operations.request_export(
                order=order_of(form, page), by=request.user, at=timezone.now()
            )
        except UnableToExport as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Asked for. You will get a to-do when the file is there."))
            return back(request, "files:export", export.pk)
    return render_page(
        request,
        "files/export_request.html",
        "files/_export_form.html",
        {"form": form, "page": page},
        status=422 if form.is_bound else 200,
    )


def order_of(form: ExportForm, page: pages.AskingPage) -> ExportOrder:
    """Return what a filled-in form asks for."""
    given = form.cleaned_data
    return ExportOrder(
        screen=given["screen"],
        query=given["query"],
        columns=tuple(given["columns"]),
        language=get_language() or "",
        purpose=given["purpose"],
        rows=page.rows,
        is_plain=form.is_plain,
    )


@require_GET
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """One export, live while it is being built."""
    require_part(request)
    page = pages.export_page(request.user, pk, at=timezone.now())
    return show(request, page, DecisionForm())


def show(
    request: HttpRequest, page: pages.ExportPage, form: DecisionForm, *, status: int = 200
) -> HttpResponse:
    """Render an export as a page, or its part."""
    context = {"page": page, "form": form}
    return render_page(
        request, "files/export.html", "files/_export_state.html", context, status=status
    )


def require_part(request: HttpRequest) -> None:
    """Pass in silence if the person asks for exports or releases them.

    :raises PermissionDenied: otherwise.
    """
    if not may(request.user, "exports.approve"):
        require(request.user, "exports.request")


@require_POST
def export_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Release an export, or refuse it."""
    require(request.user, "exports.approve")
    wanted = queries.get_export(request.user, pk)
    form = DecisionForm(request.POST)
    release = request.POST.get("decision") == "release"
    if form.is_valid():
        try:
            operations.decide_export(
                export=wanted,
                release=release,
                note=form.cleaned_data["note"],
                by=request.user,
                at=timezone.now(),
            )
        except UnableToExport as refusal:
            form.add_error("note", str(refusal))
        else:
            words = _("Released. The file is being built.") if release else _("Refused.")
            messages.success(request, words)
    page = pages.export_page(request.user, pk, at=timezone.now())
    if form.is_valid() and not wants_fragment(request):
        return redirect(export_url(wanted))
    return show(request, page, form, status=200 if form.is_valid() else 422)


@require_POST
def export_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one's own request back."""
    require_part(request)
    wanted = queries.get_export(request.user, pk)
    try:
        operations.withdraw_export(export=wanted, by=request.user, at=timezone.now())
    except UnableToExport as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Withdrawn."))
    return back(request, "files:export", pk)


@require_GET
def export_download(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file of one's own export; who took it is recorded."""
    require_part(request)
    wanted = queries.get_export(request.user, pk)
    try:
        path = operations.take_export(export=wanted, by=request.user, at=timezone.now())
    except UnableToExport as refusal:
        messages.error(request, str(refusal))
        return redirect(export_url(wanted))
    title = releases.list_title(wanted.screen)
    response: FileResponse = attachment(path, name=f"{title}-{pk}.xlsx", content_type=EXCEL)
    return response
