"""The console of the operations center: what waits, and who gets it (OP5, OP12)."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from dakehu.opportunities import operations, queries
from dakehu.opportunities.errors import UnableToKeepOpportunity
from dakehu.opportunities.forms.acting import AssignForm
from dakehu.opportunities.pages import center as pages
from dakehu.opportunities.pages.takers import map_for
from dakehu.opportunities.policies import ASSIGN
from dakehu.people.policies import require
from dakehu.ui.forms import sent
from dakehu.ui.responses import back, render_page

UNPROCESSABLE = 422


@require_GET
def center(request: HttpRequest) -> HttpResponse:
    """What waits, the oldest first, each with whoever is proposed."""
    require(request.user, ASSIGN)
    page = pages.center_of(request.user, at=timezone.now())
    return render(request, "opportunities/center.html", {"page": page})


@require_GET
def takers(request: HttpRequest, pk: int) -> HttpResponse:
    """The map of who could take an opportunity over, by place and channel."""
    require(request.user, ASSIGN)
    found = queries.get_opportunity(request.user, pk)
    page = map_for(request.user, found, at=timezone.now())
    return render(request, "opportunities/takers.html", {"page": page})


@require_http_methods(["GET", "POST"])
def assign(request: HttpRequest, pk: int) -> HttpResponse:
    """Offer what waits to one person or to several: by one key, or chosen from everybody."""
    require(request.user, ASSIGN)
    found = queries.get_opportunity(request.user, pk)
    choice = pages.choice_for(found, at=timezone.now())
    form = AssignForm(sent(request), people=choice.people)
    if form.is_bound and form.is_valid():
        try:
            operations.assign(
                opportunity=found,
                receivers=form.chosen,
                reason=form.cleaned_data["reason"],
                by=request.user,
                at=timezone.now(),
            )
        except UnableToKeepOpportunity as refusal:
            form.add_error(None, str(refusal))
        else:
            names = _(", ").join(person.name for person in form.chosen)
            words = _("%(number)s is offered to %(names)s.")
            messages.success(request, words % {"number": found.number, "names": names})
            return back(request, "opportunities:center")
    status = UNPROCESSABLE if form.errors else 200
    page, part = "opportunities/assign.html", "opportunities/_assign.html"
    picked = (
        [int(key) for key in form.data.getlist("receivers") if key.isdecimal()]
        if form.is_bound
        else [taker.person.pk for taker in choice.takers if taker.is_proposed]
    )
    context = {"choice": choice, "form": form, "picked": picked}
    return render_page(request, page, part, context, status=status)
