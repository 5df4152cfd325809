"""Screens of evaluations on demand: asking for one, how far it is, all of them (T19)."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from dakehu.people.policies import require
from dakehu.tiering.errors import UnableToEvaluate
from dakehu.tiering.filters.runs import RunFilter
from dakehu.tiering.forms.levels import EvaluateForm
from dakehu.tiering.jobs import evaluations as jobs
from dakehu.tiering.pages.runs import run_page
from dakehu.tiering.policies import RULES, VIEW
from dakehu.tiering.queries import runs as queries
from dakehu.tiering.queries.schemes import get_scheme
from dakehu.tiering.tables.runs import RunTable
from dakehu.ui import lists
from dakehu.ui.responses import render_page

RUNS = lists.ListScreen(
    name="tiering:runs",
    title=gettext_lazy("Evaluations on demand"),
    permission=VIEW,
    rows=queries.runs_known,
    table=RunTable,
    filterset=RunFilter,
    sorts={"asked": ("asked_at",)},
    default_sort="-asked",
    icon="player-play",
    help_text=gettext_lazy(
        "Evaluations that somebody asked for beside the monthly ones, and what they changed."
    ),
    empty_title=gettext_lazy("Nobody asked for an evaluation yet"),
    empty_text=gettext_lazy("Schemes are evaluated every month by the night; ask on their pages."),
    row_url=lambda row: reverse("tiering:run", args=[row.pk]),
)


@require_GET
def run_list(request: HttpRequest) -> HttpResponseBase:
    """Evaluations that were asked for."""
    return lists.show(request, RUNS)


@require_POST
def scheme_evaluate(request: HttpRequest, code: str) -> HttpResponse:
    """Ask for a scheme to be evaluated as of a data day, the newest unless another is named."""
    require(request.user, RULES)
    form = EvaluateForm(request.POST)
    day = form.cleaned_data["day"] if form.is_valid() else None
    try:
        run = jobs.ask(scheme=get_scheme(code), day=day, by=request.user, at=timezone.now())
    except UnableToEvaluate as refusal:
        messages.error(request, str(refusal))
        return redirect("tiering:scheme", code)
    return redirect("tiering:run", run.pk)


@require_GET
def run_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One evaluation that was asked for: how far it is, or what it changed."""
    require(request.user, VIEW)
    page = run_page(queries.get_run(request.user, pk))
    return render_page(request, "tiering/run.html", "tiering/_run_body.html", {"page": page})
