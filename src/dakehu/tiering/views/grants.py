"""Levels by hand, assessments, and who went up or down."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dakehu.customers.queries import get_customer
from dakehu.people.policies import may, require
from dakehu.tiering.choices import GRANT_TONES, TURN_TONES, GrantState
from dakehu.tiering.errors import TieringRefusal
from dakehu.tiering.filters.levels import GrantFilter, MoveFilter
from dakehu.tiering.forms.levels import AssessForm, GrantForm
from dakehu.tiering.operations import granting
from dakehu.tiering.pages.grants import assessable, grantable, level_named
from dakehu.tiering.pages.reasons import move_lines
from dakehu.tiering.policies import APPROVE, ASSESS, GRANT, VIEW
from dakehu.tiering.queries import moves as queries
from dakehu.tiering.tables.levels import GrantTable, MoveTable
from dakehu.ui import lists
from dakehu.ui.lists import ListScreen

MOVES = ListScreen(
    name="tiering:moves",
    title=gettext_lazy("Upgrades and downgrades"),
    permission=VIEW,
    rows=queries.moves_for,
    table=MoveTable,
    filterset=MoveFilter,
    sorts={"day": ("day",)},
    default_sort="-day",
    row_url=lambda row: reverse("tiering:move", args=[row.pk]),
    row_drawer=True,
    export_permission="tiers.export",
    personal=True,
)
GRANTS = ListScreen(
    name="tiering:grants",
    title=gettext_lazy("Levels by hand"),
    permission=VIEW,
    rows=queries.grants_for,
    table=GrantTable,
    filterset=GrantFilter,
    sorts={"proposed": ("proposed_at",)},
    default_sort="-proposed",
    row_url=lambda row: reverse("tiering:grant", args=[row.pk]),
)


def customer_url(pk: int) -> str:
    """Return the address of a customer's page, which a higher floor serves."""
    return reverse("desk:customer", args=[pk])


@require_GET
def move_list(request: HttpRequest) -> HttpResponse:
    """Who went up or down, within the person's reach."""
    return lists.show(request, MOVES)


@require_GET
def move_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One customer who went up or down, with the statements that decided it."""
    require(request.user, VIEW)
    move = queries.get_move(request.user, pk)
    context = {
        "move": move,
        "tone": TURN_TONES[move.turn],
        "lines": move_lines(move),
        "customer_url": customer_url(move.customer_id),
    }
    template = "tiering/_move_drawer.html" if request.htmx else "tiering/move_detail.html"
    return render(request, template, context)


@require_GET
def grant_list(request: HttpRequest) -> HttpResponse:
    """Levels by hand, within the person's reach."""
    return lists.show(request, GRANTS)


@require_http_methods(["GET", "POST"])
def grant_propose(request: HttpRequest, customer_id: int) -> HttpResponse:
    """Propose a level by hand for a customer."""
    require(request.user, GRANT)
    customer = get_customer(request.user, customer_id)
    levels = grantable(customer)
    form = GrantForm(request.POST if request.method == "POST" else None, levels=levels)
    if form.is_valid():
        try:
            grant = granting.propose_grant(
                customer=customer,
                level=level_named(form.cleaned_data["level"]),
                term=form.term(),
                by=request.user,
                at=timezone.now(),
            )
        except TieringRefusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Proposed. It holds once somebody else approves it."))
            return redirect("tiering:grant", grant.pk)
    context = {"form": form, "customer": customer, "customer_url": customer_url(customer_id)}
    status = 422 if form.errors else 200
    return render(request, "tiering/grant_propose.html", context, status=status)


@require_GET
def grant_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One level by hand: reason, term, who decides."""
    require(request.user, VIEW)
    grant = queries.get_grant(request.user, pk)
    waits = grant.state == GrantState.PROPOSED
    may_approve = may(request.user, APPROVE)
    is_mine = grant.proposed_by_id == request.user.pk
    holds = grant.state == GrantState.APPROVED and grant.ends_on > timezone.localdate()
    context = {
        "grant": grant,
        "tone": GRANT_TONES[grant.state],
        "may_decide": waits and may_approve and not is_mine,
        "may_withdraw": (waits and (is_mine or may_approve)) or (holds and may_approve),
        "is_mine": waits and is_mine,
        "customer_url": customer_url(grant.customer_id),
    }
    return render(request, "tiering/grant_detail.html", context)


@require_POST
def grant_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve or turn down a level by hand."""
    require(request.user, APPROVE)
    approve = request.POST.get("approve") == "1"
    try:
        granting.decide_grant(
            grant=queries.get_grant(request.user, pk),
            approve=approve,
            note=request.POST.get("note", "")[:300],
            by=request.user,
            at=timezone.now(),
        )
    except TieringRefusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Approved.") if approve else _("Turned down."))
    return redirect("tiering:grant", pk)


@require_POST
def grant_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back a proposal, or end a level by hand today."""
    require(request.user, GRANT)
    try:
        granting.withdraw_grant(
            grant=queries.get_grant(request.user, pk), by=request.user, at=timezone.now()
        )
    except TieringRefusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Withdrawn."))
    return redirect("tiering:grant", pk)


@require_http_methods(["GET", "POST"])
def assess(request: HttpRequest, customer_id: int) -> HttpResponse:
    """Record what one thinks of a customer, for rules to read."""
    require(request.user, ASSESS)
    customer = get_customer(request.user, customer_id)
    measures = assessable(customer)
    typed = request.POST if request.method == "POST" else None
    form = AssessForm(typed, measures=[each for each, _known in measures])
    if form.is_valid():
        wanted = form.cleaned_data["measure"]
        measure = next(each for each, _known in measures if each.code == wanted)
        try:
            granting.assess(
                customer=customer,
                measure=measure,
                value=form.cleaned_data["value"],
                note=form.cleaned_data["note"],
                by=request.user,
                at=timezone.now(),
            )
        except TieringRefusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Recorded. The next evaluation reads it."))
            return redirect("tiering:assess", customer_id)
    context = {
        "form": form,
        "customer": customer,
        "measures": measures,
        "customer_url": customer_url(customer_id),
    }
    status = 422 if form.errors else 200
    return render(request, "tiering/assess.html", context, status=status)
