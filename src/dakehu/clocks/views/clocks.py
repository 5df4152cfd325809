"""Clocks: what runs out, a promise explained, and corrections on record."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from dakehu.clocks import operations, queries
from dakehu.clocks.errors import UnableToRun
from dakehu.clocks.filters import ClockFilter
from dakehu.clocks.forms import MoveStartForm, PauseForm, ReasonForm
from dakehu.clocks.pages.clocks import clock_page, move_lines
from dakehu.clocks.tables import ClockTable
from dakehu.people.policies import require
from dakehu.people.queries import get_unit
from dakehu.ui import lists
from dakehu.ui.forms import sent
from dakehu.ui.responses import back, render_page

UNPROCESSABLE = 422

CLOCKS = lists.ListScreen(
    name="clocks:list",
    title=gettext_lazy("Running out"),
    permission="clocks.view",
    rows=queries.clocks_listed,
    table=ClockTable,
    filterset=ClockFilter,
    sorts={"due": ("due_at",), "started": ("started_at",)},
    default_sort="due",
    icon="clock-hour-4",
    help_text=gettext_lazy(
        "Promised times within your reach, the next deadline first. "
        "A clock opens the page that explains its deadline day by day."
    ),
    empty_title=gettext_lazy("No clock"),
    empty_text=gettext_lazy("Clocks start with requests whose service promises a time."),
    row_url=lambda clock: reverse("clocks:clock", args=[clock.pk]),
)


@require_GET
def clock_list(request: HttpRequest) -> HttpResponseBase:
    """The clocks within reach; at first those that are open."""
    if not request.GET:
        return redirect(f"{reverse('clocks:list')}?face=open")
    return lists.show(request, CLOCKS)


@require_GET
def clock(request: HttpRequest, pk: int) -> HttpResponse:
    """A promise explained."""
    require(request.user, "clocks.view")
    found = queries.get_clock(request.user, pk)
    page = clock_page(request.user, found, at=timezone.now())
    return render_page(request, "clocks/clock.html", "clocks/_clock.html", {"page": page})


@require_GET
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """From the to-do of a notice to the thing that is worked on, or to its clock."""
    require(request.user, "clocks.view")
    return redirect("clocks:clock", queries.clock_of_notice(request.user, pk))


@require_http_methods(["GET", "POST"])
def start_move(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct when a promise began."""
    found = correctable(request, pk)
    form = MoveStartForm(sent(request), initial={"started_at": found.started_at})

    def act(entered: dict[str, Any]) -> None:
        operations.move_start(clock=found, **entered, by=request.user, at=timezone.now())

    return correct(request, found, form, _("Correct the start"), act)


@require_http_methods(["GET", "POST"])
def pause_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter a pause that nobody entered in its time."""
    found = correctable(request, pk)
    form = PauseForm(sent(request))
    form.fields["resumed_at"].required = True
    form.fields["resumed_at"].help_text = ""

    def act(entered: dict[str, Any]) -> None:
        operations.add_pause(clock=found, **entered, by=request.user, at=timezone.now())

    return correct(request, found, form, _("Enter a pause afterwards"), act)


@require_http_methods(["GET", "POST"])
def pause_correct(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """Correct from when until when a clock stood still."""
    found = correctable(request, pk)
    pause = queries.get_pause(found, row)
    times = {"paused_at": pause.paused_at, "resumed_at": pause.resumed_at}
    form = PauseForm(sent(request), initial=times)

    def act(entered: dict[str, Any]) -> None:
        operations.correct_pause(pause=pause, **entered, by=request.user, at=timezone.now())

    return correct(request, found, form, _("Correct the pause"), act)


@require_http_methods(["GET", "POST"])
def pause_remove(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """Take back a pause that never was."""
    found = correctable(request, pk)
    pause = queries.get_pause(found, row)

    def act(entered: dict[str, Any]) -> None:
        operations.remove_pause(pause=pause, **entered, by=request.user, at=timezone.now())

    return correct(request, found, ReasonForm(sent(request)), _("Take the pause back"), act)


@require_GET
def recount(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """Which deadlines a change of a calendar moved."""
    require(request.user, "clocks.view")
    unit = get_unit(request.user, pk)
    found, moves = queries.moves_within(request.user, unit, row)
    context = {"unit": unit, "recount": found, "lines": move_lines(moves)}
    return render_page(request, "clocks/recount.html", "clocks/_recount.html", context)


def correctable(request: HttpRequest, pk: int) -> Any:
    """Return a clock that the person may correct."""
    require(request.user, "clocks.correct")
    return queries.get_clock(request.user, pk)


def correct(
    request: HttpRequest,
    found: Any,
    form: forms.Form,
    title: str,
    act: Callable[[dict[str, Any]], None],
) -> HttpResponse:
    """Show the form of a correction, or carry it out and go back to the clock."""
    if form.is_bound and form.is_valid():
        try:
            act(form.cleaned_data)
        except UnableToRun as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Corrected; the deadline follows."))
            return back(request, "clocks:clock", found.pk)
    context = {"form": form, "clock": found, "title": title, "address": request.path}
    status = UNPROCESSABLE if form.is_bound else 200
    full, part = "clocks/clock_form.html", "clocks/_clock_form.html"
    return render_page(request, full, part, context, status=status)
