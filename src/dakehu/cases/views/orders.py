"""Work orders: their list, one of them, its paper; planned, changed, withdrawn (R5, R7)."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_GET, require_http_methods

from dakehu.cases import operations, queries
from dakehu.cases.errors import UnableToKeepCase
from dakehu.cases.filters import OrderFilter
from dakehu.cases.forms.acting import ReasonForm
from dakehu.cases.forms.orders import EntryForm, PlanForm
from dakehu.cases.pages import cases as case_pages
from dakehu.cases.pages import orders as pages
from dakehu.cases.policies import DISPATCH, EXPORT, HANDLE, VIEW
from dakehu.cases.queries.engineers import known_skills
from dakehu.cases.queries.orders import (
    get_order,
    order_to_plan,
    order_to_serve,
    orders_visible_to,
)
from dakehu.cases.tables import OrderTable
from dakehu.people.policies import require
from dakehu.ui import lists, panels
from dakehu.ui.forms import sent
from dakehu.ui.responses import back, render_page

UNPROCESSABLE = 422


def order_url(order: Any) -> str:
    """Return the address of a work order."""
    return reverse("cases:order", args=[order.pk])


ORDERS = lists.ListScreen(
    name="cases:orders",
    title=gettext_lazy("Work orders"),
    permission=VIEW,
    rows=orders_visible_to,
    table=OrderTable,
    filterset=OrderFilter,
    sorts={"starts": ("starts_at",), "priority": ("priority",)},
    default_sort="-starts",
    icon="clipboard-check",
    help_text=gettext_lazy(
        "Who goes where and when, for requests and for what was entered beforehand, and whether "
        "the service record came on the same day."
    ),
    empty_title=gettext_lazy("No work orders yet"),
    empty_text=gettext_lazy(
        "Plan one on the page of a request, or enter a visit with the button above."
    ),
    row_url=order_url,
    actions=(
        lists.Action(
            gettext_lazy("Enter a visit or a talk"),
            "plus",
            "cases:order_new",
            HANDLE,
            primary=True,
        ),
        lists.Action(gettext_lazy("Dispatch board"), "layout-board", "cases:board", DISPATCH),
    ),
    export_permission=EXPORT,
)


@require_GET
def order_list(request: HttpRequest) -> HttpResponseBase:
    """All work orders within reach."""
    return lists.show(request, ORDERS)


@require_GET
def order_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One work order: what it says, how far it is, what can be done."""
    require(request.user, VIEW)
    order = get_order(request.user, pk)
    page = pages.order_page(request.user, order, at=timezone.now())
    held = panels.panels_for("work_order", request.user)
    return render(request, "cases/order.html", {"page": page, "panels": held})


@require_GET
def order_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """One work order to be printed and signed on paper."""
    require(request.user, VIEW)
    order = get_order(request.user, pk)
    page = pages.order_page(request.user, order, at=timezone.now())
    return render(request, "cases/order_paper.html", {"page": page})


def asked(
    request: HttpRequest,
    form: Any,
    *,
    sheet: case_pages.Sheet,
    act: Callable[[Any], Any],
    home: str,
    about: Any = None,
) -> HttpResponse:
    """Ask what an act needs, in the drawer or as a page; do it once that is answered."""
    if form.is_bound and form.is_valid():
        try:
            done = act(form)
        except UnableToKeepCase as refusal:
            field = FIELDS.get(refusal.field, refusal.field)
            form.add_error(field if field in form.fields else None, str(refusal))
        else:
            messages.success(request, sheet.words)
            return back(request, home, (about or done).pk)
    context = {"about": about, "home": reverse(home, args=[about.pk]) if about else "",
               "form": form, "sheet": sheet}  # fmt: skip
    status = UNPROCESSABLE if form.errors else 200
    page, part = "cases/order_sheet.html", "cases/_sheet.html"
    return render_page(request, page, part, context, status=status)


FIELDS = {"starts_at": "starts", "ends_at": "ends"}
"""The inputs at which refusals of a plan are shown."""


