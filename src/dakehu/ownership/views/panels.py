"""What ownership shows on the pages of customers and of staff."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from dakehu.customers.queries import get_customer
from dakehu.ownership import queries
from dakehu.ownership.pages.loads import level_words
from dakehu.people.policies import may, require

MOVES_SHOWN = 10


@require_GET
def customer_panel(request: HttpRequest, pk: int) -> HttpResponse:
    """Who owned a customer when, and the way to give them to somebody else."""
    require(request.user, "ownership.view")
    context = {
        "customer": get_customer(request.user, pk),
        "tenures": queries.tenures_of(request.user, pk),
        "may_move": may(request.user, "ownership.move"),
        "may_recall": may(request.user, "ownership.recall"),
    }
    return render(request, "ownership/_customer_panel.html", context)


@require_GET
def staff_panel(request: HttpRequest, pk: int) -> HttpResponse:
    """What a person carries, and the changes that brought or took customers."""
    require(request.user, "ownership.view")
    person = queries.people_numbered(request.user, [pk]).get(pk)
    if person is None:
        raise Http404(pk)
    load = queries.loads_of(request.user, [person], on=timezone.localdate())[pk]
    cover = f"{reverse('ownership:cover')}?absent={pk}"
    context = {
        "person": person,
        "load": load,
        "levels": level_words(load),
        "url": f"{reverse('customers:list')}?manager={pk}",
        "cover_url": cover if load.total and may(request.user, "ownership.move") else "",
        "moves": queries.moves_of_person(request.user, person)[:MOVES_SHOWN],
    }
    return render(request, "ownership/_staff_panel.html", context)
