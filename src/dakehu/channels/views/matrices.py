"""The matrix, and the dry run of the routing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from dakehu.channels.forms import ProposeForm, TryForm
from dakehu.channels.pages.gaps import gaps_of
from dakehu.channels.pages.matrices import matrix_page, tried
from dakehu.channels.policies import RULES, VIEW
from dakehu.channels.queries import body_in_force
from dakehu.people.policies import may, require
from dakehu.ui import panels


@require_GET
def matrix(request: HttpRequest, number: int | None = None) -> HttpResponse:
    """Products and channels in the version in force, or in the one named."""
    require(request.user, VIEW)
    today = timezone.localdate()
    page = matrix_page(number, on=today)
    context = {
        "page": page,
        "form": ProposeForm(initial={"active_from": today}),
        "may_change": may(request.user, RULES),
        "panels": panels.panels_for("matrix", request.user, page.place.value),
        "is_mine": page.version.proposed_by_id == request.user.pk,
    }
    return render(request, "channels/matrix.html", context)


@require_GET
def try_routing(request: HttpRequest) -> HttpResponse:
    """Any facts, and what would become of them."""
    require(request.user, VIEW)
    body = body_in_force(on=timezone.localdate())
    form = TryForm(request.GET if "channel" in request.GET else None, body=body)
    found = tried(body, form.facts) if form.is_bound and form.is_valid() else None
    context = {"form": form, "found": found}
    return render(request, "channels/routing_try.html", context)


@require_GET
def gaps(request: HttpRequest) -> HttpResponse:
    """Which product nobody can open for whom, county by county."""
    require(request.user, VIEW)
    page = gaps_of(request.user, on=timezone.localdate())
    return render(request, "channels/gaps.html", {"page": page})
