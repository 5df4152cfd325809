"""Screens of simulations: the list, asking for one, what it gave, whom it would move (T20)."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dakehu.common.events import announce
from dakehu.people.policies import require
from dakehu.tiering.errors import UnableToSimulate
from dakehu.tiering.filters.simulations import MoverFilter, SimulationFilter
from dakehu.tiering.forms.simulations import TryForm
from dakehu.tiering.jobs import simulations as jobs
from dakehu.tiering.operations import simulating
from dakehu.tiering.pages.loads import load_book
from dakehu.tiering.pages.simulations import simulation_page
from dakehu.tiering.queries import simulations as queries
from dakehu.tiering.queries.sources import newest_day
from dakehu.tiering.queries.tried import what_was_tried
from dakehu.tiering.queries.wording import name_of
from dakehu.tiering.tables.simulations import MoverTable, SimulationTable
from dakehu.ui import lists
from dakehu.ui.events import RowsExported
from dakehu.ui.lists import exports
from dakehu.ui.lists.addresses import whole_number
from dakehu.ui.responses import render_page

SIMULATE = "tiers.simulate"

SIMULATIONS = lists.ListScreen(
    name="tiering:simulation_list",
    title=gettext_lazy("Simulations of rules"),
    permission=SIMULATE,
    rows=queries.simulations_known,
    table=SimulationTable,
    filterset=SimulationFilter,
    sorts={"asked": ("asked_at",)},
    default_sort="-asked",
    icon="flask",
    help_text=gettext_lazy(
        "Rules of levels tried out on the customers of a day, beside the rules in force. Nobody's "
        "level changes."
    ),
    empty_title=gettext_lazy("Nothing was tried out yet"),
    empty_text=gettext_lazy("Choose rules and a day with “Try rules out”."),
    row_url=lambda row: reverse("tiering:simulation", args=[row.pk]),
    actions=(
        lists.Action(
            gettext_lazy("Try rules out"),
            "flask",
            "tiering:simulation_new",
            SIMULATE,
            primary=True,
        ),
    ),
)
MOVERS = lists.ListScreen(
    name="tiering:mover_list",
    title=gettext_lazy("Whom the rules would move"),
    permission=SIMULATE,
    rows=queries.simulated_moves,
    table=MoverTable,
    filterset=MoverFilter,
    sorts={"number": ("customer__number",), "level": ("level",)},
    default_sort="number",
    icon="arrows-up-down",
    help_text=gettext_lazy("As far as these customers are within your reach."),
    empty_title=gettext_lazy("Nobody would move"),
    empty_text=gettext_lazy("Open the list from a simulation, or ask for less."),
    row_url=lambda row: reverse("desk:customer", args=[row.customer_id]),
    export_permission="customers.export",
    personal=True,
)


@require_GET
def simulation_list(request: HttpRequest) -> HttpResponseBase:
    """What was tried out lately."""
    return lists.show(request, SIMULATIONS)


@require_GET
def mover_list(request: HttpRequest) -> HttpResponseBase:
    """Whom a simulation would move."""
    return lists.show(request, MOVERS)


@require_http_methods(["GET", "HEAD", "POST"])
def simulation_new(request: HttpRequest) -> HttpResponse:
    """Choose rules and a day; the address may name a version."""
    require(request.user, SIMULATE)
    newest = newest_day()
    if request.method == "POST":
        form = TryForm(request.POST, request.FILES, newest=newest)
        if form.is_valid() and (simulation := asked(request, form)):
            return redirect("tiering:simulation", simulation.pk)
    else:
        form = TryForm(newest=newest, initial={"version": whole_number(wanted_version(request))})
    context = {"form": form, "newest": newest}
    status = 422 if form.errors else 200
    return render(request, "tiering/simulation_new.html", context, status=status)


def wanted_version(request: HttpRequest) -> str:
    """Return the version that the address names."""
    return request.GET.get("version", "")


def asked(request: HttpRequest, form: TryForm) -> Any:
    """Ask for what the form says; a refusal is said on the form."""
    day = form.cleaned_data["day"]
    try:
        return jobs.ask(tried=form.tried, day=day, by=request.user, at=timezone.now())
    except UnableToSimulate as refusal:
        form.add_error("day", str(refusal))
        return None


@require_GET
def simulation_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One simulation: how far it is, or what it gave."""
    require(request.user, SIMULATE)
    simulation = queries.get_simulation(request.user, pk)
    page = simulation_page(request.user, simulation, basis=request.GET.get("basis", ""))
    context = {"page": page}
    return render_page(
        request, "tiering/simulation.html", "tiering/_simulation_body.html", context
    )


@require_GET
def simulation_load(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The load of the units and of all managers as a workbook."""
    require(request.user, SIMULATE)
    simulation, now = queries.get_simulation(request.user, pk), timezone.now()
    basis = request.GET.get("basis", "")
    book = load_book(request.user, simulation, basis=basis)
    head = exports.Head(
        title=_("Load of a simulation"),
        viewer=f"{request.user.name} ({request.user.unit})",
        at=now,
        filters=f"{name_of(simulation.scheme)} · {what_was_tried(simulation)}"
        f" · {simulation.day:%Y-%m-%d}",
    )
    workbook, count = exports.workbook_of(head, book.columns, book.lines)
    chosen = {"simulation": str(pk), "basis": basis}
    announce(RowsExported(request.user, "tiering:simulation_load", count, chosen, now))
    name = f"{head.title}-{timezone.localtime(now):%Y%m%d-%H%M}.xlsx"
    return FileResponse(workbook, as_attachment=True, filename=name)


@require_POST
def simulation_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Discard a simulation that one asked for."""
    require(request.user, SIMULATE)
    simulation = queries.get_own_simulation(request.user, pk)
    simulating.drop_simulation(simulation, by=request.user)
    messages.success(request, _("The simulation was discarded."))
    return redirect("tiering:simulation_list")
