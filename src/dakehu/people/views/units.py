"""Screens of units: the tree (M2)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from dakehu.people.pages import units
from dakehu.people.policies import require


@require_GET
def unit_list(request: HttpRequest) -> HttpResponse:
    """The tree of units."""
    require(request.user, "people.view")
    return render(request, "people/unit_list.html", {"lines": units.unit_tree(request.user)})
