"""Lists: what is owed, who lacks what, what is provided, trials; the board; the panel."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from dakehu.catalogue.queries.concerned import standards_touched, version_numbered
from dakehu.obligations.filters import (
    MissingFilter,
    ObligationFilter,
    ProvisionFilter,
    TrialFilter,
)
from dakehu.obligations.pages.boards import board_page, owed_page
from dakehu.obligations.pages.launches import launch_lines
from dakehu.obligations.policies import APPROVE, EDIT, EXPORT, VIEW
from dakehu.obligations.queries import boards
from dakehu.obligations.tables import (
    MissingTable,
    ObligationTable,
    ProvisionTable,
    TrialTable,
)
from dakehu.people.policies import may, require
from dakehu.ui import lists

OBLIGATIONS = lists.ListScreen(
    name="obligations:list",
    title=gettext_lazy("What is owed"),
    permission=VIEW,
    rows=boards.obligations_for,
    table=ObligationTable,
    filterset=ObligationFilter,
    sorts={"next_on": ("next_on",), "number": ("customer__number",)},
    default_sort="next_on",
    icon="calendar-repeat",
    help_text=gettext_lazy(
        "Visits, demonstrations, trainings, reports: how often each is owed in a period, and "
        "how far it is. Only evidence counts."
    ),
    empty_title=gettext_lazy("Nothing is owed"),
    empty_text=gettext_lazy("The night opens what the catalogue promises to customers."),
    row_url=lambda row: reverse("obligations:detail", args=[row.pk]),
    row_drawer=True,
    actions=(
        lists.Action(gettext_lazy("By month"), "calendar-month", "obligations:calendar", VIEW),
    ),
    export_permission=EXPORT,
    personal=True,
)
PROVISIONS = lists.ListScreen(
    name="obligations:provisions",
    title=gettext_lazy("Provided services"),
    permission=VIEW,
    rows=boards.provisions_for,
    table=ProvisionTable,
    filterset=ProvisionFilter,
    sorts={"number": ("customer__number",), "starts": ("starts_on",)},
    default_sort="number",
    icon="user-shield",
    help_text=gettext_lazy("Who is provided with what, and since when; what ended stays here."),
    empty_title=gettext_lazy("Nothing provided yet"),
    empty_text=gettext_lazy("Begin with those whom the coverage board misses."),
    row_url=lambda row: reverse("obligations:provision", args=[row.pk]),
    row_drawer=True,
    export_permission=EXPORT,
    personal=True,
)
TRIALS = lists.ListScreen(
    name="obligations:trials",
    title=gettext_lazy("Trials of new products"),
    permission=VIEW,
    rows=boards.trials_for,
    table=TrialTable,
    filterset=TrialFilter,
    sorts={"ends": ("ends_on",), "number": ("customer__number",)},
    default_sort="ends",
    icon="flask-2",
    help_text=gettext_lazy(
        "No trial lasts longer than the catalogue allows at the customer's level. At its end "
        "the manager is asked what came of it."
    ),
    empty_title=gettext_lazy("No trial"),
    empty_text=gettext_lazy("A trial is entered on the customer's page."),
    row_url=lambda row: reverse("obligations:trial", args=[row.pk]),
    row_drawer=True,
    export_permission=EXPORT,
    personal=True,
)


def nobody(actor: Any) -> Any:
    """Return no standing; the filter takes those that its target asks for."""
    return boards.nobody_missing()


MISSING = lists.ListScreen(
    name="obligations:missing",
    title=gettext_lazy("Who is missing"),
    permission=VIEW,
    rows=nobody,
    table=MissingTable,
    filterset=MissingFilter,
    sorts={"number": ("customer__number",), "level": ("level__rank",)},
    default_sort="number",
    icon="user-question",
    help_text=gettext_lazy("Customers of a coverage target who do not have the service today."),
    empty_title=gettext_lazy("Nobody is missing"),
    empty_text=gettext_lazy("Choose a target, or ask for less."),
    row_url=lambda row: reverse("desk:customer", args=[row.customer_id]),
    export_permission=EXPORT,
    personal=True,
)


@require_GET
def obligation_list(request: HttpRequest) -> HttpResponseBase:
    """What is owed to whom."""
    return lists.show(request, OBLIGATIONS)


@require_GET
def provision_list(request: HttpRequest) -> HttpResponseBase:
    """Who is provided with what."""
    return lists.show(request, PROVISIONS)


@require_GET
def trial_list(request: HttpRequest) -> HttpResponseBase:
    """Trials of new products."""
    return lists.show(request, TRIALS)


@require_GET
def missing_list(request: HttpRequest) -> HttpResponseBase:
    """Who lacks what a target asks for."""
    return lists.show(request, MISSING)


@require_GET
def board(request: HttpRequest) -> HttpResponse:
    """How far shares are reached, and what will be missed at this pace."""
    require(request.user, VIEW)
    asked = request.GET.get("by", "")
    by = asked if asked in boards.GROUPS else "unit"
    page = board_page(request.user, by, on=timezone.localdate())
    return render(request, "obligations/board.html", {"page": page})


@require_GET
def launch_list(request: HttpRequest) -> HttpResponse:
    """Launches, and whether channels know and are trained."""
    require(request.user, VIEW)
    lines = launch_lines(request.user, on=timezone.localdate())
    context = {"lines": lines, "may_edit": may(request.user, EDIT)}
    return render(request, "obligations/launch_list.html", context)


@require_GET
def customer_panel(request: HttpRequest, customer_id: int) -> HttpResponse:
    """What a customer is owed and provided with, on the customer's page."""
    require(request.user, VIEW)
    page = owed_page(request.user, customer_id, on=timezone.localdate())
    context = {
        "page": page,
        "may_edit": may(request.user, EDIT),
        "may_waive": may(request.user, APPROVE),
    }
    return render(request, "obligations/_customer_panel.html", context)


@require_GET
def standard_panel(request: HttpRequest, pk: int) -> HttpResponse:
    """What is owed by the standards that a version of a service changes or takes away."""
    require(request.user, VIEW)
    version = version_numbered(pk)
    touched = standards_touched(version, "frequency", on=timezone.localdate())
    owed = boards.owed_by_source(request.user, version.service.code)
    counts = {source: count for source, (count, _left) in owed.items()}
    left = {source: times for source, (_count, times) in owed.items()}
    rows = [(each, each.count_in(counts), each.count_in(left)) for each in touched]
    context = {"rows": rows, "count": sum(row[1] for row in rows)}
    return render(request, "obligations/_standard_panel.html", context)
