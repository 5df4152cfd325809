"""Return visits after sales: recorded, shown, listed (OP14)."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from dakehu.opportunities import operations, queries
from dakehu.opportunities.filters import SaleVisitFilter
from dakehu.opportunities.forms.visits import SaleVisitForm
from dakehu.opportunities.pages import visits as pages
from dakehu.opportunities.policies import EXPORT, HANDLE, VIEW
from dakehu.opportunities.tables import SaleVisitTable
from dakehu.opportunities.views.passports import Sheet, act_with
from dakehu.people.policies import require
from dakehu.ui import lists
from dakehu.ui.forms import sent


def opportunity_of(visit: Any) -> str:
    """Return where a return visit stands."""
    return queries.opportunity_url(visit.opportunity_id)


VISITS = lists.ListScreen(
    name="opportunities:visit_list",
    title=gettext_lazy("Return visits after sales"),
    permission=HANDLE,
    rows=queries.sale_visits_visible_to,
    table=SaleVisitTable,
    filterset=SaleVisitFilter,
    sorts={"at": ("at",)},
    default_sort="-at",
    icon="phone-check",
    help_text=gettext_lazy(
        "What customers said once it was set up, what is left to do, and what they need next."
    ),
    empty_title=gettext_lazy("No return visits"),
    empty_text=gettext_lazy("They are recorded on the page of a won opportunity."),
    row_url=opportunity_of,
    export_permission=EXPORT,
    personal=True,
)


@require_GET
def visit_list(request: HttpRequest) -> HttpResponseBase:
    """The return visits within reach, the newest first."""
    return lists.show(request, VISITS)


@require_GET
def visits_panel(request: HttpRequest, pk: int) -> HttpResponse:
    """The return visits of an opportunity, for its page."""
    require(request.user, VIEW)
    panel = pages.visits_panel(request.user, queries.get_opportunity(request.user, pk))
    return render(request, "opportunities/_visits_panel.html", {"panel": panel})


@require_http_methods(["GET", "POST"])
def visit_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Record what the customer says after the sale."""
    require(request.user, HANDLE)
    found = queries.get_own(request.user, pk)
    form = SaleVisitForm(sent(request))
    about = _("Once somebody was reached the to-do is done. Little content goes to the superior.")
    return act_with(
        request,
        found,
        form,
        sheet=Sheet(_("Record a return visit"), _("Recorded."), about),
        act=lambda: operations.record_sale_visit(
            opportunity=found, told=form.told, by=request.user, at=timezone.now()
        ),
    )
