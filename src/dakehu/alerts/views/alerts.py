"""Screens of alerts: list, alert, handling, hand-out, warnings, and the daily sheets."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from dakehu.alerts import operations, queries
from dakehu.alerts.choices import Outcome, Rule
from dakehu.alerts.errors import UnableToHandleAlert
from dakehu.alerts.filters import (
    NOT_ABNORMAL,
    AbnormalSheetFilter,
    AlertFilter,
    ReportFilter,
    VisitSheetFilter,
)
from dakehu.alerts.forms import HandlingForm
from dakehu.alerts.pages import alerts as pages
from dakehu.alerts.tables import AbnormalSheetTable, AlertTable, ReportTable, VisitSheetTable
from dakehu.people.policies import require
from dakehu.ui import lists
from dakehu.ui.lists.addresses import whole_number
from dakehu.ui.responses import back, render_page, safe_next, wants_fragment


def alert_url(alert: Any) -> str:
    """Return the address of an alert."""
    return reverse("alerts:detail", args=[alert.pk])


ALERTS = lists.ListScreen(
    name="alerts:list",
    title=gettext_lazy("Alerts"),
    permission="alerts.view",
    rows=queries.alerts_visible_to,
    table=AlertTable,
    filterset=AlertFilter,
    sorts={
        "opened": ("opened_day",),
        "last": ("last_day",),
        "follow_up": ("follow_up_date",),
        "rule": ("rule",),
    },
    default_sort="-opened",
    icon="alarm",
    help_text=gettext_lazy(
        "One alert stands for one episode: it is updated while the warning holds, and ends when "
        "it clears."
    ),
    empty_text=gettext_lazy("The night has found nothing to warn about."),
    row_url=alert_url,
    row_drawer=True,
    bulk=(
        lists.BulkAction(
            gettext_lazy("Hand out"),
            "alerts:assign",
            "alerts.assign",
            icon="user-share",
            drawer=True,
        ),
        lists.BulkAction(
            gettext_lazy("Record an outcome"),
            "alerts:settle",
            "alerts.handle",
            icon="checks",
            drawer=True,
        ),
    ),
    export_permission="alerts.export",
    is_live=True,
)


def abnormal_rows(actor: Any) -> Any:
    """Return the alerts that tell of something wrong."""
    return queries.alerts_visible_to(actor).exclude(rule__in=NOT_ABNORMAL)


ABNORMAL_SHEET = lists.ListScreen(
    name="alerts:abnormal_sheet",
    title=gettext_lazy("Abnormal-customer sheet"),
    permission="sheets.view",
    rows=abnormal_rows,
    table=AbnormalSheetTable,
    filterset=AbnormalSheetFilter,
    sorts={"rule": ("rule",), "opened": ("opened_day",)},
    default_sort="rule",
    icon="clipboard-heart",
    help_text=gettext_lazy("Customers for whom a warning held on a data day; birthdays aside."),
    empty_text=gettext_lazy("On this day no warning held."),
    row_url=alert_url,
    row_drawer=True,
    export_permission="sheets.export",
)
VISIT_SHEET = lists.ListScreen(
    name="alerts:visit_sheet",
    title=gettext_lazy("Return-visit sheet"),
    permission="sheets.view",
    rows=queries.handlings_visible_to,
    table=VisitSheetTable,
    filterset=VisitSheetFilter,
    sorts={"at": ("at",), "rule": ("alert__rule",)},
    default_sort="at",
    icon="clipboard-check",
    help_text=gettext_lazy("Contacts with customers on a day, and what came of them."),
    empty_text=gettext_lazy("On this day nobody recorded a contact."),
    row_url=lambda handling: alert_url(handling.alert),
    row_drawer=True,
    export_permission="sheets.export",
)


def report_url(report: Any) -> str:
    """Return the address of what a report led to; nothing if it named nobody."""
    return reverse("alerts:detail", args=[report.alert_id]) if report.alert_id else ""


REPORTS = lists.ListScreen(
    name="alerts:report_list",
    title=gettext_lazy("Reports of leaving"),
    permission="api.manage",
    rows=queries.reports_visible_to,
    table=ReportTable,
    filterset=ReportFilter,
    sorts={"received": ("received_at",), "happened": ("happened_at",)},
    default_sort="-received",
    icon="door-exit",
    help_text=gettext_lazy(
        "What other systems reported of customers who want to leave, also what named nobody."
    ),
    empty_title=gettext_lazy("Nothing was reported"),
    empty_text=gettext_lazy("Other systems report by the interface; give them a key first."),
    row_url=report_url,
    row_drawer=True,
)


@require_GET
def report_list(request: HttpRequest) -> HttpResponseBase:
    """The reports of leaving, for whoever keeps the other systems."""
    return lists.show(request, REPORTS)


@require_GET
def alert_list(request: HttpRequest) -> HttpResponseBase:
    """The alerts within reach."""
    return lists.show(request, ALERTS, **help_on_warning(request))


def help_on_warning(request: HttpRequest) -> dict[str, str]:
    """Return when the warning that a list is narrowed to fires, and where there is more."""
    rule = request.GET.get("rule", "")
    if rule not in Rule.values:
        return {}
    words = queries.fires_on(rule, on=timezone.localdate())
    return {"remark": f"{rule} {words}", "remark_url": reverse("alerts:rule", args=[rule])}


@require_GET
def alert_detail(request: HttpRequest, number: int) -> HttpResponse:
    """One alert, as a page or in the drawer."""
    require(request.user, "alerts.view")
    alert = get_object_or_404(queries.alerts_open_to(request.user), pk=number)
    form = HandlingForm(initial={"version": alert.version}, today=timezone.localdate())
    return show_alert(request, alert, form)


def show_alert(
    request: HttpRequest, alert: Any, form: HandlingForm, *, status: int = 200
) -> HttpResponse:
    """Show an alert with its form."""
    context = {
        "page": pages.alert_page(request.user, alert),
        "form": form,
        "customer_url": reverse("desk:customer", args=[alert.customer_id]),
        "next": next_page(request),
    }
    return render_page(
        request, "alerts/alert_detail.html", "alerts/_alert_detail.html", context, status=status
    )


def next_page(request: HttpRequest) -> str:
    """Return where to go on after an act: the page that the drawer lies over."""
    here = request.htmx.current_url_abs_path if wants_fragment(request) else ""
    return safe_next(request) or here or ""


@require_POST
def alert_handle(request: HttpRequest, number: int) -> HttpResponse:
    """Record what came of a contact."""
    require(request.user, "alerts.handle")
    alert = get_object_or_404(queries.alerts_open_to(request.user), pk=number)
    form = HandlingForm(request.POST, today=timezone.localdate())
    if not form.is_valid():
        return show_alert(request, alert, form, status=422)
    typed = form.cleaned_data
    contact = operations.Contact(
        outcome=Outcome(typed["outcome"]),
        contacted=typed["contacted"],
        note=typed["note"],
        follow_up_date=typed["follow_up_date"],
    )
    try:
        operations.handle_card(
            alerts=[(alert, typed["version"]), *settled_as_well(request, alert)],
            contact=contact,
            by=request.user,
            at=timezone.now(),
        )
    except UnableToHandleAlert:
        alert = get_object_or_404(queries.alerts_open_to(request.user), pk=number)
        return show_alert(request, alert, renewed(request, alert), status=409)
    messages.success(request, handled_words(alert, contact))
    return back(request, "alerts:detail", alert.pk)


def settled_as_well(request: HttpRequest, alert: Any) -> list[tuple[Any, int]]:
    """Return the other alerts of the card that were ticked, with their versions on the screen."""
    pairs = (ticked.partition(":") for ticked in request.POST.getlist("also")[:50])
    versions = {
        pk: version
        for number, _, counted in pairs
        if (pk := whole_number(number)) and (version := whole_number(counted))
    }
    others = queries.card_alerts_open_to(request.user, alert).filter(pk__in=versions)
    return [(other, versions[other.pk]) for other in others]


def renewed(request: HttpRequest, alert: Any) -> HandlingForm:
    """Return the form as typed, but on the alert as it stands now, and say why."""
    typed = {**request.POST.dict(), "version": alert.version}
    form = HandlingForm(typed, today=timezone.localdate())
    form.add_error(
        None, _("Somebody changed this alert in the meantime. See what was done, then send again.")
    )
    return form


def handled_words(alert: Any, contact: operations.Contact) -> str:
    """Say what became of the alert."""
    if contact.follow_up_date:
        return _("Recorded. The to-do waits until %(day)s.") % {"day": contact.follow_up_date}
    return _("Recorded: %(outcome)s. The to-do is done.") % {"outcome": contact.outcome.label}


@require_GET
def rule_list(request: HttpRequest) -> HttpResponse:
    """The warnings, each with the alerts that hold now."""
    require(request.user, "alerts.view")
    rules = pages.rule_lines(request.user, on=timezone.localdate())
    return render(request, "alerts/rule_list.html", {"rules": rules})


@require_GET
def rule_detail(request: HttpRequest, code: str) -> HttpResponse:
    """How one warning has done, and its numbers in force."""
    require(request.user, "alerts.view")
    if code not in Rule.values:
        raise Http404(code)
    page = pages.rule_page(request.user, code, at=timezone.now())
    context = {
        "page": page,
        "may_try": request.user.may("alerts.try"),
        "may_see_record": request.user.may("sheets.view"),
    }
    return render(request, "alerts/rule_detail.html", context)


@require_GET
def abnormal_sheet(request: HttpRequest) -> HttpResponseBase:
    """The abnormal-customer sheet (客户异常情况表) of a data day; at first the newest."""
    if "day" not in request.GET:
        require(request.user, "sheets.view")
        return on_day("alerts:abnormal_sheet", queries.newest_day(request.user))
    return lists.show(
        request, ABNORMAL_SHEET, template="alerts/sheet.html", **help_on_warning(request)
    )


@require_GET
def visit_sheet(request: HttpRequest) -> HttpResponseBase:
    """The return-visit sheet (客户回访情况表) of a day; at first the newest with a contact."""
    if "day" not in request.GET:
        require(request.user, "sheets.view")
        return on_day("alerts:visit_sheet", queries.newest_contact_day(request.user))
    return lists.show(request, VISIT_SHEET, template="alerts/sheet.html")


def on_day(url_name: str, day: date | None) -> HttpResponse:
    """Go to a sheet of ``day``; today if there is none."""
    return redirect(f"{reverse(url_name)}?day={day or timezone.localdate():%Y-%m-%d}")
