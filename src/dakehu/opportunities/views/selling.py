"""After the claim: the board and the stages (OP14)."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dakehu.opportunities import operations, queries
from dakehu.opportunities.choices import SalesStage
from dakehu.opportunities.errors import UnableToKeepOpportunity
from dakehu.opportunities.forms.selling import StageForm
from dakehu.opportunities.pages import board as pages
from dakehu.opportunities.policies import HANDLE
from dakehu.opportunities.views.passports import Sheet, act_with
from dakehu.people.policies import require
from dakehu.ui.forms import sent
from dakehu.ui.lists.addresses import whole_number
from dakehu.ui.responses import render_page

UNPROCESSABLE = 422


@require_GET
def board(request: HttpRequest) -> HttpResponse:
    """What is being sold, stage by stage."""
    require(request.user, HANDLE)
    return shown(request)


def shown(request: HttpRequest, *, trouble: str = "") -> HttpResponse:
    """Show the board, with what went wrong if something did."""
    is_mine = request.GET.get("whose") == pages.MINE
    page = pages.board_of(request.user, is_mine=is_mine, at=timezone.now(), trouble=trouble)
    status = UNPROCESSABLE if trouble else 200
    whole, part = "opportunities/board.html", "opportunities/_board.html"
    return render_page(request, whole, part, {"page": page}, status=status)


@require_POST
def board_drop(request: HttpRequest) -> HttpResponse:
    """Move an opportunity that was dropped on another stage, or sent there by its button."""
    require(request.user, HANDLE)
    pk = whole_number(request.POST.get("opportunity", "")) or 0
    found = queries.get_own(request.user, pk)
    trouble = trouble_with(request, found)
    return shown(request, trouble=trouble)


def trouble_with(request: HttpRequest, found: Any) -> str:
    """Move an opportunity; return in words why that is refused, nothing if it is done."""
    stage = request.POST.get("stage", "")
    if stage == SalesStage.HANDOVER and found.state == "NEGOTIATING":
        return _("Have the contract signed first: open it and look at its papers.")
    try:
        operations.move_stage(
            opportunity=found,
            stage=stage,
            version=whole_number(request.POST.get("version", "")),
            by=request.user,
            at=timezone.now(),
        )
    except UnableToKeepOpportunity as refusal:
        return str(refusal)
    words = _("%(number)s: %(stage)s")
    messages.success(request, words % {"number": found.number, "stage": SalesStage(stage).label})
    return ""


@require_http_methods(["GET", "POST"])
def stage(request: HttpRequest, pk: int) -> HttpResponse:
    """Move an opportunity to a stage, with notes."""
    require(request.user, HANDLE)
    found = queries.get_own(request.user, pk)
    form = StageForm(sent(request), opportunity=found)
    return act_with(
        request,
        found,
        form,
        sheet=Sheet(_("Go on"), _("Kept."), button=_("Go on")),
        act=lambda: operations.move_stage(
            opportunity=found,
            stage=form.cleaned_data["stage"],
            text=form.cleaned_data["text"],
            expected_on=form.cleaned_data["expected_on"],
            version=form.known_version,
            by=request.user,
            at=timezone.now(),
        ),
    )
