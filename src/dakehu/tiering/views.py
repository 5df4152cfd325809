"""Screens of tiering: the standing of a customer, with its reasons."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from dakehu.people.policies import require
from dakehu.tiering import pages


@require_GET
def customer_panel(request: HttpRequest, customer_id: int) -> HttpResponse:
    """At which level a customer stands, why, and what came before."""
    require(request.user, "customers.view")
    panel = pages.standing_panel(request.user, customer_id)
    return render(request, "tiering/_customer_panel.html", {"panel": panel})
