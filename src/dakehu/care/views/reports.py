"""Screens of service reports: list, asking, one report, review, sending, panel (R1 to R4)."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dakehu.care import jobs
from dakehu.care.errors import UnableToReport
from dakehu.care.filters import ReportFilter
from dakehu.care.forms.reports import ENDED, ReportForm, SentForm
from dakehu.care.forms.visits import WhomForm
from dakehu.care.operations import reports as operations
from dakehu.care.pages import reports as pages
from dakehu.care.pages.visits import Sheet
from dakehu.care.policies import APPROVE, EXPORT, VIEW, WRITE
from dakehu.care.queries import reports as queries
from dakehu.care.rules.periods import ended_period, running_period
from dakehu.care.tables import ReportTable
from dakehu.care.views.visits import refuse, show
from dakehu.customers.queries import get_customer
from dakehu.people.policies import require
from dakehu.ui import lists
from dakehu.ui.forms import sent
from dakehu.ui.responses import render_page

REPORTS = lists.ListScreen(
    name="care:report_list",
    title=gettext_lazy("Service reports"),
    permission=VIEW,
    rows=queries.reports_visible_to,
    table=ReportTable,
    filterset=ReportFilter,
    sorts={"asked": ("asked_at",)},
    default_sort="-asked",
    icon="report",
    help_text=gettext_lazy("What was promised and delivered, as PDF and Word for the customer."),
    empty_title=gettext_lazy("No service reports"),
    empty_text=gettext_lazy("Build one with the button above, or from a customer's page."),
    row_url=lambda row: reverse("care:report", args=[row.pk]),
    actions=(
        lists.Action(
            gettext_lazy("Build a report"), "plus", "care:report_new", WRITE, primary=True
        ),
    ),
    export_permission=EXPORT,
)


@require_GET
def report_list(request: HttpRequest) -> HttpResponseBase:
    """The service reports within reach."""
    return lists.show(request, REPORTS)


@require_http_methods(["GET", "POST"])
def report_new(request: HttpRequest) -> HttpResponse:
    """Let a report be built; without a customer in the address it is asked first for whom."""
    require(request.user, WRITE)
    typed = request.GET.get("customer", "")
    if not (typed.isascii() and typed.isdigit()):
        return ask_whom(request)
    customer = get_customer(request.user, int(typed))
    on = timezone.localdate()
    form = ReportForm(sent(request), initial={"cycle": queries.cycle_for(customer, on=on)})
    sheet = Sheet(
        _("Build a report"),
        form,
        reverse(REPORTS.name),
        about=str(customer),
        submit=_("Build the report"),
        icon="report",
    )
    if form.is_bound and form.is_valid():
        told: dict[str, Any] = dict(form.cleaned_data)
        period = ended_period if told.pop("which") == ENDED else running_period
        first, last = period(told["cycle"], on=on)
        report = operations.unsaved_report(
            customer=customer, first_day=first, last_day=last, **told
        )
        try:
            asked = jobs.ask_report(report, by=request.user, at=timezone.now())
        except UnableToReport as refusal:
            refuse(form, refusal)
        else:
            return redirect("care:report", asked.pk)
    return show(request, sheet)


def ask_whom(request: HttpRequest) -> HttpResponse:
    """Ask for which customer the report is, and go on."""
    form = WhomForm(sent(request), actor=request.user)
    if form.is_bound and form.is_valid():
        return redirect(f"{reverse('care:report_new')}?customer={form.cleaned_data['number'].pk}")
    title, back = _("Build a report"), reverse(REPORTS.name)
    return show(request, Sheet(title, form, back, submit=_("Go on"), icon="arrow-right"))


@require_GET
def report_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One report with its files; it looks again while it is being built."""
    require(request.user, VIEW)
    page = pages.report_page(request.user, queries.get_report(request.user, pk))
    return render_page(request, "care/report.html", "care/_report_body.html", {"page": page})


@require_POST
def report_review(request: HttpRequest, pk: int) -> HttpResponse:
    """Find a report fit to be sent."""
    require(request.user, APPROVE)
    report = queries.get_report(request.user, pk)
    try:
        operations.review_report(report=report, by=request.user, at=timezone.now())
    except UnableToReport as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Reviewed. Whoever built it is asked to send it."))
    return redirect("care:report", pk)


@require_http_methods(["GET", "POST"])
def report_send(request: HttpRequest, pk: int) -> HttpResponse:
    """Record how a report reached the customer."""
    require(request.user, WRITE)
    report = queries.get_report(request.user, pk)
    form = SentForm(sent(request), auto_id="sent_%s")
    sheet = Sheet(
        _("Record that it was sent"), form, reverse("care:report", args=[pk]), str(report)
    )
    if form.is_bound and form.is_valid():
        try:
            operations.send_report(
                report=report, **form.cleaned_data, by=request.user, at=timezone.now()
            )
        except UnableToReport as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Recorded. The report counts as evidence now."))
            return redirect("care:report", pk)
    return show(request, sheet)


@require_GET
def report_panel(request: HttpRequest, customer_id: int) -> HttpResponse:
    """The newest reports of a customer, for the customer's page."""
    require(request.user, VIEW)
    customer = get_customer(request.user, customer_id)
    panel = pages.report_panel(request.user, customer)
    return render(request, "care/_report_panel.html", {"panel": panel})
