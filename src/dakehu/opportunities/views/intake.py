"""The intake of every channel: the form, and what helps beside it (CH16)."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from dakehu.care.queries.visits import get_visit
from dakehu.cases.queries.callers import caller_words
from dakehu.channels.queries import body_in_force
from dakehu.customers.queries import get_customer
from dakehu.opportunities import operations
from dakehu.opportunities.errors import UnableToKeepOpportunity
from dakehu.opportunities.forms.intake import PLACES, IntakeForm
from dakehu.opportunities.operations.origins import Origin, origin_named
from dakehu.opportunities.pages import intake as pages
from dakehu.opportunities.policies import CREATE
from dakehu.opportunities.values import Begun
from dakehu.people.policies import require
from dakehu.ui.forms import sent
from dakehu.ui.lists.addresses import whole_number


@require_http_methods(["GET", "POST"])
def intake(request: HttpRequest) -> HttpResponse:
    """Take a contact in."""
    require(request.user, CREATE)
    body = body_in_force(on=timezone.localdate())
    origin, number = came_from(request)
    begun = origin.begin(request.user, number) if origin else begun_of(request)
    form = IntakeForm(
        sent(request),
        actor=request.user,
        body=body,
        initial=initial_of(begun) | visit_told(request),
        known=begun.customer,
    )
    if form.is_bound and form.is_valid():
        made = {"by": request.user, "at": timezone.now()}
        try:
            taken = operations.take_in(
                new=form.new, origin=(origin, number) if origin else None, **made
            )
        except UnableToKeepOpportunity as refusal:
            form.add_error(refusal.field or None, str(refusal))
        else:
            tell(request, taken)
            if begun.back:
                return redirect(begun.back)
            if "again" in request.POST:
                return redirect("opportunities:intake")
            return redirect("opportunities:detail", taken.opportunity.pk)
    status = 422 if form.errors else 200
    context = {"form": form, "begun": begun, "known_url": known_url(origin, number)}
    return render(request, "opportunities/intake.html", context, status=status)


def came_from(request: HttpRequest) -> tuple[Origin | None, int]:
    """Return what led here, and the number of the thing."""
    number = whole_number(request.GET.get("of", ""))
    origin = origin_named(request.GET.get("from", ""))
    return (origin, number) if origin and number else (None, 0)


def begun_of(request: HttpRequest) -> Begun:
    """Return what an address says of a contact: the customer."""
    pk = whole_number(request.GET.get("customer", ""))
    return Begun(customer=get_customer(request.user, pk) if pk else None)


def initial_of(begun: Begun) -> dict[str, str]:
    """Return what the form begins with."""
    found = {"who": caller_words(begun.customer)} if begun.customer else {}
    if begun.text:
        found["text"] = begun.text
    return found | dict(zip(PLACES, begun.products, strict=False))


def visit_told(request: HttpRequest) -> dict[str, str]:
    """Return what a visit that an address names tells beforehand."""
    pk = whole_number(request.GET.get("visit", ""))
    return told_at(get_visit(request.user, pk)) if pk else {}


def known_url(origin: Origin | None, number: int) -> str:
    """Return where what is known comes from while somebody types."""
    url = reverse("opportunities:known")
    return f"{url}?from={origin.code}&of={number}" if origin else url


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
    origin, number = came_from(request)
    begun = origin.begin(request.user, number) if origin else None
    form = IntakeForm(
        request.GET, actor=request.user, body=body, known=begun.customer if begun else None
    )
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
