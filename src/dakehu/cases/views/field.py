"""The engineer's phone: my day, accept, set out, arrive, the record, the signature (R8, R9)."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dakehu.cases import operations
from dakehu.cases.errors import UnableToKeepCase
from dakehu.cases.forms.orders import RecordForm, SignForm
from dakehu.cases.pages import cases as case_pages
from dakehu.cases.pages import orders as pages
from dakehu.cases.policies import SERVE, VIEW
from dakehu.cases.queries.orders import order_to_serve
from dakehu.cases.views.orders import asked
from dakehu.people.policies import require
from dakehu.ui.forms import sent
from dakehu.ui.lists.addresses import whole_number
from dakehu.ui.responses import back

UNPROCESSABLE = 422


def day_in(request: HttpRequest) -> date:
    """Return the day that an address names; today if it names none."""
    try:
        return date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        return timezone.localdate()


@require_GET
def my_day(request: HttpRequest) -> HttpResponse:
    """With what one is sent today."""
    require(request.user, SERVE)
    page = pages.own_day(request.user, day_in(request), at=timezone.now())
    return render(request, "cases/my_day.html", {"page": page})


def at_once(request: HttpRequest, pk: int, act: Callable[..., Any], words: str) -> HttpResponse:
    """Do something with a work order that needs no more than a tap; refusals are told in words."""
    require(request.user, VIEW)
    order = order_to_serve(request.user, pk)
    version = whole_number(request.POST.get("version", "")) or order.version
    try:
        act(order=order, version=version, by=request.user, at=timezone.now())
    except UnableToKeepCase as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, words)
    return back(request, "cases:order", pk)


@require_POST
def order_accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept a work order."""
    return at_once(request, pk, operations.accept_order, _("Accepted."))


@require_POST
def order_set_out(request: HttpRequest, pk: int) -> HttpResponse:
    """Set out for the place."""
    return at_once(request, pk, operations.set_out, _("The desk sees that you are on the way."))


@require_POST
def order_arrive(request: HttpRequest, pk: int) -> HttpResponse:
    """Arrive at the place."""
    words = _("You are there. The service record is due today.")
    return at_once(request, pk, operations.arrive, words)


@require_http_methods(["GET", "POST"])
def order_record(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the service record."""
    require(request.user, VIEW)
    order = order_to_serve(request.user, pk)
    begun = {"version": order.version, "text": order.record, "result": order.result or "SOLVED"}
    form = RecordForm(sent(request), initial=begun)
    about = _("Work of today is recorded today. Afterwards the customer signs.")
    return asked(
        request,
        form,
        sheet=case_pages.Sheet(
            _("Service record"), _("Save the record"), _("The record is kept."), about
        ),
        home="cases:order",
        about=order,
        act=lambda form: operations.record_service(
            order=order,
            version=form.known_version,
            text=form.cleaned_data["text"],
            result=form.cleaned_data["result"],
            by=request.user,
            at=timezone.now(),
        ),
    )


@require_http_methods(["GET", "POST"])
def order_sign(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the customer sign: on the screen, or on paper that is photographed."""
    require(request.user, VIEW)
    order = order_to_serve(request.user, pk)
    begun = {"version": order.version, "name": order.contact}
    form = SignForm(sent(request), request.FILES or None, initial=begun)
    if form.is_bound and form.is_valid():
        typed = form.cleaned_data
        try:
            operations.sign_order(
                order=order,
                version=form.known_version,
                signed=operations.Signed(typed["name"], typed["how"], typed["picture"]),
                by=request.user,
                at=timezone.now(),
            )
        except UnableToKeepCase as refusal:
            field = refusal.field if refusal.field in form.fields else None
            form.add_error(field, str(refusal))
        else:
            messages.success(request, _("Signed. Thank you."))
            return redirect("cases:order", pk)
    page = pages.order_page(request.user, order, at=timezone.now())
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "cases/order_sign.html", {"page": page, "form": form}, status=status)
