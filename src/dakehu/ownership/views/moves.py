"""Changes of ownership: the list, one change with its preview, and what is done with it (M3)."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_POST

from dakehu.ownership import jobs, operations, queries
from dakehu.ownership.choices import MoveState
from dakehu.ownership.errors import UnableToDecide, UnableToMove
from dakehu.ownership.filters import LineFilter, MoveFilter
from dakehu.ownership.forms import UndoForm
from dakehu.ownership.pages.moves import move_page
from dakehu.ownership.tables import LineTable, MoveTable
from dakehu.people.policies import require
from dakehu.ui import lists
from dakehu.ui.responses import render_page

MOVES = lists.ListScreen(
    name="ownership:list",
    title=gettext_lazy("Ownership"),
    permission="ownership.view",
    rows=queries.moves_visible_to,
    table=MoveTable,
    filterset=MoveFilter,
    sorts={
        "at": ("at",),
        "effective": ("effective_on",),
        "customers": ("customers",),
        "skipped": ("skipped",),
    },
    default_sort="-at",
    icon="arrows-exchange",
    help_text=gettext_lazy(
        "Who got whose customers, when and why. To assign or recall, choose customers in their "
        "list."
    ),
    empty_text=gettext_lazy("Nobody has moved customers yet."),
    row_url=lambda move: reverse("ownership:detail", args=[move.pk]),
    actions=(
        lists.Action(gettext_lazy("Swap"), "arrows-exchange", "ownership:swap", "ownership.move"),
        lists.Action(gettext_lazy("Leave cover"), "beach", "ownership:cover", "ownership.move"),
        lists.Action(
            gettext_lazy("Propose owners"), "bulb", "ownership:propose", "ownership.move"
        ),
        lists.Action(
            gettext_lazy("Numbers for owners"),
            "adjustments",
            "ownership:numbers",
            "ownership.view",
        ),
    ),
)
LINES = lists.ListScreen(
    name="ownership:lines",
    title=gettext_lazy("Customers of a change"),
    permission="ownership.view",
    rows=queries.lines_visible_to,
    table=LineTable,
    filterset=LineFilter,
    sorts={"number": ("customer__number",), "state": ("state",)},
    default_sort="number",
    icon="users",
    help_text=gettext_lazy("As far as these customers are within your reach."),
    row_url=lambda line: reverse("desk:customer", args=[line.customer_id]),
)


@require_GET
def move_list(request: HttpRequest) -> HttpResponseBase:
    """The changes that concern the person."""
    return lists.show(request, MOVES)


@require_GET
def line_list(request: HttpRequest) -> HttpResponseBase:
    """The customers of a change."""
    return lists.show(request, LINES)


@require_GET
def move_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One change: the preview of a draft, the course of a decided one."""
    require(request.user, "ownership.view")
    move = queries.get_move(request.user, pk)
    context = {
        "page": move_page(request.user, move, on=timezone.localdate()),
        "undo_form": UndoForm(),
    }
    return render_page(
        request, "ownership/move_detail.html", "ownership/_move_detail.html", context
    )


@require_POST
def move_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a draft hold."""
    require(request.user, "ownership.move")
    move = queries.get_move(request.user, pk)
    operations.require_may_move(move, by=request.user)
    try:
        decided = jobs.decide(move=move, by=request.user, at=timezone.now())
    except (UnableToMove, UnableToDecide) as refusal:
        messages.error(request, str(refusal))
    else:
        tell(request, decided)
    return redirect("ownership:detail", pk)


def tell(request: HttpRequest, move: Any) -> None:
    """Say what came of a decision."""
    if move.state == MoveState.PLANNED and move.effective_on > timezone.localdate():
        words = _("Planned: the customers change hands in the night before %(day)s.")
        messages.success(request, words % {"day": f"{move.effective_on:%Y-%m-%d}"})
    elif move.state == MoveState.PLANNED:
        messages.success(request, _("This takes a moment; the page shows how far it is."))
    else:
        words = ngettext(
            "%(count)s customer changed hands.",
            "%(count)s customers changed hands.",
            move.customers,
        )
        messages.success(request, words % {"count": move.customers})
    if move.skipped:
        words = ngettext(
            "%(count)s customer was left out; see why below.",
            "%(count)s customers were left out; see why below.",
            move.skipped,
        )
        messages.warning(request, words % {"count": move.skipped})


@require_POST
def move_discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw a draft away."""
    require(request.user, "ownership.move")
    move = queries.get_move(request.user, pk)
    try:
        operations.discard_move(move=move, by=request.user)
    except UnableToDecide as refusal:
        messages.error(request, str(refusal))
        return redirect("ownership:detail", pk)
    messages.success(request, _("Nothing was changed."))
    return redirect("ownership:list")


@require_POST
def move_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Cancel a change that waits for its day."""
    require(request.user, "ownership.move")
    move = queries.get_move(request.user, pk)
    operations.require_may_move(move, by=request.user)
    try:
        operations.cancel_move(move=move, by=request.user, at=timezone.now())
    except UnableToDecide as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Cancelled: nobody changes hands."))
    return redirect("ownership:detail", pk)


@require_POST
def move_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the customers of a change back; ends a cover early."""
    require(request.user, "ownership.move")
    move = queries.get_move(request.user, pk)
    operations.require_may_move(move, by=request.user)
    form = UndoForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say why."))
        return redirect("ownership:detail", pk)
    reason = form.cleaned_data["reason"]
    try:
        back = operations.undo_move(move=move, by=request.user, at=timezone.now(), reason=reason)
    except UnableToDecide as refusal:
        messages.error(request, str(refusal))
        return redirect("ownership:detail", pk)
    tell(request, back)
    return redirect("ownership:detail", back.pk)
