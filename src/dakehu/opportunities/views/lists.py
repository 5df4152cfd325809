"""Lists of opportunities: all within reach, and those of a customer."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from dakehu.care.queries.visits import get_visit
from dakehu.channels.policies import RULES
from dakehu.customers.queries import get_customer
from dakehu.opportunities import queries
from dakehu.opportunities.filters import OpportunityFilter
from dakehu.opportunities.pages import figures as figure_pages
from dakehu.opportunities.pages.panels import customer_panel as panel_of
from dakehu.opportunities.pages.panels import since_visit
from dakehu.opportunities.pages.simulating import simulated
from dakehu.opportunities.policies import CREATE, EXPORT, VIEW
from dakehu.opportunities.tables import OpportunityTable
from dakehu.people.policies import require
from dakehu.ui import lists
from dakehu.ui.lists.addresses import whole_number


def opportunity_url(opportunity: Any) -> str:
    """Return the address of an opportunity."""
    return reverse("opportunities:detail", args=[opportunity.pk])


OPPORTUNITIES = lists.ListScreen(
    name="opportunities:list",
    title=_("Opportunities"),
    permission=VIEW,
    rows=queries.opportunities_visible_to,
    table=OpportunityTable,
    filterset=OpportunityFilter,
    sorts={"captured": ("captured_at",)},
    default_sort="-captured",
    icon="bulb",
    help_text=_("What customers and prospects want, who has it, and how far it is."),
    empty_title=_("No opportunities yet"),
    empty_text=_("Take the first one in: a product named, or the wish to hear more."),
    row_url=opportunity_url,
    actions=(
        lists.Action(_("New opportunity"), "plus", "opportunities:intake", CREATE, primary=True),
    ),
    export_permission=EXPORT,
)


@require_GET
def opportunity_list(request: HttpRequest) -> HttpResponseBase:
    """All opportunities within reach."""
    return lists.show(request, OPPORTUNITIES)


@require_GET
def customer_panel(request: HttpRequest, customer_id: int) -> HttpResponse:
    """The opportunities of a customer, for the customer's page."""
    require(request.user, VIEW)
    customer = get_customer(request.user, customer_id)
    context = {"panel": panel_of(request.user, customer)}
    return render(request, "opportunities/_customer_panel.html", context)


@require_GET
def visit_panel(request: HttpRequest, pk: int) -> HttpResponse:
    """What a customer wanted since a visit, and the way to take in what it plans (R11)."""
    require(request.user, VIEW)
    context = {"panel": since_visit(request.user, get_visit(request.user, pk))}
    return render(request, "opportunities/_customer_panel.html", context)


@require_GET
def figures(request: HttpRequest) -> HttpResponse:
    """Conversion, answers, lead times and losses of what was taken in, and the forecast."""
    require(request.user, VIEW)
    days = whole_number(request.GET.get("days", "")) or 0
    days = days if days in figure_pages.PERIODS else figure_pages.PERIODS[1]
    page = figure_pages.figures_of(request.user, days=days, at=timezone.now())
    context = {"page": page, "periods": figure_pages.PERIODS}
    return render(request, "opportunities/figures.html", context)


@require_GET
def simulation_panel(request: HttpRequest, number: int) -> HttpResponse:
    """What the last quarter would have become under a version of the matrix."""
    require(request.user, RULES)
    page = simulated(request.user, number, at=timezone.now())
    return render(request, "opportunities/_simulation_panel.html", {"page": page})
