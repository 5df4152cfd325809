"""Screens of the exchange: who delivered, what became of it, and the runs (F5, F6, F7)."""

import json
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from dakehu.common.events import announce
from dakehu.exchange import pages
from dakehu.exchange.errors import UnableToTrainModel
from dakehu.exchange.filters import DeliveryFilter, RunFilter
from dakehu.exchange.forms import TrainingForm
from dakehu.exchange.jobs import learning
from dakehu.exchange.operations import work
from dakehu.exchange.queries import screens
from dakehu.exchange.tables import DeliveryTable, RejectedTable, RunTable
from dakehu.people.policies import may, require
from dakehu.ranking.errors import UnableToTrain
from dakehu.ranking.operations import TrainingWish
from dakehu.ui import lists
from dakehu.ui.events import RowsExported
from dakehu.ui.lists import exports
from dakehu.ui.responses import back, render_page

TRAIN = "ranking.manage"


def delivery_url(delivery: Any) -> str:
    """Return the address of a delivery's page."""
    return reverse("exchange:delivery", args=[delivery.pk])


def run_url(run: Any) -> str:
    """Return the address of a run's page."""
    return reverse("exchange:run", args=[run.pk])


DELIVERIES = lists.ListScreen(
    name="exchange:delivery_list",
    title=_("Deliveries"),
    permission="exchange.view",
    rows=screens.deliveries_visible_to,
    table=DeliveryTable,
    filterset=DeliveryFilter,
    sorts={"day": ("day", "city_code"), "taken_at": ("taken_at",), "rejected": ("rejected",)},
    default_sort="-day",
    icon="package-import",
    help_text=_("What the cities sent, and the verdict on it."),
    empty_title=_("No deliveries"),
    empty_text=_("The nightly run takes what lies in the inbox."),
    row_url=delivery_url,
    export_permission="exchange.export",
)
RUNS = lists.ListScreen(
    name="exchange:run_list",
    title=_("Runs"),
    permission="exchange.view",
    rows=screens.runs_visible_to,
    table=RunTable,
    filterset=RunFilter,
    sorts={"started_at": ("started_at",), "last_day": ("last_day",)},
    default_sort="-started_at",
    icon="moon-stars",
    help_text=_("Nightly runs and loadings of history: when, by whom, how they ended."),
    empty_title=_("No runs yet"),
    empty_text=_("Start one with: dakehu nightly"),
    row_url=run_url,
    export_permission="exchange.export",
)


@require_GET
def monitor(request: HttpRequest) -> HttpResponse:
    """Who delivered what when, city by day."""
    require(request.user, "exchange.view")
    until = day_of(request.GET.get("until", ""))
    page = pages.monitor(request.user, until=until, today=timezone.localdate())
    return render_page(
        request, "exchange/monitor.html", "exchange/_monitor_map.html", {"page": page}
    )


def day_of(text: str) -> date | None:
    """Read a day out of an address; None if there is none, or no such day."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


@require_GET
def delivery_list(request: HttpRequest) -> HttpResponseBase:
    """The deliveries of the cities within the person's reach."""
    return lists.show(request, DELIVERIES)


@require_GET
def delivery(request: HttpRequest, pk: int) -> HttpResponse:
    """One delivery: files, verdicts, effects, figures."""
    require(request.user, "exchange.view")
    context = {
        "page": pages.delivery_page(request.user, pk),
        "may_export": may(request.user, "exchange.export"),
    }
    return render_page(request, "exchange/delivery.html", "exchange/_delivery_body.html", context)


@require_GET
def receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """The receipt of a delivery, as it was sent."""
    require(request.user, "exchange.view")
    name, content = pages.receipt_of(request.user, pk)
    return HttpResponse(
        json.dumps(content, ensure_ascii=False, indent=1),
        content_type="application/json; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@require_GET
def rejected(request: HttpRequest, pk: int, interface: str) -> FileResponse:
    """The rejected rows of one interface of a delivery, as a workbook; who took it is recorded."""
    require(request.user, "exchange.export")
    book = pages.rejected_book(request.user, pk, interface)
    at = timezone.now()
    table = RejectedTable(book.rows)
    columns = exports.exported_columns(table)
    head = exports.Head(book.title, f"{request.user.name} ({request.user.unit})", at, "")
    content, count = exports.workbook_of(head, columns, exports.lines_of(table, columns))
    chosen = {"delivery": str(pk), "interface": interface}
    announce(RowsExported(request.user, "exchange:rejected", count, chosen, at))
    return FileResponse(content, as_attachment=True, filename=f"{book.title}.xlsx")


@require_GET
def run_list(request: HttpRequest) -> HttpResponseBase:
    """The runs, newest first."""
    return lists.show(request, RUNS)


@require_GET
def run(request: HttpRequest, pk: int) -> HttpResponse:
    """One run: its steps, live while it runs, and what came of it."""
    require(request.user, "exchange.view")
    return render_page(
        request,
        "exchange/run.html",
        "exchange/_run_progress.html",
        {"page": pages.run_page(request.user, pk)},
    )


@require_GET
def background(request: HttpRequest) -> HttpResponse:
    """The background work: workers, what waits, what was given up."""
    require(request.user, "background.manage")
    page = pages.background_page(request.user, at=timezone.now())
    return render_page(
        request, "exchange/background.html", "exchange/_background_state.html", {"page": page}
    )


@require_POST
def background_retry(request: HttpRequest) -> HttpResponse:
    """Let given-up tasks be tried again."""
    require(request.user, "background.manage")
    try:
        numbers = [str(UUID(number)) for number in request.POST.getlist("task")]
    except ValueError as error:
        raise BadRequest("Tasks are named by their numbers.") from error
    count = work.try_again(task_ids=numbers, by=request.user, at=timezone.now())
    words = ngettext(
        "%(count)s task will be tried again.", "%(count)s tasks will be tried again.", count
    )
    messages.success(request, words % {"count": count})
    return back(request, "exchange:background")


@require_GET
def trainings(request: HttpRequest) -> HttpResponse:
    """The trainings that people asked for, and the form for another."""
    return show_trainings(request, TrainingForm(initial=pages.usual_days()))


@require_POST
def training_ask(request: HttpRequest) -> HttpResponse:
    """Let a worker train a model."""
    require(request.user, TRAIN)
    form = TrainingForm(request.POST)
    if not form.is_valid():
        return show_trainings(request, form, status=422)
    typed = form.cleaned_data
    try:
        learning.ask(TrainingWish(**typed), by=request.user, at=timezone.now())
    except (UnableToTrain, UnableToTrainModel) as refusal:
        form.add_error(None, str(refusal))
        return show_trainings(request, form, status=422)
    messages.success(request, _("Asked for. The model becomes a draft when it is trained."))
    return redirect("exchange:trainings")


def show_trainings(request: HttpRequest, form: TrainingForm, *, status: int = 200) -> HttpResponse:
    """Show the trainings."""
    context = {
        "page": pages.trainings_page(request.user),
        "form": form,
        "may_train": may(request.user, TRAIN),
    }
    templates = ("exchange/training_list.html", "exchange/_training_lines.html")
    return render_page(request, *templates, context, status=status)
