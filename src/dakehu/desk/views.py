"""Screens of the desk: workbench, customer, timeline, search."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from dakehu.alerts.queries import alerts_open_to
from dakehu.common.events import announce
from dakehu.customers.queries import get_customer, merger_of
from dakehu.desk.filters import ReturnVisitFilter
from dakehu.desk.pages import customer as customers
from dakehu.desk.pages import managers as managing
from dakehu.desk.pages import past, reasons, supervision, usage, workbench
from dakehu.desk.pages import search as searching
from dakehu.desk.pages import timeline as timelines
from dakehu.desk.pages.return_visits import coverage_page
from dakehu.desk.queries import PERIODS
from dakehu.desk.tables import ReturnVisitTable
from dakehu.people.policies import may, require
from dakehu.tiering.policies import VIEW
from dakehu.tiering.queries import cohorts as cohort_queries
from dakehu.ui import lists
from dakehu.ui.events import RecordOpened, RecordsSearched
from dakehu.worklist.events import TodosLookedAt

MEMBERS = lists.ListScreen(
    name="desk:cohort_members",
    title=gettext_lazy("Return visits to the members of a cohort"),
    permission=VIEW,
    rows=cohort_queries.stays_visible_to,
    table=ReturnVisitTable,
    filterset=ReturnVisitFilter,
    sorts={"number": ("customer__number",), "since": ("active_from",)},
    default_sort="number",
    icon="phone-outgoing",
    help_text=gettext_lazy(
        "Spoken to about an alert, met at a return visit, or reached after a request was closed; "
        "leavers stay among the members."
    ),
    empty_title=gettext_lazy("No such members"),
    empty_text=gettext_lazy("Open the list from a cohort, or ask for less."),
    row_url=lambda row: reverse("desk:customer", args=[row.customer_id]),
    export_permission="customers.export",
    personal=True,
)


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """The workbench: a manager's, a supervisor's or analyst's, or the search of a counter."""
    require(request.user, "desk.view")
    announce(TodosLookedAt(timezone.now()))
    if may(request.user, "exchange.view") or may(request.user, "alerts.assign"):
        bench = supervision.supervisor_bench(request.user, at=timezone.now())
        return render(request, "desk/home_supervisor.html", {"bench": bench})
    if may(request.user, "alerts.handle"):
        manager = workbench.manager_bench(request.user, at=timezone.now())
        return render(request, "desk/home_manager.html", {"bench": manager})
    return render(request, "desk/home_counter.html", {})


@require_GET
def trends(request: HttpRequest) -> HttpResponse:
    """The charts of a supervisor's workbench, fetched after the page."""
    require(request.user, "alerts.view")
    return render(request, "desk/_trends.html", {"trends": supervision.trends(request.user)})


@require_GET
def managers(request: HttpRequest) -> HttpResponse:
    """What every manager has and does, side by side."""
    require(request.user, "ownership.view")
    page = managing.managers_page(request.user, request.GET, on=timezone.localdate())
    return render(request, "desk/managers.html", {"page": page})


