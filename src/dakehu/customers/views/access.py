"""Revealing a masked value of a customer."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from dakehu.customers import operations, queries
from dakehu.customers.choices import PersonalValue, Purpose
from dakehu.customers.errors import UnableToReveal
from dakehu.customers.forms.access import RevealForm
from dakehu.people.policies import require
from dakehu.ui.responses import render_page


@require_POST
def reveal(request: HttpRequest, pk: int) -> HttpResponse:
    """A masked value in plain, once a purpose is given."""
    require(request.user, "customers.reveal")
    customer = queries.get_customer(request.user, pk)
    form = RevealForm(request.POST)
    plain, status = "", 422
    if form.is_valid():
        wanted = form.cleaned_data
        try:
            plain = operations.reveal(
                customer=customer,
                holder=queries.holder_of(customer, wanted["kind"], wanted["number"]),
                value=PersonalValue(wanted["value"]),
                purpose=Purpose(wanted["purpose"]),
                by=request.user,
                at=timezone.now(),
            )
            status = 200
        except UnableToReveal:
            form.add_error(None, _("The customer has no such value."))
    context = {"customer": customer, "form": form, "plain": plain, "place": form.place}
    return render_page(
        request, "customers/reveal.html", "customers/_revealed.html", context, status=status
    )
