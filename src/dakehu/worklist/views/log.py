"""The work log: what people did, by class; written, corrected, taken out, counted (P9, P10)."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import trigger_client_event

from dakehu.audit.errors import EditedMeanwhile
from dakehu.customers.queries import get_customer
from dakehu.people.policies import require
from dakehu.ui import conflicts, lists
from dakehu.ui.forms import sent
from dakehu.ui.lists.addresses import Address
from dakehu.ui.lists.pages import ListContent
from dakehu.ui.queries import default_view
from dakehu.ui.responses import back, render_page, wants_fragment
from dakehu.worklist import operations, pages, queries
from dakehu.worklist.errors import UnableToKeepWork
from dakehu.worklist.filters import WorkFilter
from dakehu.worklist.forms import WorkForm
from dakehu.worklist.tables import RemovedWorkTable, WorkTable

LOG_NAME = "worklist:log"
UNPROCESSABLE = 422
# What a drawer on a customer's page renews.
SHOWN_BY = ("dakehu:close-drawer", "panel-work-changed", "panel-timeline-changed")
MINE_FIRST = "?staff=me&period=month"

LOG = lists.ListScreen(
    name=LOG_NAME,
    title=gettext_lazy("Work log"),
    permission="worklist.view",
    rows=queries.work_visible_to,
    table=WorkTable,
    filterset=WorkFilter,
    sorts={"at": ("at",), "minutes": ("minutes",)},
    default_sort="-at",
    icon="clipboard-text",
    help_text=gettext_lazy(
        "What you and your units did, by class; counted for the period chosen."
    ),
    empty_title=gettext_lazy("Nothing was written down"),
    empty_text=gettext_lazy("Record a visit, a call, an errand with the button above."),
    row_url=lambda entry: reverse("worklist:log_entry", args=[entry.pk]),
    row_drawer=True,
    actions=(
        lists.Action(
            gettext_lazy("Record work"),
            "plus",
            "worklist:log_add",
            "worklist.act",
            primary=True,
            drawer=True,
        ),
        lists.Action(
            gettext_lazy("Removed from the log"), "trash", "worklist:log_removed", "worklist.act"
        ),
    ),
    export_permission="worklist.export",
)
REMOVED = lists.ListScreen(
    name="worklist:log_removed",
    title=gettext_lazy("Removed from my work log"),
    permission="worklist.act",
    rows=queries.removed_work,
    table=RemovedWorkTable,
    filterset=WorkFilter,
    sorts={"removed": ("removed_at",)},
    default_sort="-removed",
    icon="trash",
    empty_title=gettext_lazy("Nothing was removed"),
    bulk=(
        lists.BulkAction(
            gettext_lazy("Bring back"),
            "worklist:log_restore",
            "worklist.act",
            confirm=gettext_lazy("Bring the chosen entries back into your work log?"),
            icon="arrow-back-up",
        ),
    ),
)


@require_GET
def log(request: HttpRequest) -> HttpResponseBase:
    """The work log within reach, counted; at first one's own of this month."""
    require(request.user, LOG.permission)
    if not request.GET and not default_view(request.user, LOG.name):
        return redirect(reverse(LOG.name) + MINE_FIRST)
    address = Address.of(request.GET)
    tallies = pages.work_tallies(ListContent(request, LOG, address).rows, address)
    return lists.show(request, LOG, template="worklist/log.html", tallies=tallies)


@require_GET
def log_removed(request: HttpRequest) -> HttpResponseBase:
    """What was taken out of one's own log."""
    return lists.show(request, REMOVED)


@require_GET
def log_entry(request: HttpRequest, pk: int) -> HttpResponse:
    """One entry, with the ways to correct it and to take it out if it is one's own."""
    require(request.user, LOG.permission)
    page = pages.work_page(request.user, queries.get_work(request.user, pk))
    return render_page(
        request, "worklist/log_entry.html", "worklist/_log_entry.html", {"page": page}
    )


