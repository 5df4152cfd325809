"""The list of customers."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from dakehu.customers import queries
from dakehu.customers.filters import CustomerFilter
from dakehu.customers.tables import CustomerTable
from dakehu.ui import lists


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