@require_GET
def customer(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything about one customer."""
    require(request.user, "customers.view")
    if merger := merger_of(request.user, pk):
        messages.info(request, customers.merged_words(merger))
        return redirect("desk:customer", merger.gone.merged_into_id)
    found = get_customer(request.user, pk)
    announce(RecordOpened(actor=request.user, subject=found, at=timezone.now()))
    page = customers.customer_page(request.user, found)
    return render(request, "desk/customer.html", {"page": page})


@require_GET
def customer_past(request: HttpRequest, pk: int) -> HttpResponse:
    """A customer as it was on an earlier day, beside what it is today."""
    require(request.user, "customers.view")
    found, at = get_customer(request.user, pk), timezone.now()
    today, typed = timezone.localdate(at), request.GET.get("on", "")
    day = past.day_asked(typed, today=today) if typed else past.month_ago(at)
    announce(RecordOpened(actor=request.user, subject=found, at=at))
    page = past.past_page(found, on=day or today, today=today)
    context = {"page": page, "is_wrong": day is None}
    return render(request, "desk/customer_past.html", context)


@require_GET
def customer_alerts(request: HttpRequest, pk: int) -> HttpResponse:
    """The alerts of a customer that hold, with the course of their facts."""
    require(request.user, "alerts.view")
    alerts = customers.active_alerts(request.user, get_customer(request.user, pk))
    return render(request, "desk/_customer_alerts.html", {"alerts": alerts})


@require_GET
def customer_usage(request: HttpRequest, pk: int) -> HttpResponse:
    """What a customer used, day by day."""
    require(request.user, "customers.view")
    panel = usage.usage_panel(request.user, get_customer(request.user, pk))
    return render(request, "desk/_customer_usage.html", {"panel": panel, "pk": pk})


@require_GET
def customer_timeline(request: HttpRequest, pk: int) -> HttpResponse:
    """What happened with a customer, newest first."""
    require(request.user, "customers.view")
    line = timelines.timeline(
        request.user,
        get_customer(request.user, pk),
        kind=request.GET.get("kind", ""),
        after=timelines.Place.read(request.GET.get("after", "")),
    )
    template = "desk/_timeline_more.html" if "after" in request.GET else "desk/_timeline.html"
    return render(request, template, {"line": line, "pk": pk})


@require_GET
def alert_facts(request: HttpRequest, pk: int) -> HttpResponse:
    """The course of the facts behind an alert."""
    require(request.user, "alerts.view")
    alert = get_object_or_404(alerts_open_to(request.user), pk=pk)
    return render(request, "desk/_alert_facts.html", {"panel": usage.facts_panel(alert), "pk": pk})


@require_GET
def alert_reasons(request: HttpRequest, pk: int) -> HttpResponse:
    """Why an alert was raised; of a suspension that is near, whether credit stands against it."""
    require(request.user, "alerts.view")
    alert = get_object_or_404(alerts_open_to(request.user), pk=pk)
    on = timezone.localdate()
    context = {
        "reasons": reasons.alert_reasons(alert),
        "credit": reasons.credit_before_suspension(alert, on=on),
        "is_spared": reasons.spared_by_grant(alert, on=on),
    }
    return render(request, "desk/_alert_reasons.html", context)


@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """Whatever a search finds; one hit without doubt is opened at once."""
    require(request.user, "customers.view")
    page = searching.search_page(
        request.user, request.GET.get("q", ""), on=timezone.localdate(), limit=searching.SHOWN
    )
    keep_search(request, page)
    if page.only:
        return redirect(page.only)
    return render(request, "desk/search.html", {"page": page, "search_typed": page.typed})


@require_GET
def search_suggestions(request: HttpRequest) -> HttpResponse:
    """The first hits of each kind, while somebody is still typing."""
    require(request.user, "customers.view")
    page = searching.search_page(
        request.user, request.GET.get("q", ""), on=timezone.localdate(), limit=searching.SUGGESTED
    )
    keep_search(request, page)
    return render(request, "desk/_search_suggestions.html", {"page": page})


def searched(request: HttpRequest, *, limit: int) -> searching.SearchPage:
    """Return what was found of what was typed."""
    typed, today = request.GET.get("q", ""), timezone.localdate()
    return searching.search_page(request.user, typed, on=today, limit=limit)


def keep_search(request: HttpRequest, page: searching.SearchPage) -> None:
    """Tell that somebody searched, and how much they were shown."""
    if page.typed and not page.is_too_short:
        event = RecordsSearched(
            actor=request.user, typed=page.typed, count=page.count, at=timezone.now()
        )
        announce(event)


@require_GET
def cohort_members(request: HttpRequest) -> HttpResponseBase:
    """Members of a cohort whom somebody returned to in a period, or not yet."""
    return lists.show(request, MEMBERS)


@require_GET
def cohort_coverage(request: HttpRequest, pk: int) -> HttpResponse:
    """How many members of a cohort were returned to in a period, on the cohort's page."""
    require(request.user, VIEW)
    cohort = cohort_queries.get_cohort(request.user, pk)
    asked = request.GET.get("period", "")
    period = asked if asked in PERIODS else "quarter"
    page = coverage_page(request.user, cohort, period=period, on=timezone.localdate())
    return render(request, "desk/_cohort_coverage.html", {"page": page, "pk": pk})
