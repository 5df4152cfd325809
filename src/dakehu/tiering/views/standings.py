"""Screens of tiering: the standing of a customer with its reasons, the customers of a unit."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from dakehu.people.policies import require
from dakehu.tiering.pages import standings as pages


@require_GET
def customer_panel(request: HttpRequest, customer_id: int) -> HttpResponse:
    """At which level a customer stands, why, and what came before."""
    require(request.user, "customers.view")
    panel = pages.standing_panel(request.user, customer_id)
    return render(request, "tiering/_customer_panel.html", {"panel": panel})


@require_GET
def unit_panel(request: HttpRequest, pk: int) -> HttpResponse:
    """How many customers a unit has, by kind and level, each leading to the very list."""
    require(request.user, "customers.view")
    panel = pages.unit_panel(request.user, pk)
    return render(request, "tiering/_unit_panel.html", {"panel": panel})
