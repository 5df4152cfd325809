"""One opportunity: its passport, and what is done with it."""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dakehu.audit.errors import EditedMeanwhile
from dakehu.opportunities import operations, queries
from dakehu.opportunities.errors import UnableToKeepOpportunity
from dakehu.opportunities.forms.acting import (
    CompanionsForm,
    LossForm,
    NoteForm,
    ReturnForm,
    WhyForm,
)
from dakehu.opportunities.forms.intake import CompletingForm
from dakehu.opportunities.pages import passport as pages
from dakehu.opportunities.policies import ASSIGN, HANDLE, VIEW
from dakehu.people.policies import require
from dakehu.people.queries import staff_who_may
from dakehu.ui import conflicts, panels
from dakehu.ui.forms import sent
from dakehu.ui.responses import back, render_page

UNPROCESSABLE = 422


@require_GET
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One opportunity: where it stands, every hop, what can be done."""
    require(request.user, VIEW)
    return shown(request, queries.get_opportunity(request.user, pk), NoteForm())


def shown(request: HttpRequest, found: Any, form: NoteForm, *, status: int = 200) -> HttpResponse:
    """Show an opportunity with the box for a remark."""
    page = pages.passport_page(request.user, found, at=timezone.now())
    context = {
        "page": page,
        "form": form,
        "panels": panels.panels_for("opportunity", request.user),
    }
    return render(request, "opportunities/passport.html", context, status=status)


@require_POST
def note(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a remark to the passport."""
    require(request.user, VIEW)
    found = queries.get_opportunity(request.user, pk)
    form = NoteForm(request.POST)
    if form.is_valid():
        try:
            operations.add_note(
                opportunity=found,
                text=form.cleaned_data["text"],
                by=request.user,
                at=timezone.now(),
            )
        except UnableToKeepOpportunity as refusal:
            form.add_error("text", str(refusal))
        else:
            messages.success(request, _("Recorded."))
            return redirect("opportunities:detail", pk)
    return shown(request, found, form, status=UNPROCESSABLE)


@require_POST
def claim(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an opportunity over; whoever comes late is told who has it."""
    require(request.user, HANDLE)
    found = queries.get_opportunity(request.user, pk)
    try:
        operations.claim(opportunity=found, by=request.user, at=timezone.now())
    except UnableToKeepOpportunity as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The opportunity is yours."))
    return back(request, "opportunities:detail", pk)


class Sheet:
    """
    A form about an opportunity: its title, what is said after, what to know, its button.

    ``goal`` names the address to go on to, from what the act returned; without it the passport.
    The button says what it does; unless it is named, that is to save.
    ``links`` are other beginnings of the same form, each with its words.
    """

    def __init__(
        self,
        title: str,
        done: str,
        about: str = "",
        goal: Callable[[Any], Any] | None = None,
        *,
        button: str = "",
        links: Sequence[tuple[str, str]] = (),
    ) -> None:
        self.title, self.done, self.about, self.goal = title, done, about, goal
        self.button = button or _("Save")
        self.links = links


def act_with(
    request: HttpRequest, found: Any, form: Any, *, sheet: Sheet, act: Callable[[], Any]
) -> HttpResponse:
    """Ask what an act needs, in the drawer or as a page; do it once that is answered."""
    if form.is_bound and form.is_valid():
        try:
            made = act()
        except UnableToKeepOpportunity as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        except EditedMeanwhile as clash:
            return conflicts.show(request, form, clash)
        else:
            messages.success(request, sheet.done)
            goal = sheet.goal(made) if sheet.goal else ("opportunities:detail", found.pk)
            return back(request, *goal)
    context = {"opportunity": found, "form": form, "sheet": sheet}
    status = UNPROCESSABLE if form.errors else 200
    page, part = "opportunities/sheet.html", "opportunities/_sheet.html"
    return render_page(request, page, part, context, status=status)


@require_http_methods(["GET", "POST"])
def give_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Give an opportunity back to the operations center."""
    require(request.user, HANDLE)
    found = queries.get_opportunity(request.user, pk)
    form = ReturnForm(sent(request))
    about = _("The operations center decides who gets it. Your reason stands in the passport.")
    return act_with(
        request,
        found,
        form,
        sheet=Sheet(
            _("Give back"), _("Given back to the operations center."), about, button=_("Give back")
        ),
        act=lambda: operations.give_back(
            opportunity=found,
            reason=form.cleaned_data["reason"],
            text=form.cleaned_data["text"],
            by=request.user,
            at=timezone.now(),
        ),
    )


@require_http_methods(["GET", "POST"])
def give_up(request: HttpRequest, pk: int) -> HttpResponse:
    """Close an opportunity of which nothing comes."""
    require(request.user, HANDLE)
    found = queries.get_opportunity(request.user, pk)
    form = LossForm(sent(request))
    about = _("It cannot be opened again; if the customer comes back, take a new one in.")
    return act_with(
        request,
        found,
        form,
        sheet=Sheet(_("Nothing comes of it"), _("Closed."), about, button=_("Close it")),
        act=lambda: operations.give_up(
            opportunity=found,
            loss=form.cleaned_data["loss"],
            text=form.cleaned_data["text"],
            by=request.user,
            at=timezone.now(),
        ),
    )


@require_http_methods(["GET", "POST"])
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw an offer."""
    require(request.user, ASSIGN)
    found = queries.get_opportunity(request.user, pk)
    form = WhyForm(sent(request))
    return act_with(
        request,
        found,
        form,
        sheet=Sheet(
            _("Withdraw the offer"),
            _("It waits at the operations center."),
            button=_("Withdraw the offer"),
        ),
        act=lambda: operations.take_back(
            opportunity=found,
            reason=form.cleaned_data["text"],
            by=request.user,
            at=timezone.now(),
        ),
    )


@require_http_methods(["GET", "POST"])
def elements(request: HttpRequest, pk: int) -> HttpResponse:
    """Complete the six elements."""
    require(request.user, HANDLE)
    found = queries.get_editable(request.user, pk)
    form = CompletingForm(sent(request), opportunity=found)
    return act_with(
        request,
        found,
        form,
        sheet=Sheet(_("Complete the elements"), _("Kept.")),
        act=lambda: operations.complete_elements(
            opportunity=found,
            elements=form.elements,
            version=form.known_version,
            by=request.user,
            at=timezone.now(),
        ),
    )


@require_http_methods(["GET", "POST"])
def companions(request: HttpRequest, pk: int) -> HttpResponse:
    """Say who watches and who helps."""
    require(request.user, ASSIGN)
    found = queries.get_opportunity(request.user, pk)
    form = CompanionsForm(
        sent(request),
        people=staff_who_may(HANDLE).order_by("name", "pk"),
        initial={"version": found.version, "watcher": found.watcher_id, "helper": found.helper_id},
    )
    return act_with(
        request,
        found,
        form,
        sheet=Sheet(_("Who watches and helps"), _("Kept.")),
        act=lambda: operations.set_companions(
            opportunity=found,
            watcher=form.cleaned_data["watcher"],
            helper=form.cleaned_data["helper"],
            version=form.known_version,
            by=request.user,
            at=timezone.now(),
        ),
    )
