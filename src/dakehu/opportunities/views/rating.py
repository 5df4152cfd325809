"""The rating of partners, and the link by which a customer follows an opportunity (CH7, CH15)."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from dakehu.opportunities import queries
from dakehu.opportunities.filters import PartnerFilter
from dakehu.opportunities.policies import EXPORT, HANDLE, VIEW
from dakehu.opportunities.tables import PartnerTable
from dakehu.people.policies import require
from dakehu.ui import lists

YEAR = timedelta(days=365)


def rated(actor: Any) -> Any:
    """Return the partners within reach with what they did in the last year."""
    return queries.partners_rated(actor, since=timezone.now() - YEAR)


PARTNERS = lists.ListScreen(
    name="opportunities:partner_list",
    title=_("Rating of partners"),
    permission=HANDLE,
    rows=rated,
    table=PartnerTable,
    filterset=PartnerFilter,
    sorts={"offered": ("offered",), "won": ("won",), "complaints": ("complaints",)},
    default_sort="-offered",
    icon="medal",
    help_text=_(
        "The last year: claims in time count 30, wins 40, what was not given back 20, no "
        "complaints 10. With fewer than three offers nobody is rated."
    ),
    empty_title=_("No partners"),
    empty_text=_("Partners appear here once they work here; they see themselves alone."),
    row_url=lambda partner: reverse("opportunities:list") + f"?receiver={partner.username}",
    export_permission=EXPORT,
)


@require_GET
def partner_list(request: HttpRequest) -> HttpResponseBase:
    """The partners within reach; a partner sees their own rating."""
    return lists.show(request, PARTNERS)


@require_GET
def link_panel(request: HttpRequest, pk: int) -> HttpResponse:
    """How the customer sees an opportunity, and the link to it."""
    require(request.user, VIEW)
    found = queries.get_opportunity(request.user, pk)
    context = {
        "found": queries.progress_of_opportunity(found.pk),
        "link": queries.customer_link(found, on=timezone.localdate()),
        "consent": getattr(found, "consent", None),
    }
    return render(request, "opportunities/_link_panel.html", context)
