"""Handing over what was sold: the check list, the order, answers typed by hand (OP14)."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dakehu.opportunities import operations, queries
from dakehu.opportunities.errors import UnableToKeepOpportunity
from dakehu.opportunities.forms.orders import (
    BETWEEN,
    AnswerForm,
    BatchForm,
    CheckForm,
    SupportForm,
)
from dakehu.opportunities.pages import orders as pages
from dakehu.opportunities.policies import ASSIGN, HANDLE, VIEW
from dakehu.opportunities.views.passports import Sheet, act_with
from dakehu.people.policies import require
from dakehu.ui.forms import sent


@require_GET
def orders_panel(request: HttpRequest, pk: int) -> HttpResponse:
    """The check list and the orders of an opportunity, for its page."""
    require(request.user, VIEW)
    found = queries.get_opportunity(request.user, pk)
    panel = pages.orders_panel(request.user, found, on=timezone.localdate())
    return render(request, "opportunities/_orders_panel.html", {"panel": panel})


@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """Tick which points of the check list are in order."""
    require(request.user, HANDLE)
    found = queries.get_own(request.user, pk)
    points = pages.named_points(found, on=timezone.localdate())
    known = [f"{code}{BETWEEN}{point}" for code, point in queries.checked_of(found)]
    form = CheckForm(sent(request), points=points, initial={"points": known})
    return act_with(
        request,
        found,
        form,
        sheet=Sheet(_("Pre-acceptance check list"), _("Kept.")),
        act=lambda: operations.check_points(
            opportunity=found, ticked=form.ticked, by=request.user, at=timezone.now()
        ),
    )


@require_POST
def order(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand over what was sold to the billing system."""
    require(request.user, HANDLE)
    found = queries.get_own(request.user, pk)
    try:
        made = operations.hand_over_order(opportunity=found, by=request.user, at=timezone.now())
    except UnableToKeepOpportunity as refusal:
        messages.error(request, str(refusal))
    else:
        words = _("Order %(number)s goes to the billing system in a moment.")
        messages.success(request, words % {"number": made.number})
    return redirect("opportunities:detail", pk)


@require_http_methods(["GET", "POST"])
def order_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Type by hand what the billing system answered about a row."""
    require(request.user, ASSIGN)
    found = queries.get_order(request.user, pk)
    form = AnswerForm(sent(request), rows=pages.row_choices(found))
    who = operations.Answerer(staff=request.user)
    return act_with(
        request,
        found.opportunity,
        form,
        sheet=Sheet(_("Record the answer"), _("Recorded."), button=_("Record the answer")),
        act=lambda: operations.answer_order(
            order=found,
            answers={
                form.cleaned_data["row"]: (form.cleaned_data["state"], form.cleaned_data["reason"])
            },
            who=who,
            at=timezone.now(),
        ),
    )


@require_http_methods(["GET", "POST"])
def support_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Order support for an opportunity from the operations center."""
    require(request.user, HANDLE)
    found = queries.get_own(request.user, pk)
    form = SupportForm(sent(request))
    about = _("It waits in the queue of the team that supports, with a clock.")
    return act_with(
        request,
        found,
        form,
        sheet=Sheet(
            _("Order support"), _("The order is in the queue."), about, button=_("Order support")
        ),
        act=lambda: operations.order_support(
            opportunity=found, **form.cleaned_data, by=request.user, at=timezone.now()
        ),
    )


@require_http_methods(["GET", "POST"])
def batch_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand over collected data as batch business by one file."""
    require(request.user, HANDLE)
    found = queries.get_own(request.user, pk)
    form = BatchForm(sent(request), request.FILES or None)
    about = _("It becomes an order of batch business; what came of each row stands there.")
    return act_with(
        request,
        found,
        form,
        sheet=Sheet(
            _("Hand over a batch"),
            _("The order is in the queue."),
            about,
            button=_("Hand over a batch"),
        ),
        act=lambda: operations.hand_over_batch(
            opportunity=found,
            upload=form.cleaned_data["file"],
            text=form.cleaned_data["text"],
            by=request.user,
            at=timezone.now(),
        ),
    )
