"""The intake: a form that is filled by keyboard in seconds, and what helps beside it (CH3, G4)."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from dakehu.cases import operations
from dakehu.cases.errors import UnableToKeepCase
from dakehu.cases.forms.intake import IntakeForm
from dakehu.cases.pages import intake as pages
from dakehu.cases.policies import CREATE
from dakehu.cases.queries import callers
from dakehu.cases.queries.batches import FEWEST_ROWS
from dakehu.customers.queries import get_customer
from dakehu.people.policies import require
from dakehu.ui.forms import sent
from dakehu.ui.lists.addresses import whole_number

LONGEST = 4000


@require_http_methods(["GET", "POST"])
def intake(request: HttpRequest) -> HttpResponse:
    """Take a request."""
    require(request.user, CREATE)
    initial = {}
    if pk := whole_number(request.GET.get("customer", "")):
        initial["who"] = callers.caller_words(get_customer(request.user, pk))
    form = IntakeForm(sent(request), request.FILES or None, actor=request.user, initial=initial)
    if form.is_bound and form.is_valid():
        if "read" in request.POST:
            return shown_read(request, form)
        try:
            case = operations.open_case(new=form.new, by=request.user, at=timezone.now())
        except UnableToKeepCase as refusal:
            form.add_error(refusal.field or None, str(refusal))
        else:
            words = _("%(number)s is open in the queue of %(unit)s.")
            messages.success(request, words % {"number": case.number, "unit": case.unit})
            if "again" in request.POST:
                return redirect("cases:intake")
            return redirect("cases:detail", case.pk)
    status = 422 if form.errors else 200
    return render(request, "cases/intake.html", {"form": form}, status=status)


def shown_read(request: HttpRequest, form: Any) -> HttpResponse:
    """Show the rows of a batch as they were read from a file; nothing is opened."""
    typed = request.POST.copy()
    typed["lines"] = "\n".join(f"{row.number}\t{row.wish}".strip() for row in form.rows)
    again = IntakeForm(typed, actor=request.user)
    context = {"form": again, "count": len(form.rows), "green": FEWEST_ROWS}
    return render(request, "cases/intake.html", context)


@require_GET
def batch_template(request: HttpRequest) -> HttpResponseBase:
    """An empty list of batch business, as a workbook with an example."""
    require(request.user, CREATE)
    return FileResponse(
        pages.batch_template(), as_attachment=True, filename=_("Batch business") + ".xlsx"
    )


@require_GET
def known(request: HttpRequest) -> HttpResponse:
    """Who calls, what was asked before, and what would become of the request."""
    require(request.user, CREATE)
    page = pages.known_before(
        request.user,
        typed=request.GET.get("who", "")[:120],
        kind=request.GET.get("kind", ""),
        text=request.GET.get("text", "")[:LONGEST],
        at=timezone.now(),
    )
    return render(request, "cases/_known.html", {"page": page})


@require_GET
def wording(request: HttpRequest) -> HttpResponse:
    """What every channel says about what is being typed."""
    require(request.user, CREATE)
    text = request.GET.get("text", "")[:LONGEST]
    page = pages.said_about(request.user, text, at=timezone.now())
    return render(request, "cases/_wording.html", {"page": page})


@require_GET
def caller_options(request: HttpRequest) -> HttpResponse:
    """Suggestions for the box in which the caller is typed."""
    require(request.user, CREATE)
    typed = request.GET.get(request.GET.get("box", ""), "")[:120]
    found = callers.callers_suggested(request.user, typed)
    options = [callers.caller_words(customer) for customer in found]
    return render(request, "ui/widgets/_pick_options.html", {"options": options})
