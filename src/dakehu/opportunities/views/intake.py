"""The intake of every channel: the form, and what helps beside it (CH16)."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from dakehu.care.queries.visits import get_visit
from dakehu.cases.queries.callers import caller_words
from dakehu.channels.queries import body_in_force
from dakehu.customers.queries import get_customer
from dakehu.opportunities import operations
from dakehu.opportunities.errors import UnableToKeepOpportunity
from dakehu.opportunities.forms.intake import IntakeForm
from dakehu.opportunities.pages import intake as pages
from dakehu.opportunities.policies import CREATE
from dakehu.people.policies import require
from dakehu.ui.forms import sent
from dakehu.ui.lists.addresses import whole_number


@require_http_methods(["GET", "POST"])
def intake(request: HttpRequest) -> HttpResponse:
    """Take a contact in."""
    require(request.user, CREATE)
    body = body_in_force(on=timezone.localdate())
    initial = {}
    if pk := whole_number(request.GET.get("customer", "")):
        initial["who"] = caller_words(get_customer(request.user, pk))
    if pk := whole_number(request.GET.get("visit", "")):
        initial |= told_at(get_visit(request.user, pk))
    form = IntakeForm(sent(request), actor=request.user, body=body, initial=initial)
    if form.is_bound and form.is_valid():
        try:
            taken = operations.take_in(new=form.new, by=request.user, at=timezone.now())
        except UnableToKeepOpportunity as refusal:
            form.add_error(refusal.field or None, str(refusal))
        else:
            tell(request, taken)
            if "again" in request.POST:
                return redirect("opportunities:intake")
            return redirect("opportunities:detail", taken.opportunity.pk)
    status = 422 if form.errors else 200
    return render(request, "opportunities/intake.html", {"form": form}, status=status)


def told_at(visit: Any) -> dict[str, str]:
    """Return what was told at a visit, as the form begins with it (R11)."""
    told = (visit.running_state, visit.plans)
    return {"text": "\n".join(each for each in told if each)}


def tell(request: HttpRequest, taken: operations.Taken) -> None:
    """Say what became of a contact that was taken in."""
    made = taken.opportunity
    values = {"number": made.number, "name": made.receiver, "state": made.get_state_display()}
    if not taken.is_new:
        messages.info(
            request, _("%(number)s was taken in already; nothing was done twice.") % values
        )
    elif made.receiver:
        messages.success(request, _("%(number)s: %(state)s · %(name)s") % values)
    else:
        messages.success(request, _("%(number)s: %(state)s") % values)


@require_GET
def known(request: HttpRequest) -> HttpResponse:
    """Who it is, what is open of them, and where it would go as it is typed."""
    require(request.user, CREATE)
    body = body_in_force(on=timezone.localdate())
    form = IntakeForm(request.GET, actor=request.user, body=body)
    form.is_valid()
    for name, box in form.fields.items():
        form.cleaned_data.setdefault(name, box.initial or form.initial.get(name) or "")
    form.cleaned_data["area"] = form.cleaned_data["area"] or None
    typed = any(form.cleaned_data[name] for name in ("first", "has_specifics", "is_willing"))
    page = pages.known_before(
        request.user,
        form.new,
        body,
        typed=typed,
        is_named=bool(form.cleaned_data["who"] or request.GET.get("who", "").strip()),
        at=timezone.now(),
    )
    return render(request, "opportunities/_known.html", {"page": page})
