"""Calling: the next customer, what the call brought, the customers of campaigns."""

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

from dakehu.campaigns.choices import Result, RowState
from dakehu.campaigns.errors import UnableToCampaign
from dakehu.campaigns.filters import RowFilter
from dakehu.campaigns.forms import AssignForm, CallForm
from dakehu.campaigns.operations import calling, drafting
from dakehu.campaigns.pages import calls as pages
from dakehu.campaigns.policies import EXPORT, HANDLE, PUBLISH, VIEW, WRITE
from dakehu.campaigns.queries import reading
from dakehu.campaigns.tables import RowTable
from dakehu.campaigns.views.campaigns import UNPROCESSABLE, refuse
from dakehu.customers.queries import get_customer
from dakehu.people.policies import may, require
from dakehu.ui import lists
from dakehu.ui.forms import sent
from dakehu.ui.lists.addresses import whole_number

ROWS = lists.ListScreen(
    name="campaigns:rows",
    title=gettext_lazy("Customers of campaigns"),
    permission=VIEW,
    rows=reading.rows_visible_to,
    table=RowTable,
    filterset=RowFilter,
    sorts={"campaign": ("campaign",), "customer": ("customer__number",)},
    default_sort="-campaign",
    icon="users",
    help_text=gettext_lazy("Who is contacted for what, who is left out and why, what came of it."),
    empty_title=gettext_lazy("Nobody is contacted yet"),
    empty_text=gettext_lazy("The list of a campaign is here once it was proposed."),
    row_url=lambda row: reverse("campaigns:row", args=[row.pk]),
    export_permission=EXPORT,
    personal=True,
    bulk=(
        lists.BulkAction(
            gettext_lazy("Let somebody else call"),
            "campaigns:assign",
            PUBLISH,
            icon="user-share",
        ),
    ),
)


def my_calls(actor: Any) -> Any:
    """Return whom the person is to call today."""
    return reading.calls_of(actor, on=timezone.localdate()).select_related(
        "campaign", "customer", "staff", "unit", "message", "opportunity"
    )


CALLS = lists.ListScreen(
    name="campaigns:calls",
    title=gettext_lazy("My calls"),
    permission=HANDLE,
    rows=my_calls,
    table=RowTable,
    filterset=RowFilter,
    sorts={"campaign": ("campaign",), "customer": ("customer__number",)},
    default_sort="campaign",
    icon="phone",
    help_text=gettext_lazy("Customers of running campaigns whom you call, one after another."),
    empty_title=gettext_lazy("Nobody is to be called"),
    empty_text=gettext_lazy(
        "As soon as a campaign is released for your customers, they are here."
    ),
    row_url=lambda row: reverse("campaigns:row", args=[row.pk]),
)


@require_GET
def row_list(request: HttpRequest) -> HttpResponseBase:
    """The customers of campaigns within reach."""
    return lists.show(request, ROWS)


@require_GET
def call_list(request: HttpRequest) -> HttpResponseBase:
    """Whom the person is to call today."""
    return lists.show(request, CALLS, template="campaigns/calls.html")


@require_POST
def call_next(request: HttpRequest) -> HttpResponse:
    """Take the next customer to call, of one campaign or of any."""
    require(request.user, HANDLE)
    pk = whole_number(request.POST.get("campaign", ""))
    campaign = reading.get_campaign(request.user, pk) if pk else None
    return go_on(request, campaign)


def go_on(request: HttpRequest, campaign: Any) -> HttpResponse:
    """Lead to the next customer; to the list where nobody is left."""
    row = calling.next_call(campaign=campaign, by=request.user, at=timezone.now())
    if row is None:
        messages.info(request, _("Nobody is left to call for now."))
        return redirect("campaigns:calls")
    return redirect("campaigns:row", row.pk)


@require_GET
def row_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One customer of a campaign: the script, and what the call brought."""
    require(request.user, VIEW)
    row = reading.get_row(request.user, pk)
    return show(request, row, CallForm(campaign=row.campaign))


def show(request: HttpRequest, row: Any, form: Any, status: int = 200) -> HttpResponse:
    """Show one customer of a campaign with the form for a call."""
    now = timezone.now()
    is_held = reading.is_held(row, request.user, at=now)
    page = pages.row_page(request.user, row, on=timezone.localdate(now), is_held=is_held)
    context = {"page": page, "form": form}
    return render(request, "campaigns/row.html", context, status=status)


@require_POST
def call_begin(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one customer to call, out of turn."""
    require(request.user, HANDLE)
    row = reading.get_row(request.user, pk)
    try:
        taken = calling.open_call(row=row, by=request.user, at=timezone.now())
    except UnableToCampaign as refusal:
        messages.error(request, str(refusal))
    else:
        if taken.state == RowState.OUT:
            words = taken.why or str(taken.get_left_out_display())
            messages.warning(request, _("Not to be called: %(why)s") % {"why": words})
    return redirect("campaigns:row", pk)


@require_http_methods(["POST"])
def call_record(request: HttpRequest, pk: int) -> HttpResponse:
    """Record what a call brought, and go on."""
    require(request.user, HANDLE)
    row = reading.get_row(request.user, pk)
    form = CallForm(sent(request), campaign=row.campaign)
    if not form.is_valid():
        return show(request, row, form, UNPROCESSABLE)
    try:
        done = calling.record_call(row=row, called=form.called, by=request.user, at=timezone.now())
    except UnableToCampaign as refusal:
        refuse(form, refusal)
        return show(request, row, form, UNPROCESSABLE)
    messages.success(request, _("%(customer)s: recorded.") % {"customer": row.customer})
    if done.result == Result.INTERESTED and may(request.user, "opportunities.create"):
        return redirect(pages.intake_url(done))
    return go_on(request, row.campaign)


@require_POST
def row_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a customer off the list of a draft."""
    require(request.user, WRITE)
    row = reading.get_row(request.user, pk)
    try:
        drafting.unpick_customer(row=row, by=request.user, at=timezone.now())
    except UnableToCampaign as refusal:
        messages.error(request, str(refusal))
        return redirect("campaigns:row", pk)
    messages.success(request, _("Taken off the list."))
    return redirect("campaigns:campaign", row.campaign_id)


@require_POST
def assign(request: HttpRequest) -> HttpResponse:
    """Give calls that wait to a colleague."""
    require(request.user, PUBLISH)
    rows = lists.chosen(request, ROWS)
    form = AssignForm(request.POST if "owner" in request.POST else None, actor=request.user)
    if form.is_bound and form.is_valid():
        owner = form.cleaned_data["owner"]
        keys = list(rows.order_by().values_list("pk", flat=True))
        try:
            count = calling.assign_calls(
                rows=keys, owner=owner, by=request.user, at=timezone.now()
            )
        except UnableToCampaign as refusal:
            refuse(form, refusal)
        else:
            words = _("%(count)s calls go to %(name)s.") % {"count": count, "name": owner}
            messages.success(request, words)
            return redirect("campaigns:rows")
    context = {"form": form, "count": rows.count(), "chosen": lists.posted_choice(request)}
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "campaigns/assign.html", context, status=status)


@require_GET
def customer_panel(request: HttpRequest, customer_id: int) -> HttpResponse:
    """For what a customer was contacted, for the customer's page."""
    require(request.user, VIEW)
    customer = get_customer(request.user, customer_id)
    panel = pages.customer_panel(request.user, customer)
    return render(request, "campaigns/_customer_panel.html", {"panel": panel})
