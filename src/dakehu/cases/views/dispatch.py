"""The dispatch board: engineers' days, what waits, whom to send (R5, R6)."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dakehu.cases import operations
from dakehu.cases.errors import UnableToKeepCase
from dakehu.cases.forms.orders import SendForm
from dakehu.cases.pages import board as pages
from dakehu.cases.policies import DISPATCH
from dakehu.cases.queries.engineers import engineers_for
from dakehu.cases.queries.orders import get_order
from dakehu.cases.views.field import day_in
from dakehu.people.policies import require
from dakehu.ui.forms import sent
from dakehu.ui.lists.addresses import whole_number
from dakehu.ui.responses import back, render_page

UNPROCESSABLE = 422


@require_GET
def board(request: HttpRequest) -> HttpResponse:
    """The board of a day."""
    require(request.user, DISPATCH)
    return shown(request)


def shown(request: HttpRequest, *, trouble: str = "") -> HttpResponse:
    """Show the board, with what went wrong if something did."""
    page = pages.board_of(request.user, day_in(request), at=timezone.now(), trouble=trouble)
    status = UNPROCESSABLE if trouble else 200
    context = {"page": page}
    return render_page(request, "cases/board.html", "cases/_board.html", context, status=status)


@require_POST
def board_drop(request: HttpRequest) -> HttpResponse:
    """Assign an order that was dropped on an engineer's day."""
    require(request.user, DISPATCH)
    order = get_order(request.user, whole_number(request.POST.get("order", "")) or 0)
    key = whole_number(request.POST.get("engineer", "")) or 0
    engineer = engineers_for(request.user, order).filter(pk=key).first()
    if engineer is None:
        return shown(request, trouble=_("You cannot send this person."))
    version = whole_number(request.POST.get("version", "")) or order.version
    trouble = trouble_with(request, order, engineer, version=version)
    if not trouble:
        words = _("%(number)s goes to %(engineer)s.")
        messages.success(request, words % {"number": order.number, "engineer": engineer})
    return shown(request, trouble=trouble)


def trouble_with(request: HttpRequest, order: Any, engineer: Any, *, version: int) -> str:
    """Assign an order; return in words why that is refused, nothing if it is done."""
    try:
        operations.assign_order(
            order=order, version=version, engineer=engineer, by=request.user, at=timezone.now()
        )
    except UnableToKeepCase as refusal:
        return str(refusal)
    return ""


@require_http_methods(["GET", "POST"])
def order_assign(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose whom to send, the proposal first; what the keyboard does instead of dragging."""
    require(request.user, DISPATCH)
    order = get_order(request.user, pk)
    choice = pages.choice_for(request.user, order, at=timezone.now())
    people = [each.person for each in choice.candidates]
    begun = {"version": order.version, "engineer": choice.proposed}
    form = SendForm(sent(request), people=people, initial=begun)
    if form.is_bound and form.is_valid():
        trouble = trouble_with(request, order, form.chosen, version=form.known_version)
        if not trouble:
            words = _("%(number)s goes to %(engineer)s.")
            facts = {"number": order.number, "engineer": form.chosen}
            messages.success(request, words % facts)
            return back(request, "cases:order", pk)
        form.add_error(None, trouble)
    status = UNPROCESSABLE if form.errors else 200
    context = {"choice": choice, "form": form, "picked": picked(form)}
    page, part = "cases/order_assign.html", "cases/_order_assign.html"
    return render_page(request, page, part, context, status=status)


def picked(form: SendForm) -> int:
    """Return who is ticked in the form as it stands."""
    return whole_number(str(form["engineer"].value() or "")) or 0
