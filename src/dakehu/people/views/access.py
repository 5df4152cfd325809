"""Revealing a masked value of whatever record holds one."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from dakehu.people import operations
from dakehu.people.errors import UnableToReveal
from dakehu.people.forms import RevealForm
from dakehu.people.pages.access import place_of
from dakehu.people.views.forms import UNPROCESSABLE, refuse
from dakehu.ui.responses import render_page


@require_POST
def reveal(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """A masked value in plain, once a purpose is given."""
    revealable = operations.REVEALABLES.get(kind)
    if revealable is None:
        raise Http404
    holder = revealable.find(request.user, pk)
    form = RevealForm(request.POST, purposes=revealable.purposes)
    plain = ""
    if form.is_valid():
        wanted = form.cleaned_data
        try:
            plain = operations.reveal(holder, **wanted, by=request.user, at=timezone.now())
        except UnableToReveal as refusal:
            refuse(form, refusal)
    context = {
        "subject": revealable.subject(holder),
        "form": form,
        "plain": plain,
        "place": place_of(holder, form.cleaned_data.get("value", "")),
    }
    return render_page(
        request,
        "people/reveal.html",
        "people/_revealed.html",
        context,
        status=200 if plain else UNPROCESSABLE,
    )
