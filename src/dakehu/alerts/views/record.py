"""What came of the warnings: the record of a period, and the contacts behind its figures."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from dakehu.alerts import queries
from dakehu.alerts.choices import Rule
from dakehu.alerts.filters import ContactFilter
from dakehu.alerts.pages import record as pages
from dakehu.alerts.tables import VisitSheetTable
from dakehu.people.policies import require
from dakehu.ui import lists

CONTACTS = lists.ListScreen(
    name="alerts:contacts",
    title=gettext_lazy("Contacts on alerts"),
    permission="sheets.view",
    rows=queries.handlings_visible_to,
    table=VisitSheetTable,
    filterset=ContactFilter,
    sorts={"at": ("at",)},
    default_sort="-at",
    icon="phone-check",
    help_text=gettext_lazy("Every act on an alert, with what came of it."),
    empty_text=gettext_lazy("No contact was recorded."),
    row_url=lambda handling: reverse("alerts:detail", args=[handling.alert_id]),
    row_drawer=True,
    export_permission="sheets.export",
)


@require_GET
def contact_list(request: HttpRequest) -> HttpResponseBase:
    """The contacts within reach."""
    return lists.show(request, CONTACTS)


@require_GET
def record(request: HttpRequest) -> HttpResponse:
    """Which warnings are worth it, and which are noise."""
    require(request.user, "sheets.view")
    period = pages.period_named(
        day_in(request, "first"), day_in(request, "last"), at=timezone.now()
    )
    rule = request.GET.get("rule", "")
    page = pages.record_page(request.user, period, rule=rule if rule in Rule.values else "")
    return render(request, "alerts/record.html", {"page": page})


def day_in(request: HttpRequest, name: str) -> Any:
    """Return a day that the address names, if it is one."""
    try:
        return parse_date(request.GET.get(name, ""))
    except ValueError:
        return None