@require_http_methods(["GET", "POST"])
def order_new(request: HttpRequest) -> HttpResponse:
    """Enter a visit or a talk beforehand (R7)."""
    require(request.user, HANDLE)
    skills = known_skills(request.user)
    begun = {"customer": request.GET.get("customer", "")}
    form = EntryForm(sent(request), skills=skills, actor=request.user, initial=begun)
    title = _("Enter a visit or a talk")
    about = _("It waits at the dispatch desk for somebody to go.")
    sheet = case_pages.Sheet(title, _("Enter"), _("Entered; it waits at the desk."), about)
    return asked(
        request,
        form,
        sheet=sheet,
        home="cases:order",
        act=lambda form: operations.plan_order(
            plan=form.plan(),
            customer=form.cleaned_data["customer"],
            purpose=form.cleaned_data["purpose"],
            by=request.user,
            at=timezone.now(),
        ),
    )


@require_http_methods(["GET", "POST"])
def case_order(request: HttpRequest, pk: int) -> HttpResponse:
    """Plan a work order for a case."""
    require(request.user, HANDLE)
    case = queries.get_case(request.user, pk)
    begun = {
        "subject": case.subject,
        "place": pages.place_of(case),
        "contact": case.caller_name,
        "phone": case.caller_phone,
        "day": timezone.localdate(),
    }
    form = PlanForm(sent(request), skills=known_skills(request.user), initial=begun)
    sheet = case_pages.Sheet(
        _("Plan a work order"),
        pgettext("a work order", "Plan"),
        _("Planned; it waits at the dispatch desk."),
    )
    return asked(
        request,
        form,
        sheet=sheet,
        home="cases:detail",
        about=case,
        act=lambda form: operations.plan_order(
            plan=form.plan(), case=case, by=request.user, at=timezone.now()
        ),
    )


@require_http_methods(["GET", "POST"])
def order_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the plan of a work order."""
    require(request.user, HANDLE)
    order = order_to_plan(request.user, pk)
    form = PlanForm(sent(request), skills=known_skills(request.user), order=order)
    return asked(
        request,
        form,
        sheet=case_pages.Sheet(_("Change the plan"), _("Save"), _("The plan is changed.")),
        home="cases:order",
        about=order,
        act=lambda form: operations.change_order(
            order=order,
            version=form.cleaned_data["version"],
            plan=form.plan(),
            by=request.user,
            at=timezone.now(),
        ),
    )


def with_reason(
    request: HttpRequest, order: Any, act: Callable[..., Any], sheet: case_pages.Sheet
) -> HttpResponse:
    """Do something with a work order for a reason."""
    form = ReasonForm(sent(request), initial={"version": order.version})
    return asked(
        request,
        form,
        sheet=sheet,
        home="cases:order",
        about=order,
        act=lambda form: act(
            order=order,
            version=form.known_version,
            reason=form.cleaned_data["reason"],
            by=request.user,
            at=timezone.now(),
        ),
    )


@require_http_methods(["GET", "POST"])
def order_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw a work order."""
    require(request.user, HANDLE)
    order = order_to_plan(request.user, pk)
    title = _("Withdraw the order")
    about = _("Nobody goes. This cannot be undone; plan another one if need be.")
    sheet = case_pages.Sheet(title, title, _("The order is withdrawn."), about)
    return with_reason(request, order, operations.withdraw_order, sheet)


@require_http_methods(["GET", "POST"])
def order_take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a work order from its engineer."""
    require(request.user, DISPATCH)
    order = get_order(request.user, pk)
    title = _("Take the order back")
    sheet = case_pages.Sheet(title, title, _("The order waits at the desk again."))
    return with_reason(request, order, operations.take_order_back, sheet)


@require_http_methods(["GET", "POST"])
def order_return(request: HttpRequest, pk: int) -> HttpResponse:
    """Return a work order to the desk."""
    require(request.user, VIEW)
    order = order_to_serve(request.user, pk)
    title = _("Return the order")
    about = _("It waits at the desk for somebody else. Say why you cannot do it.")
    sheet = case_pages.Sheet(title, title, _("The order is back at the desk."), about)
    return with_reason(request, order, operations.return_order, sheet)
