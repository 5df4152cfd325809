"""Proposals of owners: a unit's pool, who should get whom and why, adjusted and drafted (M3)."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from dakehu.ownership import operations, queries
from dakehu.ownership.errors import UnableToMove
from dakehu.ownership.forms import PlaceForm, UnitForm
from dakehu.ownership.pages.proposing import proposal_page
from dakehu.people.policies import require
from dakehu.ui.lists.addresses import whole_number

OWNER = "owner-"


@require_GET
def propose(request: HttpRequest) -> HttpResponse:
    """Proposals for the pool of a unit; at first the person's own."""
    require(request.user, "ownership.move")
    today = timezone.localdate()
    return show_proposals(request, unit_asked(request), PlaceForm(actor=request.user, today=today))


def unit_asked(request: HttpRequest) -> Any:
    """Return the unit that was chosen, or the person's own."""
    form = UnitForm(request.POST or request.GET, actor=request.user)
    return form.cleaned_data["unit"] if form.is_valid() else request.user.unit  # type: ignore[union-attr]


def show_proposals(
    request: HttpRequest, unit: Any, form: PlaceForm, *, status: int = 200
) -> HttpResponse:
    """Show proposals with the form that carries them out."""
    context = {
        "page": proposal_page(request.user, unit, on=timezone.localdate()),
        "units": UnitForm(initial={"unit": unit}, actor=request.user),
        "form": form,
    }
    return render(request, "ownership/proposals.html", context, status=status)


@require_POST
def propose_draft(request: HttpRequest) -> HttpResponse:
    """Draft the proposals as they were adjusted; the draft is decided on its own page."""
    require(request.user, "ownership.move")
    unit = unit_asked(request)
    form = PlaceForm(request.POST, actor=request.user, today=timezone.localdate())
    if not form.is_valid():
        return show_proposals(request, unit, form, status=422)
    chosen = owners_typed(request.POST)
    people = queries.people_numbered(request.user, set(chosen.values()))
    owners = {pk: people[owner] for pk, owner in chosen.items() if owner in people}
    try:
        draft = operations.draft_proposals(
            customers=queries.pool_visible_to(request.user),
            owners=owners,
            terms=form.terms(_("Proposals for %(unit)s") % {"unit": unit}),
            by=request.user,
            at=timezone.now(),
        )
    except UnableToMove as refusal:
        messages.error(request, str(refusal))
        return show_proposals(request, unit, form, status=422)
    return redirect("ownership:detail", draft.pk)


def owners_typed(typed: QueryDict) -> dict[int, int]:
    """Return the owner chosen for each customer that is ticked."""
    chosen = {}
    for ticked in typed.getlist("ids"):
        customer = whole_number(ticked)
        owner = whole_number(typed.get(f"{OWNER}{ticked}") or "")
        if customer is not None and owner is not None:
            chosen[customer] = owner
    return chosen
