"""Why a customer stands at its levels, on the customer's page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from dakehu.people.policies import may, require
from dakehu.tiering.pages import reasons
from dakehu.tiering.policies import ASSESS, GRANT


@require_GET
def schemes_panel(request: HttpRequest, customer_id: int) -> HttpResponse:
    """Where a customer stands in every scheme, why, and what is missing for the next level."""
    require(request.user, "customers.view")
    found = reasons.scheme_panels(request.user, customer_id, on=timezone.localdate())
    context = {
        "panels": found,
        "customer_id": customer_id,
        "may_grant": may(request.user, GRANT),
        "may_assess": may(request.user, ASSESS),
    }
    return render(request, "tiering/_schemes_panel.html", context)
