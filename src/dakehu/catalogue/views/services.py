"""The catalogue, one service with its versions, what publishing would cost, the export."""

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from dakehu.catalogue.choices import Family
from dakehu.catalogue.forms import ProposeForm
from dakehu.catalogue.pages.books import catalogue_book
from dakehu.catalogue.pages.customers import entitlement_rows
from dakehu.catalogue.pages.loads import load_page
from dakehu.catalogue.pages.services import catalogue_page, service_page
from dakehu.catalogue.policies import EXPORT, RULES, VIEW
from dakehu.catalogue.queries.concerned import standards_touched, version_numbered
from dakehu.catalogue.queries.services import (
    get_service,
    get_version,
    services_to_come,
    version_in_force,
)
from dakehu.clocks.queries import open_by_source
from dakehu.common.events import announce
from dakehu.people.policies import may, require
from dakehu.ui import panels
from dakehu.ui.events import RowsExported
from dakehu.ui.lists import exports
from dakehu.ui.responses import render_page


@require_GET
def service_list(request: HttpRequest) -> HttpResponse:
    """Who is promised what: services by the levels of a scheme."""
    require(request.user, VIEW)
    asked = request.GET
    page = catalogue_page(
        asked.get("scheme", ""),
        asked.get("family", ""),
        asked.get("q", "").strip()[:60],
        on=timezone.localdate(),
    )
    context = {
        "page": page,
        "families": Family.choices,
        "family": asked.get("family", ""),
        "may_export": may(request.user, EXPORT),
        "may_change": may(request.user, RULES),
        "coming": services_to_come(on=timezone.localdate()),
    }
    return render_page(request, "catalogue/service_list.html", "catalogue/_table.html", context)


@require_GET
def service_detail(request: HttpRequest, code: str, number: int | None = None) -> HttpResponse:
    """One service in the version in force, or in the one named."""
    require(request.user, VIEW)
    today = timezone.localdate()
    page = service_page(request.user, get_service(code), number, on=today)
    context = {
        "page": page,
        "form": ProposeForm(initial={"active_from": today}),
        "may_change": may(request.user, RULES),
        "is_mine": page.version.proposed_by_id == request.user.pk,
        "panels": panels.panels_for("standard", request.user) if page.is_to_come else (),
        "is_working": any(each.place in {"DRAFT", "PROPOSED"} for each in page.versions),
    }
    return render(request, "catalogue/service_detail.html", context)


@require_GET
def version_load(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """What a version would cost beside the one in force."""
    require(request.user, VIEW)
    service, today = get_service(code), timezone.localdate()
    in_force = version_in_force(service, on=today)
    page = load_page(request.user, in_force, get_version(service, number), on=today)
    return render(request, "catalogue/_load.html", {"page": page})


@require_GET
def clocks_panel(request: HttpRequest, pk: int) -> HttpResponse:
    """Which open clocks run by the standards that a version changes or takes away."""
    require(request.user, VIEW)
    version = version_numbered(pk)
    touched = standards_touched(version, "times", on=timezone.localdate())
    counts = open_by_source(request.user, version.service.code)
    rows = [(each, each.count_in(counts)) for each in touched]
    context = {"rows": rows, "count": sum(count for _each, count in rows)}
    return render(request, "catalogue/_clocks_panel.html", context)


@require_GET
def service_export(request: HttpRequest) -> HttpResponseBase:
    """All standards in force as a workbook."""
    require(request.user, EXPORT)
    now = timezone.now()
    book = catalogue_book(on=timezone.localdate(now))
    head = exports.Head(
        title=_("Service catalogue"),
        viewer=f"{request.user.name} ({request.user.unit})",
        at=now,
        filters="",
    )
    workbook, count = exports.workbook_of(head, book.columns, book.lines)
    announce(RowsExported(request.user, "catalogue:services", count, {}, now))
    name = f"{head.title}-{timezone.localtime(now):%Y%m%d-%H%M}.xlsx"
    return FileResponse(workbook, as_attachment=True, filename=name)


@require_GET
def customer_panel(request: HttpRequest, customer_id: int) -> HttpResponse:
    """What a customer is entitled to, on the customer's page."""
    require(request.user, VIEW)
    rows = entitlement_rows(request.user, customer_id, on=timezone.localdate())
    return render(request, "catalogue/_customer_panel.html", {"rows": rows})