@require_http_methods(["GET", "POST"])
def log_add(request: HttpRequest) -> HttpResponse:
    """Write down work, about a customer if the address names one."""
    require(request.user, "worklist.act")
    now = timezone.now()
    customer = customer_in(request)
    form = WorkForm(
        sent(request),
        actor=request.user,
        customer=customer,
        initial={"at": timezone.localtime(now).replace(second=0, microsecond=0)},
    )
    sheet = pages.Sheet(_("Record work"), form, reverse(LOG.name), str(customer or ""))
    if form.is_bound and form.is_valid():
        try:
            operations.record_work(entry=form.instance, by=request.user, at=now)
        except UnableToKeepWork as refusal:
            form.add_error(refusal.field or None, str(refusal))
        else:
            return kept(request, _("Written into your work log."))
    return show(request, sheet)


@require_http_methods(["GET", "POST"])
def log_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct an entry of one's own log."""
    require(request.user, "worklist.act")
    entry = own_entry(request, pk)
    form = WorkForm(sent(request), instance=entry, actor=request.user)
    sheet = pages.Sheet(_("Edit the entry"), form, reverse(LOG.name))
    if form.is_bound and form.is_valid():
        try:
            operations.edit_work(
                entry=form.instance,
                version=form.known_version,
                by=request.user,
                at=timezone.now(),
            )
        except EditedMeanwhile as clash:
            return conflicts.show(request, form, clash)
        except UnableToKeepWork as refusal:
            form.add_error(refusal.field or None, str(refusal))
        else:
            return kept(request, _("Saved."))
    return show(request, sheet)


@require_POST
def log_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an entry out of one's own log."""
    require(request.user, "worklist.act")
    entry = own_entry(request, pk)
    operations.remove_work(entry=entry, by=request.user, at=timezone.now())
    messages.success(request, _("Taken out of your work log; it can be brought back."))
    return back(request, LOG.name)


@require_POST
def log_restore(request: HttpRequest) -> HttpResponse:
    """Bring the chosen removed entries of one's own log back."""
    require(request.user, "worklist.act")
    count = 0
    for entry in lists.chosen(request, REMOVED):
        operations.restore_work(entry=entry, by=request.user, at=timezone.now())
        count += 1
    words = ngettext("%(count)s entry is back.", "%(count)s entries are back.", count)
    messages.success(request, words % {"count": count})
    return back(request, REMOVED.name)


@require_GET
def work_panel(request: HttpRequest, customer_id: int) -> HttpResponse:
    """What was done for a customer, for the customer's page."""
    require(request.user, LOG.permission)
    customer = get_customer(request.user, customer_id)
    panel = pages.work_panel(request.user, customer)
    return render(request, "worklist/_work_panel.html", {"panel": panel})


def customer_in(request: HttpRequest) -> Any:
    """Return the customer whom the address names; nobody if it names none."""
    typed = request.GET.get("customer", "")
    return get_customer(request.user, int(typed)) if typed.isascii() and typed.isdigit() else None


def own_entry(request: HttpRequest, pk: int) -> Any:
    """
    Return an entry of one's own log.

    :raises Http404: if it is somebody else's.
    """
    entry = queries.get_work(request.user, pk)
    if entry.staff_id != request.user.pk:
        raise Http404
    return entry


def show(request: HttpRequest, sheet: pages.Sheet) -> HttpResponse:
    """Show a form, in the drawer or as a page; one that was refused with what is wrong."""
    status = UNPROCESSABLE if sheet.form.errors else 200
    context = {"sheet": sheet, "address": request.get_full_path()}
    return render_page(
        request, "worklist/form.html", "worklist/_form.html", context, status=status
    )


def kept(request: HttpRequest, words: str) -> HttpResponse:
    """Report what was kept; renew the panels of the customer's page, or go to the log."""
    messages.success(request, words)
    if not wants_fragment(request) or not request.GET.get("customer"):
        return back(request, LOG.name)
    response = HttpResponse()
    for name in SHOWN_BY:
        trigger_client_event(response, name)
    return response
