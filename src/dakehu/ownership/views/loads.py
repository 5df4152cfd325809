"""Who carries how much (M6)."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from dakehu.ownership import queries
from dakehu.ownership.choices import Standing
from dakehu.ownership.pages.loads import load_page
from dakehu.people.policies import require
from dakehu.ui.responses import render_page


@require_GET
def load_list(request: HttpRequest) -> HttpResponse:
    """Every manager within reach with their customers, load and capacity."""
    require(request.user, "ownership.view")
    page = load_page(request.user, request.GET, on=timezone.localdate())
    return render_page(
        request, "ownership/load_list.html", "ownership/_load_table.html", {"page": page}
    )


def overloaded(actor: Any) -> set[int]:
    """Return who looks after more customers than they can, for the list of staff."""
    people = queries.owners_shown_to(actor)
    loads = queries.loads_of(actor, people, on=timezone.localdate())
    return {pk for pk, load in loads.items() if load.standing == Standing.OVER}
