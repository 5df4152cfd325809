"""Screens of customers: the list, the panels of a customer's page, and revealing a value."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from dakehu.customers import operations, pages, queries
from dakehu.customers.choices import PersonalValue, Purpose
from dakehu.customers.errors import UnableToReveal
from dakehu.customers.filters import CustomerFilter
from dakehu.customers.forms import RevealForm
from dakehu.customers.tables import CustomerTable
from dakehu.people.policies import may, require
from dakehu.ui import lists
from dakehu.ui.responses import render_page


def customer_url(customer: Any) -> str:
    """Return the address of a customer's page."""
    return reverse("desk:customer", args=[customer.pk])


CUSTOMERS = lists.ListScreen(
    name="customers:list",
    title=_("Customers"),
    permission="customers.view",
    rows=queries.customers_with_levels,
    table=CustomerTable,
    filterset=CustomerFilter,
    sorts={"number": ("city_code", "number")},
    default_sort="number",
    icon="users",
    help_text=_("Individuals and groups within your reach, as the cities deliver them."),
    empty_title=_("No customers"),
    empty_text=_("The files of the cities bring customers overnight."),
    row_url=customer_url,
    export_permission="customers.export",
)


@require_GET
def customer_list(request: HttpRequest) -> HttpResponseBase:
    """The customers within the person's reach."""
    return lists.show(request, CUSTOMERS)


@require_GET
def profile_panel(request: HttpRequest, pk: int) -> HttpResponse:
    """Who the customer is."""
    require(request.user, "customers.view")
    customer = queries.get_customer(request.user, pk)
    return render(
        request,
        "customers/_profile_panel.html",
        {
            "customer": customer,
            "may_reveal": may(request.user, "customers.reveal"),
            "phone_form": RevealForm(initial={"value": PersonalValue.PHONE}),
            "address_form": RevealForm(initial={"value": PersonalValue.ADDRESS}),
        },
    )


@require_GET
def group_panel(request: HttpRequest, pk: int) -> HttpResponse:
    """The group of a member, or the members of a group."""
    require(request.user, "customers.view")
    panel = pages.group_panel(request.user, pk)
    return render(request, "customers/_group_panel.html", {"panel": panel})


@require_GET
def products_panel(request: HttpRequest, pk: int) -> HttpResponse:
    """The products that the customer holds."""
    require(request.user, "customers.view")
    customer = queries.get_customer(request.user, pk)
    products = queries.subscriptions_of(customer)
    return render(request, "customers/_products_panel.html", {"products": products})


@require_GET
def months_panel(request: HttpRequest, pk: int) -> HttpResponse:
    """What the customer brought month by month."""
    require(request.user, "customers.view")
    panel = pages.months_panel(request.user, pk)
    return render(request, "customers/_months_panel.html", {"panel": panel})


@require_GET
def logs_panel(request: HttpRequest, pk: int) -> HttpResponse:
    """What managers did for the customer."""
    require(request.user, "customers.view")
    customer = queries.get_customer(request.user, pk)
    logs = queries.service_logs_of(customer)
    return render(request, "customers/_logs_panel.html", {"logs": logs})


@require_GET
def changes_panel(request: HttpRequest, pk: int) -> HttpResponse:
    """What was changed about the customer, when and by whom."""
    require(request.user, "customers.view")
    lines = pages.change_lines(request.user, pk)
    return render(request, "customers/_changes_panel.html", {"lines": lines})


@require_POST
def reveal(request: HttpRequest, pk: int) -> HttpResponse:
    """A masked value in plain, once a purpose is given."""
    require(request.user, "customers.reveal")
    customer = queries.get_customer(request.user, pk)
    form = RevealForm(request.POST)
    context = {"customer": customer, "form": form, "plain": "", "value": request.POST.get("value")}
    status = 422
    if form.is_valid():
        try:
            context["plain"] = operations.reveal(
                customer=customer,
                value=PersonalValue(form.cleaned_data["value"]),
                purpose=Purpose(form.cleaned_data["purpose"]),
                by=request.user,
                at=timezone.now(),
            )
            status = 200
        except UnableToReveal:
            form.add_error(None, _("The customer has no such value."))
    return render_page(
        request, "customers/reveal.html", "customers/_revealed.html", context, status=status
    )
