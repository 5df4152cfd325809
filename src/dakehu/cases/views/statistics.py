"""Figures of requests: by period, kind, product and unit; complaints per thousand (K2)."""

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from dakehu.cases.forms.statistics import StatisticsForm
from dakehu.cases.pages.statistics import statistics_book, statistics_page
from dakehu.cases.policies import EXPORT, VIEW
from dakehu.common.events import announce
from dakehu.people.policies import require
from dakehu.ui.events import RowsExported
from dakehu.ui.lists import exports


@require_GET
def statistics(request: HttpRequest) -> HttpResponse:
    """Figures of the requests within reach."""
    require(request.user, VIEW)
    form = StatisticsForm(request.GET, actor=request.user)
    asked = form.asked(today=timezone.localdate())
    page = statistics_page(request.user, asked)
    shown = {
        "first": asked.first, "last": asked.last, "step": request.GET.get("step", ""),
        "kind": asked.kind, "product": asked.product, "unit": asked.unit,
    }  # fmt: skip
    form = StatisticsForm(initial=shown, actor=request.user)
    return render(request, "cases/statistics.html", {"page": page, "form": form})


@require_GET
def statistics_export(request: HttpRequest) -> HttpResponseBase:
    """The same figures as a workbook; no line of it speaks of a customer."""
    require(request.user, EXPORT)
    now = timezone.now()
    form = StatisticsForm(request.GET, actor=request.user)
    asked = form.asked(today=timezone.localdate(now))
    page = statistics_page(request.user, asked)
    head = exports.Head(
        title=_("Statistics of requests"),
        viewer=f"{request.user.name} ({request.user.unit})",
        at=now,
        filters=f"{asked.first} – {asked.last}",
    )
    columns, lines = statistics_book(page)
    workbook, count = exports.workbook_of(head, columns, lines)
    announce(RowsExported(request.user, "cases:statistics", count, {}, now))
    name = f"{head.title}-{timezone.localtime(now):%Y%m%d-%H%M}.xlsx"
    return FileResponse(workbook, as_attachment=True, filename=name)
